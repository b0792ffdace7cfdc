package aero.contrail.order.model;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.ALL;
import static aero.contrail.order.model.Family.ANNE;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.PLACED;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.Family.coupon;
import static aero.contrail.order.model.Family.number;
import static aero.contrail.order.model.Family.ticketed;
import static aero.contrail.order.model.OrderDeciderTests.AUTHORIZED;
import static aero.contrail.order.model.OrderDeciderTests.CAPTURED;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.PAYMENT;
import static aero.contrail.order.model.OrderDeciderTests.REQUESTED;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.order.amendment.CancellationQuote;
import aero.contrail.order.amendment.CancellationQuote.Kind;
import aero.contrail.order.amendment.CancellationQuote.Line;
import aero.contrail.order.model.OrderCommand.Cancel;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import aero.contrail.order.model.OrderCommand.RecordFlown;
import aero.contrail.order.model.OrderCommand.RecordRefund;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Parts of an order that are given up: two adults and an infant, there and back, three taxes. */
class CancellationRulesTests {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Instant LATER = NOON.plus(Duration.ofDays(2));
  private static final UUID FIRST = UUID.randomUUID();
  private static final UUID SECOND = UUID.randomUUID();

  private static @Nullable List<Part> parts(
      OrderDeciderTests.Given order, List<String> passengers, List<String> flights) {
    return CancellationRules.parts(order.known(), passengers, flights);
  }

  private static CancellationQuote quote(
      OrderDeciderTests.Given order, List<String> passengers, List<String> flights, Instant at) {
    return Quotes.voluntary(
        order.known().details(), parts(order, passengers, flights), at, NEW_YORK);
  }

  private static Cancel cancel(UUID id, CancellationQuote quote) {
    return new Cancel(id, quote, NOON);
  }

  @Nested
  class OfPassengers {

    @Test
    void givesBackWhatOnePaidLessThePenalty() {
      var order = ticketed();
      var quote = quote(order, List.of("P2"), List.of(), LATER);
      assertThat(quote.voided()).isFalse();
      assertThat(quote.penalty()).isEqualTo(usd("75.00"));
      assertThat(quote.refund()).isEqualTo(usd("255.10"));
      assertThat(quote.cost()).isEqualTo(usd("75.00"));
      order
          .when(cancel(FIRST, quote))
          .then(
              new OrderEvent.PartCancelled(
                  OrderDeciderTests.ORDER,
                  FIRST,
                  OrderEvent.CancellationCause.CUSTOMER,
                  List.of(new Part(OUT, List.of(WILLIAM)), new Part(BACK, List.of(WILLIAM))),
                  usd("255.10"),
                  List.of(new OrderEvent.Penalty(number(2), usd("75.00"))),
                  null,
                  NOON),
              new OrderEvent.CouponsRefunded(
                  OrderDeciderTests.ORDER, List.of(coupon(2, OUT), coupon(2, BACK)), NOON))
          .isNow(OrderStatus.TICKETED)
          .owes(Operation.REFUND, usd("255.10"));
      assertThat(order.known().details().itinerary().of(WILLIAM)).isEmpty();
      assertThat(order.known().details().itinerary().of(ADA)).hasSize(2);
    }

    @Test
    void onTheDayOfIssueAreVoidAndCostNothing() {
      var quote = quote(ticketed(), List.of("P2"), List.of(), NOON);
      assertThat(quote.voided()).isTrue();
      assertThat(quote.refund()).isEqualTo(usd("330.10"));
      ticketed()
          .when(cancel(FIRST, quote))
          .isNow(OrderStatus.TICKETED)
          .owes(Operation.REFUND, usd("330.10"));
    }

    @Test
    void leaveNoChildAlone() {
      var details = ticketed().known().details();
      assertThat(alone(details, "P1")).isFalse();
      assertThat(alone(details, "P1", "P2")).isTrue();
      assertThat(alone(details, "P2", "P3")).isFalse();
    }

    private static boolean alone(Details details, String... passengers) {
      var parts = parts(ticketed(), List.of(passengers), List.of());
      return parts != null && CancellationRules.leavesChildrenAlone(details, parts);
    }

    @Test
    void ofAHeldOrderMakeItCheaper() {
      var order = given(PLACED, HELD);
      order
          .when(cancel(FIRST, quote(order, List.of("P2"), List.of(), NOON)))
          .isNow(OrderStatus.HELD)
          .owesNothing();
      assertThat(order.known().details().total()).isEqualTo(usd("390.20"));
    }

    @Test
    void whoLeftBeforePayingGetNoDocument() {
      var order = given(PLACED, HELD);
      order
          .when(cancel(FIRST, quote(order, List.of("P2"), List.of(), NOON)))
          .when(
              new OrderCommand.RequestPayment(PAYMENT, order.known().details().total(), null, NOON))
          .when(
              new OrderCommand.RecordAuthorization(PAYMENT, order.known().details().total(), NOON))
          .when(
              new OrderCommand.RecordCapture(
                  PAYMENT, order.known().details().total(), 2400000001L, NOON))
          .isNow(OrderStatus.TICKETED);
      assertThat(order.known().details().tickets())
          .extracting(IssuedTicket::passenger)
          .containsExactly(ADA, ANNE);
    }

    /** What was asked of the bank is what all cost: it must not be paid for fewer. */
    @Test
    void waitForAPaymentOfAll() {
      var order = given(PLACED, HELD);
      var quote = quote(order, List.of("P2"), List.of(), NOON);
      order.when(
          new OrderCommand.RequestPayment(PAYMENT, order.known().details().total(), null, NOON));
      order.thenRefused(cancel(FIRST, quote), OrderRefused.Reason.ILLEGAL_STATE);
      order
          .when(new OrderCommand.RecordDecline(PAYMENT, "no", OrderDeciderTests.CUT_OFF, NOON))
          .when(cancel(FIRST, quote))
          .isNow(OrderStatus.HELD);
    }

    @Test
    void allOfThemAreTheWholeOrder() {
      assertThat(parts(ticketed(), List.of("P1", "P2", "P3"), List.of())).isNull();
      assertThat(parts(ticketed(), List.of(), List.of(OUT.value(), BACK.value()))).isNull();
      assertThat(parts(ticketed(), List.of(), List.of())).isNull();
      assertThat(parts(given(PLACED, HELD), List.of("P1", "P2", "P3"), List.of())).isNull();
    }
  }

  @Nested
  class OfFlights {

    @Test
    void areNeverVoidForADocumentIsVoidAsAWhole() {
      var quote = quote(ticketed(), List.of(), List.of(BACK.value()), NOON);
      assertThat(quote.voided()).isFalse();
    }

    /** Half of 300 and of 300 and of 30, less 75 of each, but no more than there is. */
    @Test
    void giveBackTheirShareOfTheMilesAndOfEachTax() {
      var quote = quote(ticketed(), List.of(), List.of(BACK.value()), LATER);
      assertThat(quote.penalty()).isEqualTo(usd("165.00"));
      assertThat(quote.refund()).isEqualTo(usd("195.15"));
      assertThat(quote.lines())
          .filteredOn(line -> number(1).equals(line.ticket()))
          .containsExactly(
              new Line(number(1), 2, Kind.FARE, null, usd("150.00"), usd("75.00")),
              new Line(number(1), 2, Kind.TAX, "US", usd("10.00"), usd("10.00")),
              new Line(number(1), 2, Kind.TAX, "XF", usd("2.25"), usd("2.25")),
              new Line(number(1), 2, Kind.TAX, "AY", usd("2.80"), usd("2.80")));
    }

    /** In whatever steps: the penalty of a passenger is taken once, and no cent is lost. */
    @Test
    void thenTheRestComesToTheSameAsAllAtOnce() {
      var atOnce = quote(ticketed(), List.of(), List.of(), LATER);
      var order = ticketed();
      var back = quote(order, List.of(), List.of(BACK.value()), LATER);
      order.when(cancel(FIRST, back));
      order.when(new RecordRefund(FIRST, PAYMENT, back.refund(), NOON)).isNow(OrderStatus.TICKETED);
      var rest = quote(order, List.of(), List.of(), LATER);
      assertThat(back.refund().plus(rest.refund())).isEqualTo(atOnce.refund());
      assertThat(back.penalty().plus(rest.penalty())).isEqualTo(atOnce.penalty());
      order
          .when(cancel(SECOND, rest))
          .isNow(OrderStatus.CANCELLED)
          .owes(Operation.REFUND, rest.refund());
    }

    @Test
    void ofOnePassengerAlone() {
      var order = ticketed();
      order
          .when(cancel(FIRST, quote(order, List.of("P2"), List.of(BACK.value()), LATER)))
          .isNow(OrderStatus.TICKETED);
      var itinerary = order.known().details().itinerary();
      assertThat(itinerary.on(OUT, ALL)).isEqualTo(ALL);
      assertThat(itinerary.on(BACK, ALL)).containsExactly(ADA, ANNE);
      order
          .when(new RecordFlown(OUT, null, NOON))
          .when(new RecordFlown(BACK, null, NOON))
          .isNow(OrderStatus.COMPLETED);
    }

    @Test
    void areForThoseWhoAreCheckedInElsewhere() {
      var order = ticketed().when(new RecordCoupon(OUT, ADA, CouponStatus.C, NOON));
      var back = quote(order, List.of(), List.of(BACK.value()), LATER);
      order.when(cancel(FIRST, back)).isNow(OrderStatus.TICKETED);
      order.thenRefused(
          cancel(SECOND, quote(order, List.of(), List.of(OUT.value()), LATER)),
          OrderRefused.Reason.ILLEGAL_STATE);
    }
  }

  @Test
  void aFareThatIsNotRefundableKeepsItselfAndGivesBackTheTaxes() {
    var order = given(Family.placed(false), HELD, REQUESTED, AUTHORIZED, CAPTURED, Family.TICKETED);
    var quote = quote(order, List.of("P1", "P3"), List.of(), LATER);
    assertThat(quote.penalty()).isEqualTo(usd("330.00"));
    assertThat(quote.refund()).isEqualTo(usd("60.20"));
  }

  @Test
  void aRefundOfAPartIsAnsweredOnceAndApartFromOthers() {
    var order = ticketed();
    var one = quote(order, List.of("P2"), List.of(), LATER);
    order.when(cancel(FIRST, one));
    order
        .when(new RecordRefund(FIRST, PAYMENT, one.refund(), NOON))
        .then(
            new OrderEvent.RefundIssued(
                OrderDeciderTests.ORDER, FIRST, PAYMENT, one.refund(), NOON))
        .owesNothing();
    order.when(new RecordRefund(FIRST, PAYMENT, one.refund(), NOON)).thenNothing();
    var rest = quote(order, List.of(), List.of(), LATER);
    order.when(cancel(SECOND, rest)).owes(Operation.REFUND, rest.refund());
  }
}
