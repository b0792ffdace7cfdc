/** Schedules in the industry's format: IATA Standard Schedules Information Manual, chapter 7. */
@NullMarked
package aero.contrail.reservation.ssim;

import org.jspecify.annotations.NullMarked;
