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

  /**
   * Its place among all for the same wish: the cheapest first, then the earliest departure, then by
   * flights and classes. It stays when others come or go.
   */
  String key() {
    return "%012d %012d %s %s"
        .formatted(
            minor(),
            bounds.getFirst().first().departs(),
            bounds.stream().map(Option::ids).collect(Collectors.joining(" ")),
            bounds.stream().map(b -> "" + b.fareClass()).collect(Collectors.joining()));
  }
}
