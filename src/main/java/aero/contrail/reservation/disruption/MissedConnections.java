package aero.contrail.reservation.disruption;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.FlightRetimed;
import aero.contrail.events.ReservationEvent.ReprotectionCause;
import aero.contrail.reservation.disruption.Trip.TripFlight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Cases cases;
  private final EventLog log;
  private final Duration connecting;

  MissedConnections(
      Trips trips,
      Disruptions disruptions,
      Cases cases,
      EventLog log,
      @Value("${contrail.reservation.connecting-time:PT45M}") Duration connecting) {
    this.trips = trips;
    this.disruptions = disruptions;
    this.cases = cases;
    this.log = log;
    this.connecting = connecting;
  }

  /** By the times that the flights have now: told again it finds the same, which is known then. */
  @EventHandler(CONSUMER)
  void on(List<Recorded<FlightRetimed>> batch) {
    var retimed = new HashMap<FlightId, Leg>();
    var causes = new HashMap<FlightId, Recorded<FlightRetimed>>();
    for (var recorded : batch) {
      var before = recorded.event().before();
      if (before != null) {
        retimed.putIfAbsent(recorded.event().flight(), before);
        causes.put(recorded.event().flight(), recorded);
      }
    }
    var booked = retimed.isEmpty() ? List.<OrderId>of() : trips.bookedOn(retimed.keySet());
    if (booked.isEmpty()) {
      return;
    }
    Map<FlightId, Map<FlightId, List<OrderId>>> missed = new LinkedHashMap<>();
    for (var trip : trips.of(booked, (_, _) -> false)) {
      retimed.forEach(
          (flight, before) ->
              missed(trip, flight, before)
                  .forEach(
                      lost ->
                          missed
                              .computeIfAbsent(flight, _ -> new LinkedHashMap<>())
                              .computeIfAbsent(lost, _ -> new ArrayList<>())
                              .add(trip.order())));
    }
    missed.forEach(
        (flight, lost) ->
            log.because(Objects.requireNonNull(causes.get(flight)), () -> open(flight, lost)));
  }

  private void open(FlightId retimed, Map<FlightId, List<OrderId>> all) {
    var lost = new LinkedHashMap<FlightId, List<OrderId>>();
    all.forEach(
        (flight, orders) -> {
          var some = cases.withoutOne(flight, orders);
          if (!some.isEmpty()) {
            lost.put(flight, some);
          }
        });
    if (lost.isEmpty()) {
      return;
    }
    var disruption =
        disruptions.insert(
            "connections of %s missed".formatted(retimed),
            ReprotectionCause.CONNECTION_MISSED,
            Policy.USUAL);
    lost.forEach((flight, orders) -> cases.open(disruption, flight, orders));
  }

  /** The second flights of connections that were, and are not any more. */
  private List<FlightId> missed(Trip trip, FlightId retimed, Leg before) {
    var missed = new ArrayList<FlightId>();
    var now = trip.flights().stream().filter(f -> f.id().equals(retimed)).toList();
    for (var flight : now) {
      for (var other : trip.flights()) {
        if (goOn(flight, other)
            && connects(before.destination(), before.arrival().toInstant(), other)
            && isTooShort(flight, other)) {
          missed.add(other.id());
        }
        if (goOn(other, flight)
            && other.flight().destination().equals(before.origin())
            && connects(other, before)
            && isTooShort(other, flight)) {
          missed.add(retimed);
        }
      }
    }
    return missed;
  }

  /** Whether all of the second come from the first. */
  private static boolean goOn(TripFlight first, TripFlight second) {
    return first.party().ids().containsAll(second.party().ids());
  }

  private static boolean connects(String at, Instant arrival, TripFlight next) {
    return next.flight().origin().equals(at) && isNext(arrival, next.flight().departsAt());
  }

  private static boolean connects(TripFlight first, Leg next) {
    return isNext(first.flight().arrivesAt(), next.departure().toInstant());
  }

  private static boolean isNext(Instant arrival, Instant departure) {
    return !departure.isBefore(arrival)
        && !departure.isAfter(arrival.plus(Trip.LONGEST_CONNECTION));
  }

  private boolean isTooShort(TripFlight first, TripFlight second) {
    return second.flight().departsAt().isBefore(first.flight().arrivesAt().plus(connecting));
  }
}
