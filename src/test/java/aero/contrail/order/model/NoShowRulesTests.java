package aero.contrail.order.model;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FareConditions.NoShow;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CancellationCause;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PassengerId;
import aero.contrail.order.amendment.CancellationQuote;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is left to two adults and an infant, there and back, of whom some do not come. */
class NoShowRulesTests {

  private static final Instant LATER = NOON.plus(Duration.ofDays(2));
  private static final NoShow STRICT = new NoShow(false, usd("40.00"));
  private static final NoShow LENIENT = new NoShow(true, usd("40.00"));

  private static OrderDeciderTests.Given ticketed(@Nullable NoShow noShow) {
    return given(
        Family.placed(true, noShow),
        OrderDeciderTests.HELD,
        OrderDeciderTests.REQUESTED,
        OrderDeciderTests.AUTHORIZED,
        OrderDeciderTests.CAPTURED,
        Family.TICKETED);
  }

  private static RecordCoupon missed(PassengerId passenger, FlightId flight) {
    return new RecordCoupon(flight, passenger, CouponStatus.S, LATER);
  }

  private static OrderEvent suspended(FlightId flight) {
    return new OrderEvent.CouponStatusChanged(
        ORDER, Family.coupon(2, flight), CouponStatus.O, CouponStatus.S, LATER);
  }

  @Test
  void whoDoesNotComeLosesHisSpaceOnTheWayBackAndNobodyElseDoes() {
    var order = ticketed(STRICT).when(missed(WILLIAM, OUT));
    assertThat(order.facts().subList(0, 2)).containsExactly(suspended(OUT), suspended(BACK));
    assertThat(order.facts().get(2))
        .isInstanceOfSatisfying(
            OrderEvent.PartCancelled.class,
            part -> {
              assertThat(part.cause()).isEqualTo(CancellationCause.NO_SHOW);
              assertThat(part.parts()).containsExactly(new Part(BACK, List.of(WILLIAM)));
              assertThat(part.refund()).isEqualTo(usd("0.00"));
            });
    assertThat(order.facts()).hasSize(3);
    var itinerary = order.known().details().itinerary();
    assertThat(itinerary.of(ADA)).hasSize(2);
    assertThat(itinerary.of(WILLIAM)).extracting("flight").containsExactly(OUT);
    order.isNow(OrderStatus.TICKETED).owesNothing();
  }

  @Test
  void toldTwiceItIsDoneOnce() {
    ticketed(STRICT).when(missed(WILLIAM, OUT)).when(missed(WILLIAM, OUT)).thenNothing();
  }

  @Test
  void nothingIsTakenFromWhoMissesTheLastFlight() {
    ticketed(STRICT).when(missed(WILLIAM, BACK)).then(suspended(BACK));
  }

  @Test
  void aLenientFareAndOneThatSaysNothingLeaveIt() {
    ticketed(LENIENT).when(missed(WILLIAM, OUT)).then(suspended(OUT));
    ticketed(null).when(missed(WILLIAM, OUT)).then(suspended(OUT));
  }

  /** He is checked in for the way back already: the airport has to let him go first. */
  @Test
  void whoIsAtTheAirportStays() {
    ticketed(STRICT)
        .when(new OrderCommand.RecordCheckIn(BACK, WILLIAM, null, 1, LATER))
        .when(missed(WILLIAM, OUT))
        .then(suspended(OUT));
  }

  private static CancellationQuote quote(OrderDeciderTests.Given order) {
    var state = order.known();
    var parts = CancellationRules.parts(state, List.of("P2"), List.of());
    return Quotes.voluntary(state.details(), parts, LATER, ZoneId.of("America/New_York"));
  }

  /** 75 for the refund and 40 for not coming, of a fare of 300; taxes go back. */
  @Test
  void aRefundCostsMore() {
    assertThat(quote(ticketed(STRICT)).penalty()).isEqualTo(usd("75.00"));
    assertThat(quote(ticketed(STRICT).when(missed(WILLIAM, OUT))).penalty())
        .isEqualTo(usd("115.00"));
    assertThat(quote(ticketed(LENIENT).when(missed(WILLIAM, OUT))).refund())
        .isEqualTo(usd("215.10"));
    assertThat(quote(ticketed(null).when(missed(WILLIAM, OUT))).penalty()).isEqualTo(usd("75.00"));
    assertThat(quote(ticketed(STRICT).when(missed(ADA, OUT))).penalty()).isEqualTo(usd("75.00"));
  }

  /** And so does a change, also when nothing is ahead any more. */
  @Test
  void aChangeCostsMore() {
    var order = ticketed(STRICT).when(missed(WILLIAM, OUT));
    assertThat(ChangeQuotes.penalty(order.known().details(), LATER)).contains(usd("190.00"));
    assertThat(ChangeQuotes.penalty(ticketed(STRICT).known().details(), LATER))
        .contains(usd("150.00"));
  }

  /** What he has space on is given back, what he missed is not. */
  @Test
  void onlySpaceThatIsThereIsGivenBack() {
    var parts = List.of(new Part(OUT, List.of(ADA, WILLIAM)), new Part(BACK, List.of(WILLIAM)));
    var missed =
        NoShowRules.missed(ticketed(STRICT).when(missed(WILLIAM, OUT)).known().details(), parts);
    assertThat(missed)
        .containsExactly(new Part(OUT, List.of(WILLIAM)), new Part(BACK, List.of(WILLIAM)));
    assertThat(NoShowRules.without(parts, missed)).containsExactly(new Part(OUT, List.of(ADA)));
    assertThat(NoShowRules.missed(ticketed(STRICT).known().details(), parts)).isEmpty();
  }
}
