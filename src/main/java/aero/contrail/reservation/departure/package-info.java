/** Departure control: who checks in, goes aboard and flies, and when a flight closes and leaves. */
@NullMarked
package aero.contrail.reservation.departure;

import org.jspecify.annotations.NullMarked;
