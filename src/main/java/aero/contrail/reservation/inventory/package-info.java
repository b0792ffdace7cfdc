/** What each flight may sell, has sold and holds: counters under nested limits. */
@NullMarked
package aero.contrail.reservation.inventory;

import org.jspecify.annotations.NullMarked;
