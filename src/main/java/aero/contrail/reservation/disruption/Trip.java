package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.reservation.passenger.Party;
import aero.contrail.reservation.schedule.Flight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a party flies, as far as it has flown none of it, and which flights it has lost.
 *
 * @param flights in the order of departures
 */
record Trip(OrderId order, List<TripFlight> flights) {

  /** A stay of more than a day is no connection: there the next journey begins. */
  static final Duration LONGEST_CONNECTION = Duration.ofHours(24);

  /**
   * A flight of a trip.
   *
   * @param hasSpace whether they take seats on it
   * @param isLost whether they cannot fly it
   * @param party who are on it
   * @param seats what they need
   */
  record TripFlight(
      Flight flight,
      String cabin,
      String fareClass,
      Party party,
      int seats,
      boolean hasSpace,
      boolean isLost) {

    FlightId id() {
      return flight.id();
    }
  }

  Trip {
    flights = flights.stream().sorted(Comparator.comparing(f -> f.flight().departsAt())).toList();
  }

  boolean hasLost() {
    return flights.stream().anyMatch(TripFlight::isLost);
  }

  /**
   * The flights from where somebody started to where he wanted to be, journey by journey, each of
   * the same passengers: where some have left a flight, it is a journey of its own.
   */
  List<List<TripFlight>> bounds() {
    var bounds = new ArrayList<List<TripFlight>>();
    for (var next : flights) {
      if (bounds.isEmpty() || !connects(bounds.getLast().getLast(), next)) {
        bounds.add(new ArrayList<>());
      }
      bounds.getLast().add(next);
    }
    return bounds;
  }

  private static boolean connects(TripFlight first, TripFlight second) {
    var one = first.flight();
    var next = second.flight();
    return first.party().equals(second.party())
        && one.destination().equals(next.origin())
        && !next.departsAt().isAfter(one.arrivesAt().plus(LONGEST_CONNECTION))
        && !next.destination().equals(one.origin());
  }
}
