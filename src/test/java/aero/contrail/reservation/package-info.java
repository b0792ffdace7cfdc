@NullMarked
package aero.contrail.reservation;

import org.jspecify.annotations.NullMarked;
