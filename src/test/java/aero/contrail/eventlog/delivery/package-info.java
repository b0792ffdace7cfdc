@NullMarked
package aero.contrail.eventlog.delivery;

import org.jspecify.annotations.NullMarked;
