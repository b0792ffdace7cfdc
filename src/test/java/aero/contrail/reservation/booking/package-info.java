@NullMarked
package aero.contrail.reservation.booking;

import org.jspecify.annotations.NullMarked;
