@NullMarked
package aero.contrail.eventlog;

import org.jspecify.annotations.NullMarked;
