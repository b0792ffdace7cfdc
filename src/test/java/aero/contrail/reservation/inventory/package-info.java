@NullMarked
package aero.contrail.reservation.inventory;

import org.jspecify.annotations.NullMarked;
