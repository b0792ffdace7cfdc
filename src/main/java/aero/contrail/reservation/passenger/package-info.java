/**
 * Who travels on a flight: each passenger's status and seat, beside what his party's segment says.
 */
@NullMarked
package aero.contrail.reservation.passenger;

import org.jspecify.annotations.NullMarked;
