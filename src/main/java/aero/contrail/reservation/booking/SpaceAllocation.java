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
import aero.contrail.reservation.specialservice.SpecialServices;
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
  private final ChangeHolds changeHolds;
  private final SpecialServices services;
  private final ReservationSplits splits;
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
      ChangeHolds changeHolds,
      SpecialServices services,
      ReservationSplits splits,
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
    this.changeHolds = changeHolds;
    this.services = services;
    this.splits = splits;
    this.locators = locators;
    this.log = log;
    this.events = events;
    this.clock = clock;
  }

  /** What has to be read to decide a batch. */
  private static final class Reads {

    final Set<OrderId> orders = new LinkedHashSet<>();

    /** Those of the orders that may have no reservation yet. */
    final Set<OrderId> placed = new LinkedHashSet<>();

    /** The flights that they want, beside those that they have. */
    final Set<FlightId> wanted = new LinkedHashSet<>();

    /** Orders of which passengers leave. */
    int splits;

    /** Groups from which orders draw. */
    final Set<UUID> groups = new LinkedHashSet<>();

    /** Whether it matters what is held and not paid for. */
    boolean isUnpaid;

    /** Whether it matters who waits. */
    boolean isWaiting;

    /** Whether it matters what is held for changes. */
    boolean isChanging;

    void add(OrderEvent.OfSpace event) {
      orders.add(event.order());
      switch (event) {
        case OrderEvent.Placed order -> {
          placed.add(order.order());
          isUnpaid |= order.prepayment() == null;
          isWaiting |= order.waitlist() != null;
          order.choices().stream().flatMap(List::stream).map(Segment::flight).forEach(wanted::add);
          Stream.ofNullable(order.group()).forEach(groups::add);
        }
        case OrderEvent.PaymentDeclined _ -> isUnpaid = true;
        case OrderEvent.ChangeQuoted quoted -> {
          isUnpaid = true;
          isChanging = true;
          quoted.added().stream().map(Segment::flight).forEach(wanted::add);
        }
        case OrderEvent.ChangeConfirmed _, OrderEvent.ChangeAbandoned _ -> isChanging = true;
        case OrderEvent.SplitRequested split -> {
          orders.add(split.into());
          splits++;
        }
        default -> {
          // needs no more than the reservation
        }
      }
    }
  }

  @EventHandler(CONSUMER)
  void on(List<Recorded<OrderEvent.OfSpace>> batch) {
    var reads = new Reads();
    batch.forEach(cause -> reads.add(cause.event()));
    allocate(
        reads,
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

  private static boolean givesSpaceUp(OrderEvent.OfSpace event) {
    return switch (event) {
      case OrderEvent.SpaceGivenUp _,
          OrderEvent.PartCancelled _,
          OrderEvent.ChangeConfirmed _,
          OrderEvent.ChangeAbandoned _ ->
          true;
      case OrderEvent.Placed _,
          OrderEvent.PaymentAuthorized _,
          OrderEvent.PaymentDeclined _,
          OrderEvent.LatePaymentReceived _,
          OrderEvent.SplitRequested _,
          OrderEvent.ChangeQuoted _ ->
          false;
    };
  }

  /** Takes back holds that their orders forgot; normally there are none. */
  void lapse(List<OrderId> forgotten) {
    var reads = new Reads();
    reads.orders.addAll(forgotten);
    reads.isChanging = true;
    allocate(
        reads,
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
   * Decides a batch and writes what follows.
   *
   * @param freeing runs what gives freed space to those who wait, if it is to be
   */
  private void allocate(Reads reads, Decisions decisions, Consumer<Runnable> freeing) {
    var now = clock.instant();
    var locked = reservations.lock(reads.orders);
    var flown = new LinkedHashSet<>(reads.wanted);
    flown.addAll(locked.flights());
    var space = space(flown, now);
    // Segments are read again: only under the locks of their cabins do they stay.
    var known = locked.orders().isEmpty() ? List.<Reservation>of() : reservations.of(reads.orders);
    var strangers = (int) reads.placed.stream().filter(o -> !locked.orders().contains(o)).count();
    var unpaid =
        new UnpaidHolds(
            space.authorised(), unpaidPercent, reads.isUnpaid ? segments.unpaid(flown) : List.of());
    var room =
        new WaitlistRoom(reads.isWaiting ? waitlist.waiting(flown) : Map.of(), waitlistPercent);
    var draws = new GroupDraws(reads.groups.isEmpty() ? Map.of() : groups.of(reads.groups));
    var changes =
        new ChangeAllocation(
            space,
            unpaid,
            reads.isChanging ? changeHolds.of(reads.orders) : List.of(),
            reads.isChanging ? passengers.atAirport(reads.orders) : List.of(),
            now);
    var holds = new NewHolds(space, unpaid, room, draws, locators.fresh(strangers), now);
    var allocation =
        new Allocation(space, unpaid, holds, changes, locators.fresh(reads.splits), known, now);
    decisions.takeBy(allocation);
    groups.take(draws.drawn());
    write(allocation, changes);
    var isFreed =
        !allocation.released().isEmpty() || !allocation.reduced().isEmpty() || changes.hasFreed();
    if (isFreed && waitlist.isAnybodyWaiting()) {
      freeing.accept(() -> clearing.clearWithin(flown, space, now));
    }
    inventory.settle(space.before(), space.changed());
  }

  private void write(Allocation allocation, ChangeAllocation changes) {
    changeHolds.save(changes.changed());
    reservations.insert(allocation.fresh());
    reservations.join(allocation.moved());
    reservations.update(allocation.changed());
    waitlist.join(allocation.joined());
    passengers.free(allocation.released());
    allocation.reduced().forEach(part -> passengers.free(part.order(), part.parts()));
    changes.moved().forEach(this::follow);
    allocation.split().forEach(s -> splits.divide(s, allocation.party(s.from())));
    waitlist.leave(allocation.released());
  }

  /** They check in anew, and are assisted there. */
  private void follow(OrderEvent.ChangeConfirmed change) {
    passengers.forget(change.order(), change.parts());
    var left = Stream.concat(change.parts().stream(), change.missed().stream()).toList();
    services.follow(
        change.order(),
        left.stream().flatMap(part -> part.passengers().stream()).distinct().toList(),
        left.stream().map(OrderEvent.Part::flight).distinct().toList(),
        change.added().stream().map(Segment::flight).toList());
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
