/** Itinerary receipts: what was bought, for whom, and what was paid for it. */
@NullMarked
package aero.contrail.order.receipt;

import org.jspecify.annotations.NullMarked;
