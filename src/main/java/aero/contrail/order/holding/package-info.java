/** How often space may be held without being paid for. */
@NullMarked
package aero.contrail.order.holding;

import org.jspecify.annotations.NullMarked;
