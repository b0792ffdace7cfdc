@NullMarked
package aero.contrail.reservation.seating;

import org.jspecify.annotations.NullMarked;
