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
   * Its place among all for the same wish: the cheapest first, then by the way there, then by the
   * way home, each the cheapest and the earliest first. It stays when others come or go.
   */
  String key() {
    return "%012d %s"
        .formatted(minor(), bounds.stream().map(Option::key).collect(Collectors.joining(" ")));
  }
}
