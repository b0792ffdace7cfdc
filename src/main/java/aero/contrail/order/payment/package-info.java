/** What the payment provider is asked, and who it is. */
@NullMarked
package aero.contrail.order.payment;

import org.jspecify.annotations.NullMarked;
