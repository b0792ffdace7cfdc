package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.events.ReservationEvent.FlightCancelled;
import aero.contrail.events.ReservationEvent.ReprotectionCause;
import aero.contrail.events.ReservationEvent.SalesClosed;
import aero.contrail.events.ReservationEvent.SpaceHoldLost;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.booking.FlightSegments;
import aero.contrail.reservation.booking.GroupBlocks;
import aero.contrail.reservation.booking.SegmentStatus;
import aero.contrail.reservation.booking.Waitlist;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.web.problem.Problem;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Takes flights out of the schedule. Each call needs the caller's transaction and locks the
 * flights' cabins first, so that no space is taken on them meanwhile.
 */
@Component
public class FlightCancellation {

  private final Flights flights;
  private final Inventory inventory;
  private final FlightSegments segments;
  private final FlightPassengers passengers;
  private final Waitlist waitlist;
  private final GroupBlocks groups;
  private final Disruptions disruptions;
  private final DisruptionFlights disrupted;
  private final Cases cases;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  FlightCancellation(
      Flights flights,
      Inventory inventory,
      FlightSegments segments,
      FlightPassengers passengers,
      Waitlist waitlist,
      GroupBlocks groups,
      Disruptions disruptions,
      DisruptionFlights disrupted,
      Cases cases,
      ApplicationEventPublisher events,
      Clock clock) {
    this.flights = flights;
    this.inventory = inventory;
    this.segments = segments;
    this.passengers = passengers;
    this.waitlist = waitlist;
    this.groups = groups;
    this.disruptions = disruptions;
    this.disrupted = disrupted;
    this.cases = cases;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Takes one flight out of the schedule; whoever booked it gets other flights soon after.
   *
   * @throws Problem when there is no such flight, or it has left or was cancelled
   */
  public Flight cancel(FlightId id) {
    return cancel(id, () -> disruptionOf(id));
  }

  private Flight cancel(FlightId id, Supplier<UUID> disruption) {
    var emptied = inventory.lock(List.of(id)).stream().map(Cabin::emptied).toList();
    var cancelled = flights.change(id, Flight::cancelled);
    inventory.write(emptied);
    var booked = segments.mark(id, List.of(SegmentStatus.CONFIRMED), SegmentStatus.UNABLE);
    var changes = segments.heldForChanges(id);
    var held = segments.mark(id, List.of(SegmentStatus.HELD), SegmentStatus.UNABLE);
    passengers.free(booked);
    passengers.free(held);
    waitlist.drop(id);
    groups.drop(id);
    events.publishEvent(new FlightCancelled(id, clock.instant()));
    var gone = new SpaceRefusal(id, SpaceRefusal.Kind.FLIGHT_NOT_OPEN, "cancelled");
    changes.forEach(
        (hold, order) ->
            events.publishEvent(new SpaceHoldLost(order, hold, gone, clock.instant())));
    if (!booked.isEmpty()) {
      cases.open(disruption.get(), id, ReprotectionCause.FLIGHT_CANCELLED, booked);
    }
    return cancelled;
  }

  private UUID disruptionOf(FlightId flight) {
    var id =
        disruptions.insert(
            "flight cancelled", ReprotectionCause.FLIGHT_CANCELLED, Policy.USUAL, false);
    disrupted.insertCancellations(id, Set.of(flight), true);
    return id;
  }

  /** The same as a part of a disruption. */
  void cancel(FlightId id, UUID disruption) {
    var _ = cancel(id, () -> disruption);
  }

  /**
   * Takes flights off the schedule: cancels those that nobody has booked; the others sell nothing
   * more, and what becomes of those who booked is for people to say.
   *
   * @return those that could be; others have left or were cancelled meanwhile
   */
  public List<FlightId> withdraw(Collection<FlightId> some) {
    var booked = Cabin.flightsTaken(inventory.lock(some));
    var ahead = flights.of(some).stream().filter(flight -> flight.status().isAhead()).toList();
    for (var flight : ahead) {
      if (!booked.contains(flight.id())) {
        cancel(flight.id());
      } else if (flight.status().sells()) {
        flights.save(flight.withSalesClosed());
        events.publishEvent(new SalesClosed(flight.id(), clock.instant()));
      }
    }
    return ahead.stream().map(Flight::id).toList();
  }
}
