/**
 * What is to become of an order beside what it is: changes of the airline and of the customer, and
 * services that are being sold. Each is made of the facts about it, by {@code order.model}.
 */
@NullMarked
package aero.contrail.order.amendment;

import org.jspecify.annotations.NullMarked;
