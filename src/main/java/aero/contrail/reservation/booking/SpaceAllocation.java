package aero.contrail.reservation.booking;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.Segment;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.schedule.Flights;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
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

  private final Inventory inventory;
  private final Flights flights;
  private final Reservations reservations;
  private final FlightSegments segments;
  private final FlightPassengers passengers;
  private final GroupBlocks groups;
  private final Waitlist waitlist;
  private final WaitlistClearing clearing;
  private final Locators locators;
  private final EventLog log;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Duration cutOff;
  private final int unpaidPercent;
  private final int waitlistPercent;

  SpaceAllocation(
      Inventory inventory,
      Flights flights,
      Reservations reservations,
      FlightSegments segments,
      FlightPassengers passengers,
      GroupBlocks groups,
      Waitlist waitlist,
      WaitlistClearing clearing,
      Locators locators,
      EventLog log,
      ApplicationEventPublisher events,
      Clock clock,
      @Value("${contrail.sales-cut-off:PT45M}") Duration cutOff,
      @Value("${contrail.reservation.unpaid-percent:25}") int unpaidPercent,
      @Value("${contrail.reservation.waitlist-percent:50}") int waitlistPercent) {
    this.waitlistPercent = waitlistPercent;
    this.cutOff = cutOff;
    this.unpaidPercent = unpaidPercent;
    this.inventory = inventory;
    this.flights = flights;
    this.reservations = reservations;
    this.segments = segments;
    this.passengers = passengers;
    this.groups = groups;
    this.waitlist = waitlist;
    this.clearing = clearing;
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
    var named = new LinkedHashSet<UUID>();
    var isUnpaid = false;
    var isWaiting = false;
    for (var recorded : batch) {
      var event = recorded.event();
      orders.add(event.order());
      if (event instanceof OrderEvent.Placed order) {
        placed.add(order.order());
        isUnpaid |= order.prepayment() == null;
        order.choices().stream().flatMap(List::stream).map(Segment::flight).forEach(wanted::add);
        isWaiting |= order.waitlist() != null;
        Stream.ofNullable(order.group()).forEach(named::add);
      }
      isUnpaid |= event instanceof OrderEvent.PaymentDeclined;
    }
    allocate(
        orders,
        placed,
        wanted,
        isUnpaid,
        isWaiting,
        named,
        allocation ->
            batch.forEach(
                cause -> {
                  allocation.hear(cause.event());
                  log.because(cause, () -> allocation.takeFacts().forEach(events::publishEvent));
                }),
        clearing ->
            batch.stream()
                .filter(cause -> givesSpaceUp(cause.event()))
                .reduce((_, last) -> last)
                .ifPresent(cause -> log.because(cause, clearing)));
  }

  private static boolean givesSpaceUp(OrderEvent event) {
    return event instanceof OrderEvent.SpaceGivenUp || event instanceof OrderEvent.PartCancelled;
  }

  /** Takes back holds that their orders forgot; normally there are none. */
  void lapse(List<OrderId> forgotten) {
    allocate(
        forgotten,
        Set.of(),
        new LinkedHashSet<>(),
        false,
        false,
        Set.of(),
        allocation -> {
          forgotten.forEach(allocation::lapse);
          allocation.takeFacts().forEach(events::publishEvent);
        },
        Runnable::run);
  }

  private interface Decisions {
    void takeBy(Allocation allocation);
  }

  /**
   * @param placed those of the orders that may have no reservation yet
   * @param wanted the flights that those want
   * @param isUnpaid whether it matters what is held and not paid for
   * @param isWaiting whether it matters who waits
   * @param named groups from which orders draw
   * @param freeing runs what gives freed space to those who wait, if it is to be
   */
  private void allocate(
      Collection<OrderId> orders,
      Set<OrderId> placed,
      Set<FlightId> wanted,
      boolean isUnpaid,
      boolean isWaiting,
      Set<UUID> named,
      Decisions decisions,
      Consumer<Runnable> freeing) {
    var now = clock.instant();
    var locked = reservations.lock(orders);
    wanted.addAll(locked.flights());
    var space = space(wanted, now);
    // Segments are read again: only under the locks of their cabins do they stay.
    var known = locked.orders().isEmpty() ? List.<Reservation>of() : reservations.of(orders);
    var strangers = (int) placed.stream().filter(o -> !locked.orders().contains(o)).count();
    var unpaid =
        new UnpaidHolds(
            space.authorised(), unpaidPercent, isUnpaid ? segments.unpaid(wanted) : List.of());
    var room = new WaitlistRoom(isWaiting ? waitlist.waiting(wanted) : Map.of(), waitlistPercent);
    var draws = new GroupDraws(named.isEmpty() ? Map.of() : groups.of(named));
    var allocation =
        new Allocation(space, unpaid, room, draws, known, locators.fresh(strangers), now);
    decisions.takeBy(allocation);
    reservations.insert(allocation.fresh());
    reservations.update(allocation.changed());
    groups.take(draws.drawn());
    waitlist.join(allocation.joined());
    passengers.free(allocation.released());
    allocation.reduced().forEach(part -> passengers.free(part.order(), part.parts()));
    waitlist.leave(allocation.released());
    var isFreed = !allocation.released().isEmpty() || !allocation.reduced().isEmpty();
    if (isFreed && waitlist.isAnybodyWaiting()) {
      freeing.accept(() -> clearing.clearWithin(wanted, space, now));
    }
    inventory.settle(space.before(), space.changed());
  }

  /** Cabins first: a flight's status is read only when nobody else can be changing it. */
  private Space space(Collection<FlightId> wanted, Instant now) {
    if (wanted.isEmpty()) {
      return new Space(List.of(), List.of(), now);
    }
    var locked = inventory.lock(wanted);
    return new Space(flights.of(wanted), locked, now.plus(cutOff));
  }
}
