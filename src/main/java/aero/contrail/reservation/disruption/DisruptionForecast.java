package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.reservation.disruption.Connections.Times;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Says what a disruption would come to now, without doing any of it. */
@Component
class DisruptionForecast {

  private final Flights flights;
  private final Trips trips;
  private final Networks networks;
  private final Clock clock;
  private final Duration connecting;
  private final Duration cutOff;

  DisruptionForecast(
      Flights flights,
      Trips trips,
      Networks networks,
      Clock clock,
      @Value("${contrail.reservation.connecting-time:PT45M}") Duration connecting,
      @Value("${contrail.sales-cut-off:PT45M}") Duration cutOff) {
    this.flights = flights;
    this.trips = trips;
    this.networks = networks;
    this.clock = clock;
    this.connecting = connecting;
    this.cutOff = cutOff;
  }

  /** Parties that lose space, and of those who gets other space. */
  record Forecast(int affected, int reprotected) {}

  /**
   * What it comes to when flights are cancelled and others retimed.
   *
   * @param retimed as they will fly
   */
  Forecast of(List<FlightId> cancelled, List<Flight> retimed, Policy policy) {
    Map<FlightId, Flight> otherwise = new HashMap<>();
    flights.of(cancelled).forEach(flight -> otherwise.put(flight.id(), flight.cancelled()));
    retimed.forEach(flight -> otherwise.put(flight.id(), flight));
    var missed = missed(retimed.stream().map(Flight::id).toList(), otherwise);
    var affected = new HashSet<>(missed.keySet());
    affected.addAll(trips.bookedOn(cancelled));
    var gone = Set.copyOf(cancelled);
    var stranded =
        trips.of(
            affected,
            (order, flight) ->
                gone.contains(flight) || missed.getOrDefault(order, Set.of()).contains(flight),
            otherwise);
    var rules =
        new ReprotectionRules(
            networks.around(stranded, policy.within(), otherwise), policy, connecting);
    var earliest = clock.instant().plus(cutOff);
    var reprotected =
        (int) stranded.stream().filter(trip -> rules.protect(trip, earliest).isPresent()).count();
    return new Forecast(stranded.size(), reprotected);
  }

  /** Who misses a connection, and which flights he does not reach. */
  private Map<OrderId, Set<FlightId>> missed(
      Collection<FlightId> retimed, Map<FlightId, Flight> otherwise) {
    if (retimed.isEmpty()) {
      return Map.of();
    }
    Map<FlightId, Times> before = new HashMap<>();
    flights.of(retimed).forEach(flight -> before.put(flight.id(), Times.of(flight)));
    var connections = new Connections(connecting);
    Map<OrderId, Set<FlightId>> missed = new HashMap<>();
    for (var trip : trips.of(trips.bookedOn(retimed), (_, _) -> false, otherwise)) {
      var lost = connections.missed(trip, before).keySet();
      if (!lost.isEmpty()) {
        missed.put(trip.order(), Set.copyOf(lost));
      }
    }
    return missed;
  }
}
