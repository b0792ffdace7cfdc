package aero.contrail.events;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.joda.money.Money;

/**
 * The price of an itinerary for a party.
 *
 * @param parts one entry a passenger type
 * @param tariff the version of the filed fares it was computed with
 */
public record Price(List<PassengerPrice> parts, String tariff) {

  public Price {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a price needs a passenger");
    }
  }

  /**
   * The price without some of the party.
   *
   * @throws IllegalArgumentException when nobody would be left
   */
  public Price without(Collection<PassengerType> gone) {
    return new Price(
        parts.stream()
            .flatMap(part -> part.fewer(Collections.frequency(gone, part.type())).stream())
            .toList(),
        tariff);
  }

  /** How many have a seat. */
  public int seats() {
    return parts.stream()
        .filter(part -> part.type().takesSeat())
        .mapToInt(PassengerPrice::count)
        .sum();
  }

  /** The fares of all, without taxes. */
  public Money fares() {
    return parts.stream()
        .map(part -> part.fare().multipliedBy(part.count()))
        .reduce(Money::plus)
        .orElseThrow();
  }

  public Money total() {
    return parts.stream().map(PassengerPrice::total).reduce(Money::plus).orElseThrow();
  }

  /**
   * What one passenger of a type pays.
   *
   * @throws IllegalArgumentException when nobody of that type travels
   */
  public PassengerPrice of(PassengerType type) {
    return parts.stream()
        .filter(part -> part.type() == type)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no price for " + type));
  }
}
