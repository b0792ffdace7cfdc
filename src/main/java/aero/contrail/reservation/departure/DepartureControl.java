package aero.contrail.reservation.departure;

import static java.util.stream.Collectors.groupingBy;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.ReservationEvent.FlightDeparted;
import aero.contrail.events.ReservationEvent.PassengerNoShow;
import aero.contrail.events.ReservationEvent.SalesClosed;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import aero.contrail.reservation.booking.FlightSegments;
import aero.contrail.reservation.booking.SegmentStatus;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.passenger.PassengerStatus;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.web.problem.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Closes flights, lets them leave and arrive. Each call needs the caller's transaction and locks
 * the flight's cabins first, as whoever takes or gives back space on it does.
 */
@Component
public class DepartureControl {

  private final Inventory inventory;
  private final Flights flights;
  private final FlightSegments segments;
  private final FlightPassengers passengers;
  private final Departures departures;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  DepartureControl(
      Inventory inventory,
      Flights flights,
      FlightSegments segments,
      FlightPassengers passengers,
      Departures departures,
      ApplicationEventPublisher events,
      Clock clock) {
    this.inventory = inventory;
    this.flights = flights;
    this.segments = segments;
    this.passengers = passengers;
    this.departures = departures;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Closes a flight now: nobody goes aboard any more, and who is not aboard does not fly.
   *
   * @throws Problem when there is no such flight, or it is closed, has left or was cancelled
   */
  public Flight close(FlightId id) {
    var at = clock.instant();
    inventory.lock(List.of(id));
    var sold = flights.require(id).status().sells();
    var closed = flights.change(id, Flight::closed);
    departures.save(departures.of(id).closed(at));
    if (sold) {
      events.publishEvent(new SalesClosed(id, at));
    }
    var absent =
        changed(passengers.of(id), DepartureRules::atClosing).stream()
            .filter(p -> p.status() == PassengerStatus.NO_SHOW)
            .toList();
    passengers.save(absent);
    tellNoShows(absent, at);
    return closed;
  }

  /**
   * Lets a flight leave now.
   *
   * @throws Problem when there is no such flight, or it has left or was cancelled
   */
  public Flight depart(FlightId id) {
    return depart(id, clock.instant());
  }

  /**
   * Lets a flight leave: with those who are aboard, or with all who booked when nobody told who is
   * aboard and the flight was not closed: an airline without departure control.
   *
   * @param at when it left
   * @throws Problem when there is no such flight, or it has left or was cancelled
   */
  public Flight depart(FlightId id, Instant at) {
    inventory.lock(List.of(id));
    var departure = departures.of(id);
    var departed = flights.change(id, Flight::departed);
    departures.save(departure.departed(at));
    events.publishEvent(new FlightDeparted(id, at));
    var before = passengers.of(id);
    var isControlled =
        departure.closedAt() != null || before.stream().anyMatch(p -> p.toldAt() != null);
    var changed = changed(before, status -> DepartureRules.atDeparture(status, isControlled));
    if (isControlled) {
      passengers.save(changed);
    }
    tellNoShows(changed.stream().filter(p -> p.status() == PassengerStatus.NO_SHOW).toList(), at);
    fly(id, changed, isControlled, at);
    return departed;
  }

  private void fly(FlightId id, List<FlightPassenger> changed, boolean isControlled, Instant at) {
    var aboard = new LinkedHashMap<OrderId, List<PassengerId>>();
    changed.stream()
        .filter(p -> p.status() == PassengerStatus.FLOWN)
        .collect(groupingBy(FlightPassenger::order, LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (order, party) -> aboard.put(order, party.stream().map(FlightPassenger::id).toList()));
    var booked = List.of(SegmentStatus.CONFIRMED);
    if (isControlled) {
      segments.mark(id, aboard.keySet(), booked, SegmentStatus.FLOWN);
      segments.mark(id, booked, SegmentStatus.NO_SHOW);
      aboard.forEach((order, party) -> events.publishEvent(new SegmentFlown(order, id, party, at)));
    } else {
      for (var order : segments.mark(id, booked, SegmentStatus.FLOWN)) {
        events.publishEvent(new SegmentFlown(order, id, aboard.get(order), at));
      }
    }
  }

  /**
   * A flight has come down. Whether it was seen to leave does not matter: the message may be late.
   *
   * @param elsewhere whether that was not where it was going
   * @throws Problem when there is no such flight, or it was cancelled or has arrived before
   */
  public Flight arrive(FlightId id, Instant at, boolean elsewhere) {
    inventory.lock(List.of(id));
    if (flights.require(id).status().isAhead()) {
      depart(id, at);
    }
    var arrived = flights.change(id, Flight::arrived);
    departures.save(departures.of(id).arrived(at, elsewhere));
    return arrived;
  }

  private static List<FlightPassenger> changed(
      List<FlightPassenger> all, UnaryOperator<PassengerStatus> change) {
    return all.stream()
        .filter(p -> change.apply(p.status()) != p.status())
        .map(p -> p.in(change.apply(p.status())))
        .toList();
  }

  private void tellNoShows(List<FlightPassenger> absent, Instant at) {
    absent.forEach(
        p -> events.publishEvent(new PassengerNoShow(p.order(), p.flight(), p.id(), at)));
  }
}
