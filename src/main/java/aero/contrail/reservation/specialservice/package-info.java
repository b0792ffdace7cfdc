/** What passengers need beside their seat, and how much of it a flight can give. */
@NullMarked
package aero.contrail.reservation.specialservice;

import org.jspecify.annotations.NullMarked;
