/** Seats of an aircraft: its map, who may sit where, and who does. */
@NullMarked
package aero.contrail.reservation.seating;

import org.jspecify.annotations.NullMarked;
