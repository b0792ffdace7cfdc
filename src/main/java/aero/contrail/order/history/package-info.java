/** How an order came to be what it is: its facts, what changed between two versions, and live. */
@NullMarked
package aero.contrail.order.history;

import org.jspecify.annotations.NullMarked;
