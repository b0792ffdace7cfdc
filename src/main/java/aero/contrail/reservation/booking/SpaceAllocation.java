package aero.contrail.reservation.booking;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.AvailabilityChanged;
import aero.contrail.events.Segment;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.Cabins;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Answers orders with space: a hold when they are placed, a booking when they are paid for, and
 * takes it back when they need it no longer. Works on a whole batch in one pass, so that an order
 * whose card has answered by then is held and confirmed together: reads the states under lock,
 * decides one after the other, writes all results. Locks reservations before cabins, each in the
 * order of their keys.
 */
@Component
class SpaceAllocation {

  static final String CONSUMER = "reservation.space";

  private final Cabins cabins;
  private final Flights flights;
  private final Reservations reservations;
  private final Locators locators;
  private final EventLog log;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  SpaceAllocation(
      Cabins cabins,
      Flights flights,
      Reservations reservations,
      Locators locators,
      EventLog log,
      ApplicationEventPublisher events,
      Clock clock) {
    this.cabins = cabins;
    this.flights = flights;
    this.reservations = reservations;
    this.locators = locators;
    this.log = log;
    this.events = events;
    this.clock = clock;
  }

  @EventHandler(CONSUMER)
  void on(List<Recorded<OrderEvent.OfSpace>> batch) {
    var orders = new LinkedHashSet<OrderId>();
    var wanted = new LinkedHashSet<FlightId>();
    var placed = new LinkedHashSet<OrderId>();
    for (var recorded : batch) {
      var event = recorded.event();
      orders.add(event.order());
      if (event instanceof OrderEvent.Placed order) {
        placed.add(order.order());
        order.segments().stream().map(Segment::flight).forEach(wanted::add);
      }
    }
    allocate(
        orders,
        placed,
        wanted,
        allocation ->
            batch.forEach(
                cause -> {
                  allocation.hear(cause.event());
                  log.because(cause, () -> allocation.takeFacts().forEach(events::publishEvent));
                }));
  }

  /** Takes back holds that their orders forgot; normally there are none. */
  void lapse(List<OrderId> forgotten) {
    allocate(
        forgotten,
        Set.of(),
        new LinkedHashSet<>(),
        allocation -> {
          forgotten.forEach(allocation::lapse);
          allocation.takeFacts().forEach(events::publishEvent);
        });
  }

  private interface Decisions {
    void takeBy(Allocation allocation);
  }

  /**
   * @param placed those of the orders that may have no reservation yet
   * @param wanted the flights that those want
   */
  private void allocate(
      Collection<OrderId> orders, Set<OrderId> placed, Set<FlightId> wanted, Decisions decisions) {
    var now = clock.instant();
    var locked = reservations.lock(orders);
    wanted.addAll(locked.flights());
    var space = space(wanted);
    // Segments are read again: only under the locks of their cabins do they stay.
    var known = locked.orders().isEmpty() ? List.<Reservation>of() : reservations.of(orders);
    var strangers = (int) placed.stream().filter(o -> !locked.orders().contains(o)).count();
    var allocation = new Allocation(space, known, locators.fresh(strangers), now);
    decisions.takeBy(allocation);
    reservations.insert(allocation.fresh());
    reservations.update(allocation.changed());
    write(space, now);
  }

  /** Cabins first: a flight's status is read only when nobody else can be changing it. */
  private Space space(Collection<FlightId> wanted) {
    if (wanted.isEmpty()) {
      return new Space(Map.of(), List.of());
    }
    var locked = cabins.lock(wanted);
    return new Space(
        flights.findAllById(wanted).stream().collect(Collectors.toMap(Flight::id, Flight::status)),
        locked);
  }

  private void write(Space space, Instant now) {
    var changed = space.changed();
    cabins.update(changed);
    changed.stream()
        .collect(Collectors.groupingBy(Cabin::flight))
        .forEach(
            (flight, itsCabins) ->
                events.publishEvent(
                    new AvailabilityChanged(
                        flight, itsCabins.stream().map(Cabin::availability).toList(), now)));
  }
}
