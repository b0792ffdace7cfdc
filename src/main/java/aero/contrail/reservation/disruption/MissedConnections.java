package aero.contrail.reservation.disruption;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.FlightRetimed;
import aero.contrail.events.ReservationEvent.ReprotectionCause;
import aero.contrail.reservation.disruption.Connections.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Finds who does not reach his next flight any more, since one of the two flies at other times: he
 * gets another one instead of the second.
 */
@Component
class MissedConnections {

  static final String CONSUMER = "reservation.connections";

  private final Trips trips;
  private final Disruptions disruptions;
  private final DisruptionFlights flights;
  private final Cases cases;
  private final EventLog log;
  private final Connections connections;

  MissedConnections(
      Trips trips,
      Disruptions disruptions,
      DisruptionFlights flights,
      Cases cases,
      EventLog log,
      @Value("${contrail.reservation.connecting-time:PT45M}") Duration connecting) {
    this.trips = trips;
    this.disruptions = disruptions;
    this.flights = flights;
    this.cases = cases;
    this.log = log;
    this.connections = new Connections(connecting);
  }

  /** By the times that the flights have now: told again it finds the same, which is known then. */
  @EventHandler(CONSUMER)
  void on(List<Recorded<FlightRetimed>> batch) {
    var before = new HashMap<FlightId, Times>();
    var causes = new HashMap<FlightId, Recorded<FlightRetimed>>();
    for (var recorded : batch) {
      var leg = recorded.event().before();
      // What a disruption retimes is looked at when it has retimed all.
      if (leg != null && !recorded.origin().actor().equals(DisruptionWork.ACTOR)) {
        before.putIfAbsent(recorded.event().flight(), times(leg));
        causes.put(recorded.event().flight(), recorded);
      }
    }
    missed(before)
        .forEach(
            (flight, lost) ->
                log.because(Objects.requireNonNull(causes.get(flight)), () -> open(flight, lost)));
  }

  private static Times times(Leg leg) {
    return new Times(
        leg.origin(), leg.destination(), leg.departure().toInstant(), leg.arrival().toInstant());
  }

  /** By the flight that was retimed and the one that is not reached: whose connection that was. */
  private Map<FlightId, Map<FlightId, List<OrderId>>> missed(Map<FlightId, Times> before) {
    Map<FlightId, Map<FlightId, List<OrderId>>> missed = new LinkedHashMap<>();
    var booked = before.isEmpty() ? List.<OrderId>of() : trips.bookedOn(before.keySet());
    for (var trip : booked.isEmpty() ? List.<Trip>of() : trips.of(booked)) {
      connections
          .missed(trip, before)
          .forEach(
              (lost, retimed) ->
                  missed
                      .computeIfAbsent(retimed, _ -> new LinkedHashMap<>())
                      .computeIfAbsent(lost, _ -> new ArrayList<>())
                      .add(trip.order()));
    }
    return missed;
  }

  /** Whose case is not open already. */
  private Map<FlightId, List<OrderId>> withoutCase(Map<FlightId, List<OrderId>> all) {
    var lost = new LinkedHashMap<FlightId, List<OrderId>>();
    all.forEach(
        (flight, orders) -> {
          var some = cases.withoutOne(flight, orders);
          if (!some.isEmpty()) {
            lost.put(flight, some);
          }
        });
    return lost;
  }

  private void open(FlightId retimed, Map<FlightId, List<OrderId>> all) {
    var lost = withoutCase(all);
    if (!lost.isEmpty()) {
      open(
          disruptions.insert(
              "connections of %s missed".formatted(retimed),
              ReprotectionCause.CONNECTION_MISSED,
              Policy.USUAL,
              false),
          lost);
    }
  }

  private void open(UUID disruption, Map<FlightId, List<OrderId>> lost) {
    lost.forEach(
        (flight, orders) ->
            cases.open(disruption, flight, ReprotectionCause.CONNECTION_MISSED, orders));
  }

  /** Opens a case for whoever misses a connection since a disruption retimed its flights. */
  void openFor(UUID disruption) {
    missed(flights.before(disruption)).values().forEach(all -> open(disruption, withoutCase(all)));
    disruptions.markConnectionsDone(disruption);
  }
}
