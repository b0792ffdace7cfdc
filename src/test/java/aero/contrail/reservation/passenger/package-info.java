@NullMarked
package aero.contrail.reservation.passenger;

import org.jspecify.annotations.NullMarked;
