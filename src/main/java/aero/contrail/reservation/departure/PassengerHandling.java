package aero.contrail.reservation.departure;

import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.PassengerBoarded;
import aero.contrail.events.ReservationEvent.PassengerCheckedIn;
import aero.contrail.events.ReservationEvent.PassengerDeniedBoarding;
import aero.contrail.events.ReservationEvent.PassengerNoShow;
import aero.contrail.events.ReservationEvent.PassengerOffloaded;
import aero.contrail.events.ReservationEvent.SeatingReason;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import aero.contrail.reservation.booking.FlightSegments;
import aero.contrail.reservation.booking.SegmentStatus;
import aero.contrail.reservation.departure.DepartureRules.Outcome;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.passenger.PassengerStatus;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.FlightStatus;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.reservation.seating.SeatMaps;
import aero.contrail.reservation.seating.Seating;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Takes what departure control says of passengers. Needs the caller's transaction; locks the
 * flight's cabins, so that messages about one flight are taken one after the other.
 */
@Component
class PassengerHandling {

  private final Inventory inventory;
  private final Flights flights;
  private final FlightPassengers passengers;
  private final FlightSegments segments;
  private final SeatMaps seats;
  private final Departures departures;
  private final HandlingLog messages;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  PassengerHandling(
      Inventory inventory,
      Flights flights,
      FlightPassengers passengers,
      FlightSegments segments,
      SeatMaps seats,
      Departures departures,
      HandlingLog messages,
      ApplicationEventPublisher events,
      Clock clock) {
    this.inventory = inventory;
    this.flights = flights;
    this.passengers = passengers;
    this.segments = segments;
    this.seats = seats;
    this.departures = departures;
    this.messages = messages;
    this.events = events;
    this.clock = clock;
  }

  /**
   * What has become of the passenger.
   *
   * @param isNew false when the message was told before
   */
  record Result(FlightPassenger passenger, boolean isNew) {}

  /**
   * Takes a message.
   *
   * @throws Problem when there is no such passenger, the message cannot be true, or its source id
   *     was used for another one
   */
  Result take(Handling handling) {
    inventory.lock(List.of(handling.flight()));
    var flight = flights.findById(handling.flight()).orElseThrow(() -> noSuchPassenger(handling));
    var seating = seats.seating(flight);
    var passenger =
        seating
            .find(handling.order(), handling.passenger())
            .orElseThrow(() -> noSuchPassenger(handling));
    if (!messages.add(handling, clock.instant())) {
      requireSame(handling);
      return new Result(passenger, false);
    }
    if (flight.status() == FlightStatus.CANCELLED) {
      throw refused(handling, "cannot, the flight is cancelled");
    }
    switch (DepartureRules.outcome(handling, passenger, departures.of(flight.id()))) {
      case Outcome.Unchanged _ -> {}
      case Outcome.Refused(var why) -> throw refused(handling, why);
      case Outcome.Moved(var next) -> move(handling, flight, seating, passenger, next);
    }
    return new Result(seating.now(passenger), true);
  }

  private void requireSame(Handling handling) {
    if (!messages.find(handling.sourceId()).equals(Optional.of(handling))) {
      throw new Problem(
          ProblemCode.IDEMPOTENCY_KEY_REUSED,
          "The sourceId %s came with another message before.".formatted(handling.sourceId()));
    }
  }

  private void move(
      Handling handling,
      Flight flight,
      Seating seating,
      FlightPassenger passenger,
      PassengerStatus next) {
    var at = handling.occurredAt();
    var facts = new ArrayList<ReservationEvent>();
    seating.put(passenger.told(next, at));
    var isAboard = next == PassengerStatus.BOARDED || next == PassengerStatus.FLOWN;
    if (next == PassengerStatus.CHECKED_IN || (isAboard && passenger.sequence() == null)) {
      checkIn(seating, passenger, handling, facts);
    }
    if (isAboard && !seating.seatNow(passenger)) {
      throw refused(handling, "has no seat, and none is left: deny boarding to somebody");
    }
    passengers.save(seating.changed());
    facts.addAll(facts(handling, flight, passenger, next));
    facts.addAll(
        seating.moves(SeatingReason.CHECK_IN, at).stream()
            .filter(move -> move.seat() != null || next.keepsSeat())
            .toList());
    facts.forEach(events::publishEvent);
    if (next == PassengerStatus.FLOWN) {
      segments.mark(
          flight.id(),
          Set.of(handling.order()),
          List.of(SegmentStatus.NO_SHOW),
          SegmentStatus.FLOWN);
    }
  }

  private static void checkIn(
      Seating seating, FlightPassenger passenger, Handling handling, List<ReservationEvent> facts) {
    var place =
        seating.all().stream()
                .map(FlightPassenger::sequence)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0)
            + 1;
    seating.put(seating.now(passenger).checkedIn(place, handling.occurredAt()));
    seating.seatParty(passenger);
    facts.add(
        new PassengerCheckedIn(
            handling.order(),
            handling.flight(),
            handling.passenger(),
            seating.now(passenger).seat(),
            place,
            handling.occurredAt()));
  }

  private static List<ReservationEvent> facts(
      Handling handling, Flight flight, FlightPassenger who, PassengerStatus next) {
    var order = handling.order();
    var id = handling.flight();
    var passenger = handling.passenger();
    var at = handling.occurredAt();
    return switch (next) {
      case HELD, BOOKED, CHECKED_IN -> List.of();
      case BOARDED -> List.of(new PassengerBoarded(order, id, passenger, at));
      case FLOWN ->
          List.of(
              new PassengerBoarded(order, id, passenger, at),
              new SegmentFlown(order, id, List.of(passenger), at));
      case OFFLOADED -> List.of(new PassengerOffloaded(order, id, passenger, at));
      case NO_SHOW -> List.of(new PassengerNoShow(order, id, passenger, at));
      case DENIED_BOARDING ->
          List.of(
              new PassengerDeniedBoarding(
                  order,
                  id,
                  passenger,
                  handling.volunteered(),
                  DeniedBoardingRules.compensation(
                      flight.miles(), who.type(), handling.volunteered()),
                  at));
    };
  }

  private static Problem noSuchPassenger(Handling handling) {
    return new Problem(
        ProblemCode.NOT_FOUND,
        "%s is not on flight %s with this reservation."
            .formatted(handling.passenger(), handling.flight()));
  }

  private static Problem refused(Handling handling, String why) {
    return new Problem(
        ProblemCode.ILLEGAL_STATE,
        "%s of %s on %s: the passenger %s."
            .formatted(handling.type(), handling.passenger(), handling.flight(), why));
  }
}
