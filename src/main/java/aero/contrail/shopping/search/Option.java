package aero.contrail.shopping.search;

import aero.contrail.shopping.index.SellableFlight;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A way to fly in one direction, in one booking class.
 *
 * @param minor what the whole party pays, in the smallest unit of the currency
 * @param seatsLeft in the scarcest flight
 */
record Option(List<SellableFlight> flights, char fareClass, long minor, int seatsLeft) {

  /** The cheapest first, then the earliest departure, then by flights and class. */
  static final Comparator<Option> ORDER =
      Comparator.comparingLong(Option::minor)
          .thenComparingLong(option -> option.first().departs())
          .thenComparing(Option::rest);

  private String rest() {
    return ids() + " " + fareClass;
  }

  /** Compares with others as {@link #ORDER} does. */
  String key() {
    return "%012d %012d %s".formatted(minor, first().departs(), rest());
  }

  SellableFlight first() {
    return flights.getFirst();
  }

  SellableFlight last() {
    return flights.getLast();
  }

  String ids() {
    return flights.stream().map(SellableFlight::id).collect(Collectors.joining(" "));
  }
}
