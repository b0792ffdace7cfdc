package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PassengerId;
import aero.contrail.events.ReservationEvent.PassengerReprotected;
import aero.contrail.events.ReservationEvent.ReprotectionUnavailable;
import aero.contrail.events.Segment;
import aero.contrail.reservation.booking.Space;
import aero.contrail.reservation.disruption.Cases.Case;
import aero.contrail.reservation.disruption.Cases.CaseStatus;
import aero.contrail.reservation.disruption.ReprotectionRules.Protection;
import aero.contrail.reservation.disruption.Trip.TripFlight;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.reservation.specialservice.SpecialServices;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Moves one party to other flights. Needs the caller's transaction. */
@Component
class Reprotection {

  private final Cases cases;
  private final Trips trips;
  private final Flights flights;
  private final Inventory inventory;
  private final FlightPassengers passengers;
  private final SpecialServices services;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Duration cutOff;

  Reprotection(
      Cases cases,
      Trips trips,
      Flights flights,
      Inventory inventory,
      FlightPassengers passengers,
      SpecialServices services,
      ApplicationEventPublisher events,
      Clock clock,
      @Value("${contrail.sales-cut-off:PT45M}") Duration cutOff) {
    this.cases = cases;
    this.trips = trips;
    this.flights = flights;
    this.inventory = inventory;
    this.passengers = passengers;
    this.services = services;
    this.events = events;
    this.clock = clock;
    this.cutOff = cutOff;
  }

  /** Somebody took the space that the network still has, or a trip has changed: read it anew. */
  static final class StaleNetwork extends RuntimeException {
    StaleNetwork(FlightId flight) {
      super("what was read of " + flight + " is not so any more");
    }
  }

  /**
   * Gives a party other flights, or says that there are none.
   *
   * @throws StaleNetwork when what the rules chose is gone
   */
  void settle(Case wanted, ReprotectionRules rules) {
    var open = cases.lock(wanted.id());
    if (open.isPresent()) {
      settleLocked(open.get(), rules);
    }
  }

  private void settleLocked(Case open, ReprotectionRules rules) {
    var trip = trips.lock(open.order()) ? trip(open) : List.<Trip>of();
    if (trip.isEmpty() || !trip.getFirst().hasLost()) {
      cases.close(open, CaseStatus.NOT_NEEDED, 0, List.of());
      return;
    }
    var lost = trip.getFirst().flights().stream().filter(TripFlight::isLost).toList();
    if (!rules.know(trip.getFirst())) {
      throw new StaleNetwork(lost.getFirst().id()); // it is another trip than it was
    }
    var now = clock.instant();
    var protections = rules.protect(trip.getFirst(), now.plus(cutOff));
    if (protections.isEmpty()) {
      var stranded = lost.stream().flatMap(f -> f.party().ids().stream()).distinct().toList();
      cases.close(open, CaseStatus.LEFT_OVER, stranded.size(), List.of());
      events.publishEvent(
          new ReprotectionUnavailable(
              open.order(),
              open.id(),
              open.cause(),
              stranded,
              lost.stream().map(TripFlight::id).toList(),
              now));
    } else {
      move(open, trip.getFirst(), protections.get());
    }
  }

  private List<Trip> trip(Case open) {
    return trips.of(List.of(open.order()), (_, flight) -> open.removed().contains(flight));
  }

  private void move(Case open, Trip trip, List<Protection> protections) {
    var now = clock.instant();
    var given = new HashMap<FlightId, TripFlight>();
    for (var flight : trip.flights()) {
      if (flight.hasSpace() && protections.stream().anyMatch(p -> p.replaces(flight.id()))) {
        given.put(flight.id(), flight);
      }
    }
    var wanted = new TreeSet<String>();
    protections.forEach(p -> p.claims().forEach(claim -> wanted.add(claim.flight().value())));
    given.keySet().forEach(flight -> wanted.add(flight.value()));
    var ids = wanted.stream().map(FlightId::new).toList();
    var locked = inventory.lock(ids);
    if (!trip(open).equals(List.of(trip))) {
      throw new StaleNetwork(ids.getFirst());
    }
    Map<FlightId, Flight> known = new HashMap<>();
    flights.of(ids).forEach(flight -> known.put(flight.id(), flight));
    var space = new Space(known.values(), locked, now.plus(cutOff));
    given
        .values()
        .forEach(
            f ->
                space.releaseSold(
                    List.of(new Space.Claim(f.id(), f.cabin(), f.fareClass(), f.seats()))));
    for (var protection : protections) {
      var refusal = space.hold(protection.claims()).or(() -> space.confirm(protection.claims()));
      if (refusal.isPresent()) {
        throw new StaleNetwork(refusal.get().flight());
      }
      trips.replace(open.order(), protection);
    }
    inventory.settle(space.before(), space.changed());
    passengers.forget(
        open.order(), given.values().stream().map(f -> new Part(f.id(), f.party().ids())).toList());
    for (var protection : protections) {
      services.follow(
          open.order(),
          protection.party().ids(),
          protection.alternative().instead().stream().map(Flight::id).toList(),
          protection.claims().stream().map(Space.Claim::flight).toList());
    }
    tell(open, protections, known);
  }

  /** Of each journey by itself: not all passengers need be on all of them. */
  private void tell(Case open, List<Protection> protections, Map<FlightId, Flight> known) {
    var all = new ArrayList<FlightId>();
    var party = new LinkedHashSet<PassengerId>();
    for (var protection : protections) {
      var added = protection.claims().stream().map(claim -> segment(claim, known)).toList();
      added.forEach(segment -> all.add(segment.flight()));
      party.addAll(protection.party().ids());
      events.publishEvent(
          new PassengerReprotected(
              open.order(),
              change(open, protections.indexOf(protection)),
              open.cause(),
              protection.party().ids(),
              protection.alternative().instead().stream().map(Flight::id).toList(),
              added,
              clock.instant()));
    }
    cases.close(open, CaseStatus.REPROTECTED, party.size(), all);
  }

  private static UUID change(Case open, int journey) {
    return journey == 0
        ? open.id()
        : UUID.nameUUIDFromBytes((open.id() + "/" + journey).getBytes(StandardCharsets.UTF_8));
  }

  private static Segment segment(Space.Claim claim, Map<FlightId, Flight> known) {
    var flight = known.get(claim.flight());
    if (flight == null) {
      throw new IllegalStateException("there is no flight " + claim.flight());
    }
    return new Segment(
        flight.id(), claim.cabin(), claim.fareClass(), flight.leg(), flight.aircraft());
  }
}
