package aero.contrail.shopping.tariff;

import aero.contrail.events.FareConditions;
import org.joda.money.Money;

/** A filed fare: one way, one adult, for bounds of a distance in statute miles. */
record Fare(
    String fareClass,
    String cabin,
    int minMiles,
    int maxMiles,
    Money amount,
    FareConditions conditions) {

  boolean isFor(int miles) {
    return minMiles <= miles && miles <= maxMiles;
  }
}
