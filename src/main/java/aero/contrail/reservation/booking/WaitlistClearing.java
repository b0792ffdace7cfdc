package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.WaitlistCleared;
import aero.contrail.events.ReservationEvent.WaitlistLapsed;
import aero.contrail.events.Segment;
import aero.contrail.reservation.booking.Waitlist.Choice;
import aero.contrail.reservation.inventory.Cabins;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.schedule.Flights;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gives space that came free to those who wait for it: in the transaction that freed it, when that
 * holds the locks of all cabins of a waiting party; else soon after in one of its own. A whole
 * itinerary or nothing.
 */
@Component
class WaitlistClearing {

  private static final Logger log = LoggerFactory.getLogger(WaitlistClearing.class);
  private final Waitlist waitlist;
  private final Locators locators;
  private final Inventory inventory;
  private final Flights flights;
  private final Cabins cabins;
  private final FlightSegments segments;
  private final TransactionOperations transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Duration cutOff;
  private final Duration holdTime;
  private final int unpaidPercent;

  /** How far the search has come; for the one thread that searches. */
  private Place after = Place.FIRST;

  /** Where in the order of service one is. */
  record Place(int rank, Instant joinedAt, UUID order) {

    static final Place FIRST = new Place(Integer.MAX_VALUE, Instant.EPOCH, new UUID(0, 0));

    static Place of(Choice choice) {
      return new Place(choice.rank(), choice.joinedAt(), choice.order().value());
    }
  }

  WaitlistClearing(
      Waitlist waitlist,
      Locators locators,
      Inventory inventory,
      Flights flights,
      Cabins cabins,
      FlightSegments segments,
      TransactionOperations transaction,
      ApplicationEventPublisher events,
      Clock clock,
      @Value("${contrail.sales-cut-off:PT45M}") Duration cutOff,
      @Value("${contrail.reservation.waitlist-hold-time:PT30M}") Duration holdTime,
      @Value("${contrail.reservation.unpaid-percent:25}") int unpaidPercent) {
    this.unpaidPercent = unpaidPercent;
    this.waitlist = waitlist;
    this.locators = locators;
    this.inventory = inventory;
    this.flights = flights;
    this.cabins = cabins;
    this.segments = segments;
    this.transaction = transaction;
    this.events = events;
    this.clock = clock;
    this.cutOff = cutOff;
    this.holdTime = holdTime;
  }

  /**
   * What came free in any other way: by limits, other aircraft, on connections. Looks without locks
   * at some of those who wait, and serves who would fit, each in a transaction of his own.
   */
  @Scheduled(fixedDelayString = "PT0.5S")
  void clear() {
    if (!waitlist.isAnybodyWaiting()) {
      return;
    }
    try {
      transaction.executeWithoutResult(_ -> lapseInVain(clock.instant()));
      for (var choice : fitting(clock.instant())) {
        transaction.executeWithoutResult(_ -> waitlist.lock(choice).ifPresent(this::serve));
      }
    } catch (RuntimeException e) {
      log.warn("The waitlist could not be cleared, will be tried again", e);
    }
  }

  private void lapseInVain(Instant now) {
    for (var order : waitlist.inVain()) {
      waitlist.lapse(order);
      events.publishEvent(new WaitlistLapsed(order, now));
    }
  }

  /** The next of those who wait, as far as there seems to be space; after the last the first. */
  private List<Choice> fitting(Instant now) {
    var next = waitlist.perhaps(after, now);
    after = next.isEmpty() ? Place.FIRST : Place.of(next.getLast());
    var wanted = flightsOf(next);
    var space = new Space(flights.of(wanted), cabins.of(wanted), now.plus(cutOff));
    return next.stream()
        .filter(choice -> !space.flies(choice.segments()) || space.hold(choice.claims()).isEmpty())
        .toList();
  }

  private void serve(Choice choice) {
    var now = clock.instant();
    var wanted = flightsOf(List.of(choice));
    var locked = inventory.lock(wanted);
    var space = new Space(flights.of(wanted), locked, now.plus(cutOff));
    clear(List.of(choice), wanted, space, now);
    inventory.settle(space.before(), space.changed());
  }

  private static List<FlightId> flightsOf(List<Choice> choices) {
    return choices.stream()
        .flatMap(choice -> choice.segments().stream())
        .map(Segment::flight)
        .distinct()
        .toList();
  }

  /**
   * Serves whoever waits for nothing but flights whose cabins are locked.
   *
   * @param space on them, after others gave theirs back; the caller writes what becomes of it
   */
  void clearWithin(Collection<FlightId> locked, Space space, Instant now) {
    clear(waitlist.within(locked, now), locked, space, now);
  }

  private void clear(
      List<Choice> candidates, Collection<FlightId> locked, Space space, Instant now) {
    if (candidates.isEmpty()) {
      return;
    }
    var unpaid = new UnpaidHolds(space.authorised(), unpaidPercent, segments.unpaid(locked));
    var served = new HashSet<OrderId>();
    var names = locators.fresh((int) candidates.stream().map(Choice::order).distinct().count());
    for (var choice : candidates) {
      if (served.contains(choice.order())) {
        continue;
      }
      if (!space.flies(choice.segments())) {
        waitlist.drop(choice); // it is not what the customer accepted any more
      } else if (unpaid.refusal(choice.channel(), choice.claims()).isEmpty()
          && space.hold(choice.claims()).isEmpty()) {
        unpaid.add(choice.channel(), choice.claims());
        served.add(choice.order());
        var payBy = payBy(choice, now);
        var locator = names.remove();
        waitlist.hold(choice, locator, payBy.plus(NewHolds.BACKSTOP));
        events.publishEvent(
            new WaitlistCleared(choice.order(), choice.number(), locator, payBy, now));
      }
    }
  }

  private Instant payBy(Choice choice, Instant now) {
    var salesEnd = choice.segments().getFirst().leg().departure().toInstant().minus(cutOff);
    return now.plus(holdTime).isBefore(salesEnd) ? now.plus(holdTime) : salesEnd;
  }
}
