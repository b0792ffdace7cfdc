@NullMarked
package aero.contrail.reservation.schedule;

import org.jspecify.annotations.NullMarked;
