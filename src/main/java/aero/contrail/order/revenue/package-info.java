/** Revenue accounting: what of the customers' money is owed, earned, kept and given back. */
@NullMarked
package aero.contrail.order.revenue;

import org.jspecify.annotations.NullMarked;
