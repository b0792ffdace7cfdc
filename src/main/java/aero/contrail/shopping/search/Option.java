package aero.contrail.shopping.search;

import aero.contrail.shopping.index.SellableFlight;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A way to fly in one direction, in one booking class.
 *
 * @param minor what the whole party pays, in the smallest unit of the currency
 * @param seatsLeft in the scarcest flight
 */
record Option(List<SellableFlight> flights, char fareClass, long minor, int seatsLeft) {

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
