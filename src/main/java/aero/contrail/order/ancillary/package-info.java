/** Bags, seats and the like, as customers ask for them and see them. */
@NullMarked
package aero.contrail.order.ancillary;

import org.jspecify.annotations.NullMarked;
