package aero.contrail.order.model;

import static aero.contrail.order.model.AirlineChangeRulesTests.ALL_OF_IT;
import static aero.contrail.order.model.AirlineChangeRulesTests.CHANGE;
import static aero.contrail.order.model.AirlineChangeRulesTests.THREE_DAYS_LATER;
import static aero.contrail.order.model.AirlineChangeRulesTests.answer;
import static aero.contrail.order.model.AirlineChangeRulesTests.change;
import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.PLACED;
import static aero.contrail.order.model.Family.coupon;
import static aero.contrail.order.model.Family.ticketed;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.Leg;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.order.itinerary.ItinerarySegment;
import aero.contrail.order.model.OrderCommand.AnswerAirlineChange;
import aero.contrail.order.model.OrderCommand.LapseChanges;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import aero.contrail.order.model.OrderCommand.RetimeFlight;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import java.time.Duration;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Flights at other times: two adults and an infant, there and back, three taxes each. */
class RetimingRulesTests {

  private static final Leg LATER_LEG =
      new Leg(
          "EWR",
          "ORD",
          OrderDeciderTests.SEGMENT.leg().departure().plusMinutes(20),
          OrderDeciderTests.SEGMENT.leg().arrival().plusMinutes(20),
          720);

  private static RetimeFlight retimed(Severity severity) {
    return new RetimeFlight(
        CHANGE, OUT, LATER_LEG, severity, Duration.ofDays(3), Duration.ofHours(3), NOON);
  }

  @Test
  void theItineraryShowsTheNewOnesAndTheDocumentsStay() {
    var order = ticketed().when(retimed(Severity.MAJOR));
    var details = order.isNow(OrderStatus.TICKETED).known().details();
    assertThat(details.itinerary().active().getFirst().segment().leg()).isEqualTo(LATER_LEG);
    assertThat(details.itinerary().active().getFirst().standing())
        .isEqualTo(ItinerarySegment.Standing.CHANGED);
    assertThat(details.openCoupons()).hasSize(6).contains(coupon(1, OUT));
    assertThat(change(order).kind()).isEqualTo(AirlineChangeKind.RETIMED);
  }

  @Test
  void whoIsAboardCannotDecline() {
    ticketed()
        .when(retimed(Severity.MAJOR))
        .when(new RecordCoupon(OUT, ADA, CouponStatus.L, NOON))
        .thenRefused(answer(false), OrderRefused.Reason.ILLEGAL_STATE);
  }

  /** Six hours and then five minutes more are six hours. */
  @Test
  void aSmallChangeAfterAGreatOneCanBeDeclined() {
    var order = ticketed().when(retimed(Severity.MAJOR));
    var again = UUID.randomUUID();
    var leg =
        new Leg(
            "EWR",
            "ORD",
            LATER_LEG.departure().plusMinutes(5),
            LATER_LEG.arrival().plusMinutes(5),
            720);
    order.when(
        new RetimeFlight(
            again, OUT, leg, Severity.MINOR, Duration.ofDays(3), Duration.ofHours(3), NOON));
    order
        .when(new AnswerAirlineChange(again, false, UUID.randomUUID(), NOON))
        .isNow(OrderStatus.CANCELLED)
        .owes(Operation.REFUND, ALL_OF_IT);
  }

  @Test
  void toldAgainItIsNoNews() {
    ticketed().when(retimed(Severity.MAJOR)).when(retimed(Severity.MAJOR)).thenNothing();
  }

  @Test
  void aGreatChangeCanBeDeclined() {
    ticketed()
        .when(retimed(Severity.MAJOR))
        .when(answer(false))
        .isNow(OrderStatus.CANCELLED)
        .owes(Operation.REFUND, ALL_OF_IT);
  }

  @Test
  void aSmallOneCannotAndCostsTheAirlineNothing() {
    var order = ticketed().when(retimed(Severity.MINOR));
    order.thenRefused(answer(false), OrderRefused.Reason.ILLEGAL_STATE);
    var quote =
        Quotes.voluntary(
            order.known().details(),
            null,
            NOON.plus(Duration.ofDays(2)),
            ZoneId.of("America/New_York"));
    assertThat(quote.penalty()).isEqualTo(usd("180.00"));
    order.when(answer(true)).isNow(OrderStatus.TICKETED);
  }

  @Test
  void silenceIsConsent() {
    ticketed()
        .when(retimed(Severity.MAJOR))
        .when(new LapseChanges(THREE_DAYS_LATER))
        .isNow(OrderStatus.TICKETED)
        .owesNothing();
  }

  @Test
  void whoHasNotPaidYetSeesThemToo() {
    var order = given(PLACED, HELD).when(retimed(Severity.MAJOR)).isNow(OrderStatus.HELD);
    assertThat(order.known().details().itinerary().active().getFirst().segment().leg())
        .isEqualTo(LATER_LEG);
    given(PLACED, HELD, OrderDeciderTests.EXPIRED).when(retimed(Severity.MAJOR)).thenNothing();
  }
}
