package aero.contrail.shopping.search;

import aero.contrail.events.PassengerType;
import aero.contrail.shopping.index.SellableFlight;
import aero.contrail.shopping.index.Stock;
import aero.contrail.shopping.tariff.Tariff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In which classes itineraries can be had, and for how much. A price depends on class, distance and
 * number of flights alone: it is computed once for all itineraries that have these in common. For
 * one search.
 */
final class Options {

  private record Kind(char fareClass, int miles, int flights) {}

  private final Tariff tariff;
  private final Map<PassengerType, Integer> party;
  private final int seats;
  private final char cabin;
  private final Map<Kind, Optional<Long>> prices = new HashMap<>();

  Options(Tariff tariff, Map<PassengerType, Integer> party, int seats, char cabin) {
    this.tariff = tariff;
    this.party = party;
    this.seats = seats;
    this.cabin = cabin;
  }

  /** One for each class that the whole party can have on all flights. */
  List<Option> of(List<List<SellableFlight>> itineraries) {
    var options = new ArrayList<Option>();
    for (var flights : itineraries) {
      var stock = flights.getFirst().stock();
      for (var i = 0; i < stock.classes().length(); i++) {
        if (cabin == Stock.ANY_CABIN || stock.cabins().charAt(i) == cabin) {
          add(flights, stock.classes().charAt(i), options);
        }
      }
    }
    return options;
  }

  private void add(List<SellableFlight> flights, char fareClass, List<Option> options) {
    var left = Integer.MAX_VALUE;
    var miles = 0;
    for (var flight : flights) {
      if (flight.stock().classes().indexOf(fareClass) < 0) {
        return;
      }
      left = Math.min(left, flight.stock().seats(fareClass));
      miles += flight.miles();
    }
    if (left >= seats) {
      var seatsLeft = left;
      prices
          .computeIfAbsent(new Kind(fareClass, miles, flights.size()), this::price)
          .ifPresent(minor -> options.add(new Option(flights, fareClass, minor, seatsLeft)));
    }
  }

  private Optional<Long> price(Kind kind) {
    return tariff.minor(String.valueOf(kind.fareClass()), kind.miles(), kind.flights(), party);
  }
}
