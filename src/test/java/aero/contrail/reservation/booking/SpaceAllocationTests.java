package aero.contrail.reservation.booking;

import static aero.contrail.reservation.booking.PartyOrders.NOW;
import static aero.contrail.reservation.booking.PartyOrders.authorized;
import static aero.contrail.reservation.booking.PartyOrders.leg;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.PaymentId;
import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.AvailabilityChanged;
import aero.contrail.events.ReservationEvent.SpaceConfirmationRefused;
import aero.contrail.events.ReservationEvent.SpaceConfirmed;
import aero.contrail.events.ReservationEvent.SpaceHeld;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.events.ReservationEvent.SpaceReleased;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.disruption.FlightCancellation;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.schedule.ScheduledFlight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.modulith.test.Scenario;

@ModuleTest
class SpaceAllocationTests extends OneFlight {

  @Autowired EventLog log;
  @Autowired HoldBackstop backstop;
  @Autowired BeanFactory application;

  private List<OrderEvent.OfSpace> party(int orders, int seats) {
    return IntStream.range(0, orders).<OrderEvent.OfSpace>mapToObj(_ -> placed(seats)).toList();
  }

  @Test
  void aPlacedOrderIsAnsweredWithSpace(Scenario scenario) {
    var order = placed(2);
    scenario
        .publish(order)
        .andWaitForEventOfType(SpaceHeld.class)
        .matchingMappedValue(SpaceHeld::order, order.order())
        .toArriveAndVerify(held -> assertThat(held.locator().value()).hasSize(6));
    assertThat(cabin().held()).isEqualTo(2);
  }

  @Test
  void orWithWhatBinds(Scenario scenario) {
    told(() -> hears(party(6, 8)));
    var order = placed(8);
    scenario
        .publish(order)
        .andWaitForEventOfType(SpaceRefused.class)
        .matchingMappedValue(SpaceRefused::order, order.order())
        .toArriveAndVerify(refused -> assertThat(refused.refusal().words()).isEqualTo("cabin Y"));
    assertThat(cabin().held()).isEqualTo(48);
  }

  @Test
  void everythingToldTwiceHasItsEffectOnce(AssertablePublishedEvents events) {
    var kept = placed(2);
    var given = placed(3);
    var refused = PartyOrders.placed(List.of(new FlightId("UA9999-2030-01-01-EWR")), 1, NOW);
    var expired = new OrderEvent.Expired(given.order(), NOW);
    for (var times = 0; times < 2; times++) {
      told(() -> hears(List.of(kept, given, refused)));
      told(() -> hears(List.of(authorized(kept), authorized(refused))));
      told(() -> hears(List.of(expired)));
    }
    assertThat(cabin().sold()).isEqualTo(2);
    assertThat(cabin().held()).isZero();
    assertThat(events.ofType(SpaceHeld.class)).hasSize(2);
    assertThat(events.ofType(SpaceRefused.class)).hasSize(1);
    assertThat(events.ofType(SpaceConfirmed.class)).hasSize(1);
    assertThat(events.ofType(SpaceReleased.class)).hasSize(1);
  }

  @Test
  void aHoldThatLapsedIsNotConfirmed(AssertablePublishedEvents events) {
    var order = placed(2, Instant.EPOCH);
    told(() -> hears(List.of(order)));
    backstop.lapse();
    told(() -> hears(List.of(authorized(order))));
    told(() -> hears(List.of(authorized(order))));
    assertThat(events.ofType(SpaceConfirmationRefused.class)).hasSize(1);
    assertThat(cabin().sold()).isZero();
  }

  /** The flight is cancelled between the authorisation of the money and its confirmation. */
  @Test
  void aHoldOnACancelledFlightIsNotConfirmedAndFreesTheOtherFlight(
      AssertablePublishedEvents events) {
    var first = flight;
    schedule();
    var second = flight;
    var order = PartyOrders.placed(List.of(first, second), 2, NOW);
    told(() -> hears(List.of(order)));
    told(() -> cancel(first));
    told(() -> hears(List.of(authorized(order))));
    told(() -> hears(List.of(new OrderEvent.Failed(order.order(), "flight cancelled", NOW))));
    assertThat(events.ofType(SpaceConfirmationRefused.class)).hasSize(1);
    assertThat(cabins.of(List.of(first, second)))
        .allMatch(cabin -> cabin.sold() == 0 && cabin.held() == 0);
  }

  @Test
  void aBookingIsNeverTakenBackByTheBackstop() {
    var order = placed(2, Instant.EPOCH);
    told(() -> hears(List.of(order)));
    told(() -> hears(List.of(authorized(order))));
    told(() -> space.lapse(List.of(order.order())));
    assertThat(cabin().sold()).isEqualTo(2);
  }

  @Test
  void aLatePaymentTakesTheSameSpaceAgain() {
    var order = placed(2);
    var late =
        new OrderEvent.LatePaymentReceived(
            order.order(),
            new PaymentId(UUID.randomUUID()),
            order.terms().price().total(),
            order.segments(),
            order.travellers(),
            NOW);
    told(() -> hears(List.of(order)));
    told(() -> hears(List.of(new OrderEvent.Expired(order.order(), NOW))));
    told(() -> hears(List.of(late)));
    told(() -> hears(List.of(late)));
    assertThat(cabin().sold()).isEqualTo(2);
    assertThat(cabin().held()).isZero();
  }

  /** Nobody may wait for ever: where nothing was found before, nothing is promised later. */
  @Test
  void aLatePaymentForRefusedSpaceIsRefusedAgain(AssertablePublishedEvents events) {
    told(() -> cancel(flight));
    var order = placed(2);
    var late =
        new OrderEvent.LatePaymentReceived(
            order.order(),
            new PaymentId(UUID.randomUUID()),
            order.terms().price().total(),
            order.segments(),
            order.travellers(),
            NOW);
    told(() -> hears(List.of(order, late)));
    assertThat(events.ofType(SpaceRefused.class)).hasSize(1);
    assertThat(events.ofType(SpaceConfirmationRefused.class)).hasSize(1);
    assertThat(cabin().sold() + cabin().held()).isZero();
  }

  /** The card has answered by the time that the batch is read. */
  @Test
  void holdAndConfirmationInOneBatchAreBothToldWithTheirCauses() {
    var order = placed(2);
    var placed = Facts.recorded((OrderEvent.OfSpace) order);
    var paid = Facts.recorded((OrderEvent.OfSpace) authorized(order));
    told(() -> space.on(List.of(placed, paid)));
    assertThat(cabin().sold()).isEqualTo(2);
    assertThat(cabin().held()).isZero();
    var told = log.read("reservation-" + order.order(), ReservationEvent.class);
    assertThat(told).extracting(Recorded::name).containsExactly("SpaceHeld", "SpaceConfirmed");
    assertThat(told).extracting(Recorded::causationId).containsExactly(placed.id(), paid.id());
  }

  @Test
  void aHoldThatItsOrderForgotIsTakenBack() {
    told(() -> hears(List.of(placed(2, Instant.EPOCH))));
    assertThat(cabin().held()).isEqualTo(2);
    backstop.lapse();
    assertThat(cabin().held()).isZero();
  }

  @Test
  void aBatchIsAnnouncedOncePerFlight(AssertablePublishedEvents events) {
    told(() -> hears(party(10, 1)));
    assertThat(events.ofType(AvailabilityChanged.class).matching(a -> a.flight().equals(flight)))
        .hasSize(1);
  }

  @Test
  void anOfferOfOtherTimesIsRefused(AssertablePublishedEvents events) {
    var order = placed(2);
    var later =
        new ScheduledFlight(
            flight,
            new Leg(
                "EWR", "ALB", leg().departure().plusHours(1), leg().arrival().plusHours(1), 144),
            "ER4",
            "ER4-Y50",
            true);
    transaction.executeWithoutResult(_ -> schedule.write(List.of(later)));
    told(() -> hears(List.of(order)));
    assertThat(
            events
                .ofType(SpaceRefused.class)
                .matching(r -> r.refusal().kind() == SpaceRefusal.Kind.SCHEDULE_CHANGED))
        .hasSize(1);
    assertThat(cabin().held()).isZero();
  }

  /** Parties over the same two flights in opposite order: they wait for each other, never dead. */
  @Test
  void overlappingPartiesRaceWithoutDeadlockOrOversale() throws Exception {
    var first = flight;
    schedule();
    var second = flight;
    try (var threads = Executors.newFixedThreadPool(6)) {
      var tasks = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 60; i++) {
        var flights = i % 2 == 0 ? List.of(first, second) : List.of(second, first);
        tasks.add(
            () -> {
              told(() -> hears(List.of(PartyOrders.placed(flights, 1, NOW))));
              return true;
            });
      }
      for (var result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    }
    assertThat(cabins.of(List.of(first, second))).extracting(Cabin::held).containsExactly(50, 50);
  }

  private void cancel(FlightId flight) {
    var _ = application.getBean(FlightCancellation.class).cancel(flight);
  }
}
