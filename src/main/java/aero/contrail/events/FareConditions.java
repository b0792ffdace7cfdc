package aero.contrail.events;

import org.joda.money.Money;

/**
 * What may be done with a ticket after it is sold. Penalties are for one passenger and the whole
 * itinerary, and never exceed the fare.
 */
public record FareConditions(
    boolean refundable, Money refundPenalty, boolean changeable, Money changePenalty) {}
