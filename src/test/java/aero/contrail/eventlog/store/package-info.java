@NullMarked
package aero.contrail.eventlog.store;

import org.jspecify.annotations.NullMarked;
