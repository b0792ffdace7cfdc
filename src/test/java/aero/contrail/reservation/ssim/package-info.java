@NullMarked
package aero.contrail.reservation.ssim;

import org.jspecify.annotations.NullMarked;
