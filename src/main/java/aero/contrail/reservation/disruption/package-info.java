/** Flights that do not fly: what becomes of those who were booked on them. */
@NullMarked
package aero.contrail.reservation.disruption;

import org.jspecify.annotations.NullMarked;
