/** Reads what was stored under older versions of this context's facts. */
@NullMarked
package aero.contrail.reservation.versions;

import org.jspecify.annotations.NullMarked;
