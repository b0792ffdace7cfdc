package aero.contrail.events;

import org.joda.money.Money;

/** A tax or charge on top of the fare, for one passenger over the whole itinerary. */
public record Tax(String code, Money amount) {}
