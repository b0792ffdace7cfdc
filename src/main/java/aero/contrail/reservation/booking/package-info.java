/** Who has space: holds and bookings of parties, decided batch by batch. */
@NullMarked
package aero.contrail.reservation.booking;

import org.jspecify.annotations.NullMarked;
