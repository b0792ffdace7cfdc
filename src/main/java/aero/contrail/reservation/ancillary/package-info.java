/**
 * What passengers bought beside their flights, as far as a flight has few of it: seats, and special
 * services that are limited. Orders ask for it, all or none.
 */
@NullMarked
package aero.contrail.reservation.ancillary;

import org.jspecify.annotations.NullMarked;
