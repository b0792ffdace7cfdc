package aero.contrail.order.model;

import static aero.contrail.order.model.AirlineChangeRulesTests.ALL_OF_IT;
import static aero.contrail.order.model.AirlineChangeRulesTests.CHANGE;
import static aero.contrail.order.model.AirlineChangeRulesTests.THREE_DAYS_LATER;
import static aero.contrail.order.model.AirlineChangeRulesTests.answer;
import static aero.contrail.order.model.AirlineChangeRulesTests.change;
import static aero.contrail.order.model.AirlineChangeRulesTests.lost;
import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.ALL;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.Family.ticketed;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.Segment;
import aero.contrail.order.model.OrderCommand.LapseChanges;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import aero.contrail.order.model.OrderCommand.RecordFlown;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flights that are gone, and nothing instead: two adults and an infant, there and back. */
class StrandedOrderTests {

  /** He has seen that it is gone; there is nothing else that he could take. */
  @Test
  void acceptedWhatIsGoneIsRefunded() {
    ticketed()
        .when(lost(ALL))
        .when(answer(true))
        .isNow(OrderStatus.TICKETED)
        .owes(Operation.REFUND, usd("360.15"));
  }

  /** Also of an order that has nothing else. */
  @Test
  void allCanBeCancelled() {
    var order =
        ticketed().when(new RecordFlown(OUT, null, NOON)).when(lost(CHANGE, BACK, ALL, NOON));
    assertThat(CancellationRules.parts(order.known(), List.of(), List.of())).isNull();
    assertThat(CancellationRules.parts(order.known(), List.of("P2"), List.of()))
        .containsExactly(new OrderEvent.Part(BACK, List.of(WILLIAM)));
  }

  /** Ada lost nothing: what she gives up costs what it costs. */
  @Test
  void whoIsNotConcernedPaysThePenalty() {
    var order = ticketed().when(lost(List.of(WILLIAM)));
    var later = NOON.plus(Duration.ofDays(2));
    var zone = ZoneId.of("America/New_York");
    var details = order.known().details();
    var his = CancellationRules.parts(order.known(), List.of("P2"), List.of());
    assertThat(Quotes.voluntary(details, his, later, zone).penalty()).isEqualTo(usd("0.00"));
    var hers = CancellationRules.parts(order.known(), List.of("P1", "P3"), List.of());
    assertThat(Quotes.voluntary(details, hers, later, zone).penalty()).isEqualTo(usd("105.00"));
  }

  /** Reservations of long ago know how many they are, not who. */
  @Test
  void whereNobodyWasRecordedItConcernsAll() {
    assertThat(change(ticketed().when(lost(List.of()))).passengers()).isEqualTo(ALL);
  }

  @Test
  void theCustomerIsAskedAndHisDocumentsStay() {
    var order = ticketed().when(lost(ALL));
    assertThat(order.isNow(OrderStatus.TICKETED).known().details().openCoupons()).hasSize(6);
    assertThat(order.known().details().itinerary().of(ADA))
        .extracting(Segment::flight)
        .containsExactly(BACK);
  }

  /** Out does not fly: its half goes back, and the way back can still be flown. */
  @Test
  void silenceRefundsWhatIsGoneAndKeepsTheRest() {
    ticketed()
        .when(lost(ALL))
        .when(new LapseChanges(THREE_DAYS_LATER))
        .isNow(OrderStatus.TICKETED)
        .owes(Operation.REFUND, usd("360.15"));
  }

  @Test
  void silenceEndsAnOrderOfWhichNothingIsLeft() {
    ticketed()
        .when(new RecordFlown(OUT, null, NOON))
        .when(lost(CHANGE, BACK, ALL, NOON))
        .when(new LapseChanges(THREE_DAYS_LATER))
        .isNow(OrderStatus.CANCELLED)
        .owes(Operation.REFUND, usd("360.15"));
  }

  @Test
  void declinedEverythingUnflownGoesBack() {
    ticketed()
        .when(lost(ALL))
        .when(answer(false))
        .isNow(OrderStatus.CANCELLED)
        .owes(Operation.REFUND, ALL_OF_IT);
  }

  /** Whoever stood at the gate when it was cancelled. */
  @Test
  void whoWasCheckedInForItCanDecline() {
    ticketed()
        .when(new RecordCoupon(OUT, ADA, CouponStatus.C, NOON))
        .when(new RecordCoupon(OUT, WILLIAM, CouponStatus.S, NOON))
        .when(lost(ALL))
        .when(answer(false))
        .isNow(OrderStatus.CANCELLED)
        .owes(Operation.REFUND, ALL_OF_IT);
  }
}
