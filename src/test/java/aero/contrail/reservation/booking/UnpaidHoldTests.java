package aero.contrail.reservation.booking;

import static aero.contrail.reservation.booking.PartyOrders.NOW;
import static aero.contrail.reservation.booking.PartyOrders.authorized;
import static aero.contrail.reservation.booking.PartyOrders.leg;
import static aero.contrail.reservation.booking.PartyOrders.unpaid;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.ReservationEvent.SpaceHoldLapsed;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.Cabins;
import aero.contrail.reservation.schedule.ScheduleTable;
import aero.contrail.reservation.schedule.ScheduledFlight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.transaction.support.TransactionTemplate;

/** What a channel may hold without paying, on a real database. */
@ModuleTest
class UnpaidHoldTests {

  @Autowired SpaceAllocation space;
  @Autowired EventLog log;
  @Autowired ScheduleTable schedule;
  @Autowired Cabins cabins;
  @Autowired HoldBackstop backstop;
  @Autowired BeanFactory application;
  @Autowired TransactionTemplate transaction;

  private int number = new Random().nextInt(1, 9000);
  private FlightId flight = new FlightId("UA1-2030-01-01-EWR");

  /** A flight with fifty seats in one cabin. */
  @BeforeEach
  void schedule() {
    flight = new FlightId("UA%d-2030-01-01-EWR".formatted(number++));
    var wanted = new ScheduledFlight(flight, leg(), "ER4", "ER4-Y50", true);
    transaction.executeWithoutResult(_ -> schedule.write(List.of(wanted)));
  }

  private OrderEvent.Placed placed(int seats, Instant payBy) {
    return PartyOrders.placed(List.of(flight), seats, payBy);
  }

  private OrderEvent.Placed placed(int seats) {
    return placed(seats, NOW.plus(Duration.ofMinutes(15)));
  }

  private Cabin cabin() {
    return cabins.of(List.of(flight)).getFirst();
  }

  private void hears(List<? extends OrderEvent.OfSpace> facts) {
    space.on(facts.stream().<Recorded<OrderEvent.OfSpace>>map(Facts::recorded).toList());
  }

  private void told(Runnable handler) {
    transaction.executeWithoutResult(_ -> handler.run());
  }

  /**
   * Fifty seats: a channel holds twelve of them unpaid, until one of its orders is paid or over.
   */
  @Test
  void aChannelHoldsAPartOfAFlightUnpaid(AssertablePublishedEvents events) {
    var first = unpaid(placed(6));
    var second = unpaid(placed(6));
    var third = unpaid(placed(6));
    told(() -> hears(List.of(first)));
    told(() -> hears(List.of(second, third, placed(6))));
    assertThat(cabin().held()).isEqualTo(18);
    assertThat(events.ofType(SpaceRefused.class).matching(refusalOf(third))).hasSize(1);
    told(() -> hears(List.of(new OrderEvent.Expired(first.order(), NOW), authorized(second))));
    told(() -> hears(List.of(unpaid(placed(6)), unpaid(placed(6)), unpaid(placed(6)))));
    assertThat(cabin().held()).isEqualTo(18);
    assertThat(cabin().sold()).isEqualTo(6);
  }

  private static Predicate<SpaceRefused> refusalOf(OrderEvent.Placed order) {
    return refused ->
        refused.order().equals(order.order())
            && refused.refusal().kind() == SpaceRefusal.Kind.HOLD_LIMIT;
  }

  /** Else cards that are always refused would hold a whole flight. */
  @Test
  void aHoldWhoseCardWasRefusedCountsAsUnpaid(AssertablePublishedEvents events) {
    var some = List.of(placed(6), placed(6), placed(6));
    for (var times = 0; times < 2; times++) {
      told(() -> hears(some));
      told(() -> hears(some.stream().map(PartyOrders::declined).toList()));
    }
    assertThat(cabin().held()).isEqualTo(12);
    assertThat(events.ofType(SpaceHoldLapsed.class)).hasSize(1);
    told(() -> hears(List.of(unpaid(placed(1)))));
    assertThat(events.ofType(SpaceRefused.class)).hasSize(1);
  }
}
