/** Who of an order flies what. Pure, as the model of the order that is made of it. */
@NullMarked
package aero.contrail.order.itinerary;

import org.jspecify.annotations.NullMarked;
