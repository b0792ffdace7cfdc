package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.disruption.Trip.TripFlight;
import aero.contrail.reservation.schedule.Flight;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which connections of a trip are missed since flights fly at other times. Pure.
 *
 * @param connecting the least time between two flights
 */
record Connections(Duration connecting) {

  /** When a flight flies, and from where to where. */
  record Times(String origin, String destination, Instant departure, Instant arrival) {

    static Times of(Flight flight) {
      return new Times(
          flight.origin(), flight.destination(), flight.departsAt(), flight.arrivesAt());
    }
  }

  /**
   * Connections that were, and are not any more: the flights that are not reached, each with the
   * one that was retimed (where both were, the one that comes first).
   *
   * @param before when and where the retimed ones flew; the trip has their new times
   */
  Map<FlightId, FlightId> missed(Trip trip, Map<FlightId, Times> before) {
    var missed = new LinkedHashMap<FlightId, FlightId>();
    for (var first : trip.flights()) {
      for (var second : trip.flights()) {
        var isRetimed = before.containsKey(first.id()) || before.containsKey(second.id());
        if (isRetimed && goOn(first, second) && isMissed(first, second, before)) {
          missed.putIfAbsent(
              second.id(), before.containsKey(first.id()) ? first.id() : second.id());
        }
      }
    }
    return missed;
  }

  /** Whether all of the second come from the first. */
  private static boolean goOn(TripFlight first, TripFlight second) {
    return !first.id().equals(second.id()) && first.party().ids().containsAll(second.party().ids());
  }

  /** One that was as short before, and was sold so, is not missed since it is longer now. */
  private boolean isMissed(TripFlight one, TripFlight two, Map<FlightId, Times> before) {
    var first = before.getOrDefault(one.id(), Times.of(one.flight()));
    var second = before.getOrDefault(two.id(), Times.of(two.flight()));
    var was = Duration.between(first.arrival(), second.departure());
    var is = Duration.between(one.flight().arrivesAt(), two.flight().departsAt());
    return first.destination().equals(second.origin())
        && !was.isNegative()
        && was.compareTo(Trip.LONGEST_CONNECTION) <= 0
        && is.compareTo(connecting) < 0
        && is.compareTo(was) < 0;
  }
}
