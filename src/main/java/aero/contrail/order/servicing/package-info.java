/** What becomes of an order that was sold: given up, changed by the customer or by the airline. */
@NullMarked
package aero.contrail.order.servicing;

import org.jspecify.annotations.NullMarked;
