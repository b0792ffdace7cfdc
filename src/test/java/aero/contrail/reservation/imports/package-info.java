@NullMarked
package aero.contrail.reservation.imports;

import org.jspecify.annotations.NullMarked;
