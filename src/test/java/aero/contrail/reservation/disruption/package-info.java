@NullMarked
package aero.contrail.reservation.disruption;

import org.jspecify.annotations.NullMarked;
