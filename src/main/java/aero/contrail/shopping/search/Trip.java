package aero.contrail.shopping.search;

import java.util.List;
import java.util.stream.Collectors;

/** Options of all directions together. */
record Trip(List<Option> bounds) {

  Trip {
    bounds = List.copyOf(bounds);
  }

  long minor() {
    return bounds.stream().mapToLong(Option::minor).sum();
  }

  int seatsLeft() {
    return bounds.stream().mapToInt(Option::seatsLeft).min().orElse(0);
  }

  /** When it begins, in seconds since the epoch. */
  long departs() {
    return bounds.getFirst().first().departs();
  }

  /** Tells trips of one price and one departure apart. */
  String rest() {
    return bounds.stream().map(Option::ids).collect(Collectors.joining(" "))
        + bounds.stream().map(b -> " " + b.fareClass()).collect(Collectors.joining());
  }

  /**
   * Its place among all for the same wish: the cheapest first, then the earliest departure, then by
   * flights and classes. It stays when others come or go.
   */
  String key() {
    return "%012d %012d %s".formatted(minor(), departs(), rest());
  }
}
