@NullMarked
package aero.contrail.reservation.departure;

import org.jspecify.annotations.NullMarked;
