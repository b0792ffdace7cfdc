/** What operations do with a flight: limits, departure, cancellation. */
@NullMarked
package aero.contrail.reservation.operations;

import org.jspecify.annotations.NullMarked;
