package aero.contrail.shopping.search;

import aero.contrail.events.PassengerType;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to fly.
 *
 * @param returnDate null for one way
 * @param party how many of each type travel
 * @param cabin null for any
 * @param toWait whether what is sold out will do: somebody waits for it
 */
record Wish(
    Route route,
    @Nullable LocalDate returnDate,
    Map<PassengerType, Integer> party,
    @Nullable String cabin,
    int maxStops,
    boolean toWait) {

  Wish {
    party = Map.copyOf(party);
  }

  int seats() {
    return seats(party);
  }

  /** How many seats there must be. */
  int needed() {
    return toWait ? Integer.MIN_VALUE : seats();
  }

  /** How many seats a party needs. */
  static int seats(Map<PassengerType, Integer> party) {
    return party.entrySet().stream()
        .filter(entry -> entry.getKey().takesSeat())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
