@NullMarked
package aero.contrail.reservation.operations;

import org.jspecify.annotations.NullMarked;
