/** Payments by Stripe: its API by its own library, and what it tells by webhooks. */
@NullMarked
package aero.contrail.order.payment.stripe;

import org.jspecify.annotations.NullMarked;
