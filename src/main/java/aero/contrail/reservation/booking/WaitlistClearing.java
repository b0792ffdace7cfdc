package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.WaitlistCleared;
import aero.contrail.events.ReservationEvent.WaitlistLapsed;
import aero.contrail.events.Segment;
import aero.contrail.reservation.booking.Waitlist.Choice;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.schedule.Flights;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
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
  private final TransactionOperations transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Duration cutOff;
  private final Duration holdTime;

  WaitlistClearing(
      Waitlist waitlist,
      Locators locators,
      Inventory inventory,
      Flights flights,
      TransactionOperations transaction,
      ApplicationEventPublisher events,
      Clock clock,
      @Value("${contrail.sales-cut-off:PT45M}") Duration cutOff,
      @Value("${contrail.reservation.waitlist-hold-time:PT30M}") Duration holdTime) {
    this.waitlist = waitlist;
    this.locators = locators;
    this.inventory = inventory;
    this.flights = flights;
    this.transaction = transaction;
    this.events = events;
    this.clock = clock;
    this.cutOff = cutOff;
    this.holdTime = holdTime;
  }

  /** What came free in any other way: by limits, other aircraft, cancelled bookings elsewhere. */
  @Scheduled(fixedDelayString = "PT0.5S")
  void clear() {
    if (!waitlist.isAnybodyWaiting()) {
      return;
    }
    try {
      transaction.executeWithoutResult(_ -> clearAnywhere());
    } catch (RuntimeException e) {
      log.warn("The waitlist could not be cleared, will be tried again", e);
    }
  }

  private void clearAnywhere() {
    var now = clock.instant();
    waitlist.inVain().forEach(order -> lapse(order, now));
    var candidates = waitlist.candidates(null, now);
    if (candidates.isEmpty()) {
      return;
    }
    var wanted =
        candidates.stream()
            .flatMap(choice -> choice.segments().stream())
            .map(Segment::flight)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    var locked = inventory.lock(wanted);
    var space = new Space(flights.of(wanted), locked, now.plus(cutOff));
    clear(candidates, space, now);
    inventory.settle(space.before(), space.changed());
  }

  /**
   * Serves whoever waits for nothing but flights whose cabins are locked.
   *
   * @param space on them, after others gave theirs back; the caller writes what becomes of it
   */
  void clearWithin(Collection<FlightId> locked, Space space, Instant now) {
    clear(waitlist.candidates(locked, now), space, now);
  }

  private void clear(List<Choice> candidates, Space space, Instant now) {
    var served = new HashSet<OrderId>();
    var names = locators.fresh((int) candidates.stream().map(Choice::order).distinct().count());
    for (var choice : candidates) {
      if (served.contains(choice.order())) {
        continue;
      }
      if (space.change(choice.segments()).isPresent()) {
        waitlist.drop(choice); // it is not what the customer accepted any more
      } else if (space.hold(choice.claims()).isEmpty()) {
        served.add(choice.order());
        var payBy = payBy(choice, now);
        var locator = names.remove();
        waitlist.hold(choice, locator, payBy.plus(Allocation.BACKSTOP));
        events.publishEvent(
            new WaitlistCleared(choice.order(), choice.number(), locator, payBy, now));
      }
    }
  }

  private Instant payBy(Choice choice, Instant now) {
    var salesEnd = choice.segments().getFirst().leg().departure().toInstant().minus(cutOff);
    return now.plus(holdTime).isBefore(salesEnd) ? now.plus(holdTime) : salesEnd;
  }

  private void lapse(OrderId order, Instant now) {
    waitlist.lapse(order);
    events.publishEvent(new WaitlistLapsed(order, now));
  }
}
