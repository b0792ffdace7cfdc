/** Finds orders by what is known of them. */
@NullMarked
package aero.contrail.order.search;

import org.jspecify.annotations.NullMarked;
