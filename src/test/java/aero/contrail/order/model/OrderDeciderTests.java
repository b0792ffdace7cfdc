package aero.contrail.order.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CancellationCause;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.PaymentId;
import aero.contrail.events.Price;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.Segment;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.Tax;
import aero.contrail.events.Ticket;
import aero.contrail.events.TicketNumber;
import aero.contrail.events.Traveller;
import aero.contrail.order.amendment.CancellationQuote;
import aero.contrail.order.model.OrderCommand.Cancel;
import aero.contrail.order.model.OrderCommand.CancelForFlight;
import aero.contrail.order.model.OrderCommand.Expire;
import aero.contrail.order.model.OrderCommand.RecordAuthorization;
import aero.contrail.order.model.OrderCommand.RecordCapture;
import aero.contrail.order.model.OrderCommand.RecordCaptureRefusal;
import aero.contrail.order.model.OrderCommand.RecordConfirmationRefusal;
import aero.contrail.order.model.OrderCommand.RecordDecline;
import aero.contrail.order.model.OrderCommand.RecordFlown;
import aero.contrail.order.model.OrderCommand.RecordHold;
import aero.contrail.order.model.OrderCommand.RecordRefund;
import aero.contrail.order.model.OrderCommand.RecordRefusal;
import aero.contrail.order.model.OrderCommand.RecordVoid;
import aero.contrail.order.model.OrderCommand.RequestPayment;
import aero.contrail.order.model.PaymentRules.Movement;
import aero.contrail.order.payment.PaymentInstruction;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Given these facts, when this is asked, then these facts follow. */
class OrderDeciderTests {

  static final OrderId ORDER = new OrderId(UUID.fromString("01a20906-3c05-7cf5-b5e2-0708084d2323"));
  static final PaymentId PAYMENT = new PaymentId(UUID.randomUUID());
  static final FlightId FLIGHT = new FlightId("UA1431-2026-12-01-EWR");
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final Instant PAY_BY = NOON.plus(Duration.ofMinutes(15));
  static final Money PRICE = usd("242.92");
  static final SpaceRefusal FULL = new SpaceRefusal(FLIGHT, SpaceRefusal.Kind.CLASS_FULL, "M");
  static final Duration CUT_OFF = Duration.ofMinutes(45);
  static final UUID CANCELLATION = UUID.randomUUID();
  static final UUID REFUND = PaymentInstruction.refundOfAllThatIsLeft(PAYMENT);

  static final Segment SEGMENT =
      new Segment(
          FLIGHT,
          "Y",
          "M",
          new Leg(
              "EWR",
              "ORD",
              Instant.parse("2026-12-01T11:00:00Z").atZone(ZoneId.of("America/New_York")),
              Instant.parse("2026-12-01T13:35:00Z").atZone(ZoneId.of("America/Chicago")),
              720),
          "738");

  static final Traveller ADA =
      new Traveller(new PassengerId("P1"), PassengerType.ADULT, new MemberNumber("4000000010"));

  static final OrderEvent PLACED = placed(null);
  static final OrderEvent PREPAID = placed(PAYMENT);

  static final OrderEvent HELD =
      new OrderEvent.Held(ORDER, new RecordLocator("K3X9QD"), PAY_BY, NOON);
  static final OrderEvent REQUESTED = new OrderEvent.PaymentRequested(ORDER, PAYMENT, PRICE, NOON);
  static final OrderEvent AUTHORIZED =
      new OrderEvent.PaymentAuthorized(ORDER, PAYMENT, PRICE, NOON);
  static final OrderEvent CAPTURED = new OrderEvent.PaymentCaptured(ORDER, PAYMENT, PRICE, NOON);
  static final TicketNumber NUMBER = new TicketNumber("0162400000011");
  static final OrderEvent TICKETED =
      new OrderEvent.Ticketed(
          ORDER,
          "web",
          List.of(
              new Ticket(
                  NUMBER,
                  ADA.id(),
                  ADA.type(),
                  ADA.member(),
                  usd("211.65"),
                  List.of(new Tax("US", usd("31.27"))),
                  List.of(new Ticket.Coupon(FLIGHT, "M", 720)))),
          NOON);
  static final OrderEvent EXPIRED = new OrderEvent.Expired(ORDER, PAY_BY);
  static final OrderEvent LATE =
      new OrderEvent.LatePaymentReceived(
          ORDER, PAYMENT, PRICE, List.of(SEGMENT), List.of(ADA), PAY_BY);

  private static OrderEvent placed(@Nullable PaymentId prepayment) {
    return new OrderEvent.Placed(
        ORDER,
        "web",
        List.of(SEGMENT),
        List.of(ADA),
        new OrderEvent.Terms(
            new Price(
                List.of(
                    new PassengerPrice(
                        PassengerType.ADULT,
                        1,
                        usd("211.65"),
                        List.of(new Tax("US", usd("31.27"))))),
                "2026-01-01"),
            new FareConditions(true, usd("75.00"), true, usd("50.00")),
            null,
            PAY_BY),
        prepayment,
        null,
        null,
        NOON);
  }

  static Money usd(String amount) {
    return Money.parse("USD " + amount);
  }

  static Given given(OrderEvent... facts) {
    return new Given(facts);
  }

  static final class Given {
    private OrderState state = OrderEvolution.INITIAL;

    private Given(OrderEvent... facts) {
      for (var fact : facts) {
        state = OrderEvolution.evolve(state, fact);
      }
    }

    @CanIgnoreReturnValue
    Given when(OrderCommand command) {
      then = new ArrayList<>(OrderDecider.decide(command, state));
      for (var fact : then) {
        state = OrderEvolution.evolve(state, fact);
      }
      return this;
    }

    private List<OrderEvent> then = List.of();

    OrderState.Known known() {
      return (OrderState.Known) state;
    }

    List<OrderEvent> facts() {
      return then;
    }

    Given then(OrderEvent... facts) {
      assertThat(then).isEqualTo(Arrays.asList(facts));
      return this;
    }

    void thenNothing() {
      assertThat(then).isEmpty();
    }

    void thenRefused(OrderCommand command, OrderRefused.Reason reason) {
      assertThatExceptionOfType(OrderRefused.class)
          .isThrownBy(() -> OrderDecider.decide(command, state))
          .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @CanIgnoreReturnValue
    Given isNow(OrderStatus status) {
      assertThat(((OrderState.Known) state).status()).isEqualTo(status);
      return this;
    }

    void owes(Operation operation, Money amount) {
      assertThat(PaymentRules.settle((OrderState.Known) state))
          .extracting(Movement::operation, Movement::amount)
          .containsExactly(Tuple.tuple(operation, amount));
    }

    void owesNothing() {
      assertThat(PaymentRules.settle((OrderState.Known) state)).isEmpty();
    }
  }

  @Nested
  class CustomersWhoHaveToAct {

    private static final OrderEvent ASKED =
        new OrderEvent.PaymentActionRequired(ORDER, PAYMENT, NOON);

    @Test
    void areToldOnce() {
      given(PLACED, HELD, REQUESTED)
          .when(new OrderCommand.RecordActionRequired(PAYMENT, NOON))
          .then(ASKED);
      given(PLACED, HELD, REQUESTED, ASKED)
          .when(new OrderCommand.RecordActionRequired(PAYMENT, NOON))
          .thenNothing();
      given(PLACED, HELD, REQUESTED, AUTHORIZED)
          .when(new OrderCommand.RecordActionRequired(PAYMENT, NOON))
          .thenNothing();
    }

    @Test
    void payWhenTheyHave() {
      given(PLACED, HELD, REQUESTED, ASKED)
          .when(new RecordAuthorization(PAYMENT, PRICE, NOON))
          .then(AUTHORIZED)
          .isNow(OrderStatus.CONFIRMING);
    }

    @Test
    void doNotPayTwiceMeanwhile() {
      given(PLACED, HELD, REQUESTED, ASKED)
          .thenRefused(
              new RequestPayment(new PaymentId(UUID.randomUUID()), PRICE, null, NOON),
              OrderRefused.Reason.ALREADY_PAID);
    }

    @Test
    void andDoNotLoseTheirHold() {
      given(PLACED, HELD, REQUESTED, ASKED)
          .when(new RecordDecline(PAYMENT, "authentication_required", CUT_OFF, NOON))
          .isNow(OrderStatus.HELD);
    }
  }

  @Nested
  class Space {

    @Test
    void thatIsHeldHoldsTheOrder() {
      given(PLACED).when(new RecordHold(new RecordLocator("K3X9QD"), NOON)).then(HELD);
    }

    @Test
    void thatIsRefusedRejectsIt() {
      given(PLACED)
          .when(new RecordRefusal(FULL, NOON))
          .then(new OrderEvent.Rejected(ORDER, FULL, NOON))
          .isNow(OrderStatus.REJECTED);
    }

    @Test
    void toldTwiceHasNoFurtherEffect() {
      given(PLACED, HELD).when(new RecordHold(new RecordLocator("K3X9QD"), NOON)).thenNothing();
      given(PLACED, HELD).when(new RecordRefusal(FULL, NOON)).thenNothing();
    }

    @Test
    void thatIsGoneWhenItIsPaidForFailsTheOrderAndVoidsTheMoney() {
      var given =
          given(PLACED, HELD, REQUESTED, AUTHORIZED)
              .when(new RecordConfirmationRefusal(FULL, NOON))
              .then(new OrderEvent.Failed(ORDER, FLIGHT + ": class M", NOON));
      given.isNow(OrderStatus.FAILED);
      given.owes(Operation.VOID, PRICE);
    }
  }

  @Nested
  class Paying {

    @Test
    void isRecordedOnceAndThenUnderWay() {
      given(PLACED, HELD)
          .when(new RequestPayment(PAYMENT, PRICE, null, NOON))
          .then(REQUESTED)
          .when(new RequestPayment(PAYMENT, PRICE, null, NOON))
          .thenNothing();
      given(PLACED, HELD, REQUESTED)
          .thenRefused(
              new RequestPayment(new PaymentId(UUID.randomUUID()), PRICE, null, NOON),
              OrderRefused.Reason.ALREADY_PAID);
    }

    @Test
    void isRefusedForAnyOtherAmount() {
      given(PLACED, HELD)
          .thenRefused(
              new RequestPayment(PAYMENT, usd("1.00"), null, NOON),
              OrderRefused.Reason.WRONG_AMOUNT);
    }

    @Test
    void isRefusedBeforeSpaceIsHeldAndAfterItIsPaidOrOver() {
      var pay = new RequestPayment(new PaymentId(UUID.randomUUID()), PRICE, null, NOON);
      given(PLACED).thenRefused(pay, OrderRefused.Reason.ILLEGAL_STATE);
      given(PLACED, HELD, REQUESTED, AUTHORIZED).thenRefused(pay, OrderRefused.Reason.ALREADY_PAID);
      given(PLACED, HELD, EXPIRED).thenRefused(pay, OrderRefused.Reason.EXPIRED);
    }

    @Test
    void afterTheTimeLimitIsTooLate() {
      given(PLACED, HELD)
          .thenRefused(
              new RequestPayment(PAYMENT, PRICE, null, PAY_BY.plusMillis(1)),
              OrderRefused.Reason.EXPIRED);
    }

    @Test
    void declinedKeepsTheOrderHeldAndExtendsItsTimeOnce() {
      var at = PAY_BY.minus(Duration.ofMinutes(1));
      var declined = new OrderEvent.PaymentDeclined(ORDER, PAYMENT, "card_declined", at);
      var payBy = at.plus(Duration.ofMinutes(10));
      var extended = new OrderEvent.PaymentTimeLimitExtended(ORDER, payBy, at);
      given(PLACED, HELD, REQUESTED)
          .when(new RecordDecline(PAYMENT, "card_declined", CUT_OFF, at))
          .then(declined, extended)
          .isNow(OrderStatus.HELD);
      var second = new PaymentId(UUID.randomUUID());
      given(
              PLACED,
              HELD,
              REQUESTED,
              declined,
              extended,
              new OrderEvent.PaymentRequested(ORDER, second, PRICE, at))
          .when(new RecordDecline(second, "card_declined", CUT_OFF, payBy))
          .then(new OrderEvent.PaymentDeclined(ORDER, second, "card_declined", payBy));
    }

    @Test
    void declinedEarlyLeavesTheTimeLimitAlone() {
      given(PLACED, HELD, REQUESTED)
          .when(new RecordDecline(PAYMENT, "card_declined", CUT_OFF, NOON))
          .then(new OrderEvent.PaymentDeclined(ORDER, PAYMENT, "card_declined", NOON));
    }

    @Test
    void authorizedInTimeConfirms() {
      given(PLACED, HELD, REQUESTED)
          .when(new RecordAuthorization(PAYMENT, PRICE, NOON))
          .then(AUTHORIZED)
          .isNow(OrderStatus.CONFIRMING);
    }

    @Test
    void authorizedTwiceIsOnce() {
      given(PLACED, HELD, REQUESTED, AUTHORIZED)
          .when(new RecordAuthorization(PAYMENT, PRICE, NOON))
          .thenNothing();
    }

    /** Space is looked for and the card asked at the same time: either may answer first. */
    @Test
    void withTheOrderConfirmsWhicheverAnswersFirst() {
      given(PREPAID, HELD)
          .when(new RecordAuthorization(PAYMENT, PRICE, NOON))
          .then(AUTHORIZED)
          .isNow(OrderStatus.CONFIRMING);
      given(PREPAID)
          .when(new RecordAuthorization(PAYMENT, PRICE, NOON))
          .then(AUTHORIZED)
          .isNow(OrderStatus.PLACED);
      given(PREPAID, AUTHORIZED)
          .when(new RecordHold(new RecordLocator("K3X9QD"), NOON))
          .then(HELD)
          .isNow(OrderStatus.CONFIRMING);
    }

    @Test
    void withTheOrderIsVoidedWhenThereIsNoSpaceWhicheverAnswersFirst() {
      var rejected = new OrderEvent.Rejected(ORDER, FULL, NOON);
      given(PREPAID, AUTHORIZED)
          .when(new RecordRefusal(FULL, NOON))
          .then(rejected)
          .isNow(OrderStatus.REJECTED)
          .owes(Operation.VOID, PRICE);
      given(PREPAID, rejected)
          .when(new RecordAuthorization(PAYMENT, PRICE, NOON))
          .then(AUTHORIZED)
          .isNow(OrderStatus.REJECTED)
          .owes(Operation.VOID, PRICE);
    }

    @Test
    void withTheOrderDeclinedLeavesItHeldWhicheverAnswersFirst() {
      var declined = new OrderEvent.PaymentDeclined(ORDER, PAYMENT, "card_declined", NOON);
      given(PREPAID)
          .when(new RecordDecline(PAYMENT, "card_declined", CUT_OFF, NOON))
          .then(declined)
          .isNow(OrderStatus.PLACED);
      given(PREPAID, declined)
          .when(new RecordHold(new RecordLocator("K3X9QD"), NOON))
          .then(HELD)
          .isNow(OrderStatus.HELD);
    }

    /** Who paid in time does not expire because space took longer. */
    @Test
    void authorizedBeforeItsSpaceIsFoundDoesNotExpire() {
      given(PREPAID, AUTHORIZED).when(new Expire(PAY_BY)).thenNothing();
      given(PREPAID).when(new Expire(PAY_BY)).then(EXPIRED);
    }

    @Test
    void lateBeforeItsSpaceIsFoundIsLateAllTheSame() {
      var at = PAY_BY.plusMillis(1);
      given(PREPAID)
          .when(new RecordAuthorization(PAYMENT, PRICE, at))
          .then(
              new OrderEvent.Expired(ORDER, at),
              new OrderEvent.LatePaymentReceived(
                  ORDER, PAYMENT, PRICE, List.of(SEGMENT), List.of(ADA), at))
          .isNow(OrderStatus.CONFIRMING);
    }

    /** A ticket has a record locator, whatever came first. */
    @Test
    void lateAfterAHoldThatWasToldTooLateKeepsTheLocator() {
      var hold = new RecordHold(new RecordLocator("K3X9QD"), PAY_BY);
      var held = new OrderEvent.Held(ORDER, new RecordLocator("K3X9QD"), PAY_BY, PAY_BY);
      given(PREPAID, EXPIRED).when(hold).then(held).isNow(OrderStatus.EXPIRED);
      given(PREPAID, EXPIRED, LATE).when(hold).then(held).isNow(OrderStatus.CONFIRMING);
      given(PREPAID, EXPIRED, held).when(hold).thenNothing();
    }

    @Test
    void capturedIssuesTheTickets() {
      given(PLACED, HELD, REQUESTED, AUTHORIZED)
          .when(new RecordCapture(PAYMENT, PRICE, 2400000011L, NOON))
          .then(CAPTURED, TICKETED)
          .isNow(OrderStatus.TICKETED);
      given(PLACED, HELD, REQUESTED, AUTHORIZED, CAPTURED, TICKETED)
          .when(new RecordCapture(PAYMENT, PRICE, 2400000021L, NOON))
          .thenNothing();
    }

    @Test
    void thatCannotBeCapturedFailsTheOrder() {
      given(PLACED, HELD, REQUESTED, AUTHORIZED)
          .when(new RecordCaptureRefusal(PAYMENT, "expired", NOON))
          .isNow(OrderStatus.FAILED);
    }

    @Test
    void capturedForAnOrderThatFailedMeanwhileGoesBack() {
      var failed = new OrderEvent.Failed(ORDER, "flight cancelled", NOON);
      given(PLACED, HELD, REQUESTED, AUTHORIZED, failed)
          .when(new RecordCapture(PAYMENT, PRICE, 1, NOON))
          .then(CAPTURED)
          .owes(Operation.REFUND, PRICE);
    }
  }

  @Test
  void moneyThatWasToBeVoidedButWasCapturedGoesBack() {
    var failed = new OrderEvent.Failed(ORDER, "flight cancelled", NOON);
    var voided = new OrderEvent.PaymentVoided(ORDER, PAYMENT, PRICE, NOON);
    given(PLACED, HELD, REQUESTED, AUTHORIZED, failed, voided)
        .when(new RecordCapture(PAYMENT, PRICE, 1, NOON))
        .then(CAPTURED)
        .owes(Operation.REFUND, PRICE);
  }

  @Nested
  class Expiring {

    @Test
    void happensAtTheTimeLimitAndNotBefore() {
      given(PLACED, HELD).when(new Expire(PAY_BY.minusMillis(1))).thenNothing();
      given(PLACED, HELD).when(new Expire(PAY_BY)).then(EXPIRED);
    }

    @Test
    void endsAnOrderThatNeverGotAnAnswerToo() {
      given(PLACED).when(new Expire(PAY_BY)).then(EXPIRED).isNow(OrderStatus.EXPIRED);
    }

    @Test
    void doesNotTouchWhatIsPaid() {
      given(PLACED, HELD, REQUESTED, AUTHORIZED).when(new Expire(PAY_BY)).thenNothing();
    }

    @Test
    void aPaymentThatSucceedsLaterAsksForTheSpaceAgain() {
      given(PLACED, HELD, REQUESTED, EXPIRED)
          .when(new RecordAuthorization(PAYMENT, PRICE, PAY_BY))
          .then(LATE)
          .isNow(OrderStatus.CONFIRMING);
    }

    @Test
    void isDecidedByTheClockEvenIfNobodyLookedInTime() {
      var late = PAY_BY.plusSeconds(1);
      given(PLACED, HELD, REQUESTED)
          .when(new RecordAuthorization(PAYMENT, PRICE, late))
          .isNow(OrderStatus.CONFIRMING);
      assertThat(
              OrderDecider.decide(
                  new RecordAuthorization(PAYMENT, PRICE, late),
                  given(PLACED, HELD, REQUESTED).state))
          .hasExactlyElementsOfTypes(
              OrderEvent.Expired.class, OrderEvent.LatePaymentReceived.class);
    }

    @Test
    void aLatePaymentForSpaceThatIsGoneIsVoided() {
      var given =
          given(PLACED, HELD, REQUESTED, EXPIRED, LATE)
              .when(new RecordConfirmationRefusal(FULL, PAY_BY))
              .then(EXPIRED);
      given.owes(Operation.VOID, PRICE);
      given.when(new RecordVoid(PAYMENT, PRICE, PAY_BY)).owesNothing();
    }
  }

  @Nested
  class Cancelling {

    private final CancellationQuote quote =
        new CancellationQuote(usd("167.92"), usd("75.00"), false, List.of(), null, List.of(), null);

    @Test
    void aTicketRefundsItsCoupons() {
      given(PLACED, HELD, REQUESTED, AUTHORIZED, CAPTURED, TICKETED)
          .when(new Cancel(CANCELLATION, quote, NOON))
          .then(
              new OrderEvent.CancellationConfirmed(
                  ORDER,
                  CANCELLATION,
                  CancellationCause.CUSTOMER,
                  usd("167.92"),
                  usd("75.00"),
                  NOON),
              new OrderEvent.CouponsRefunded(
                  ORDER, List.of(new OrderEvent.CouponRef(NUMBER, FLIGHT)), NOON))
          .owes(Operation.REFUND, usd("167.92"));
    }

    @Test
    void twiceIsRefused() {
      given(PLACED, HELD, REQUESTED, AUTHORIZED, CAPTURED, TICKETED)
          .when(new Cancel(CANCELLATION, quote, NOON))
          .thenRefused(
              new Cancel(UUID.randomUUID(), quote, NOON), OrderRefused.Reason.ILLEGAL_STATE);
    }

    @Test
    void aRefundIsRecordedOnce() {
      var refunded = new OrderEvent.RefundIssued(ORDER, REFUND, PAYMENT, usd("167.92"), NOON);
      var given =
          given(PLACED, HELD, REQUESTED, AUTHORIZED, CAPTURED, TICKETED)
              .when(new Cancel(CANCELLATION, quote, NOON))
              .when(new RecordRefund(REFUND, PAYMENT, usd("167.92"), NOON))
              .then(refunded);
      given.owesNothing();
      given.when(new RecordRefund(REFUND, PAYMENT, usd("167.92"), NOON)).thenNothing();
    }

    @Test
    void aHeldOrderWhosePaymentSucceedsAfterwardsVoidsIt() {
      var nothing =
          new CancellationQuote(usd("0.00"), usd("0.00"), false, List.of(), null, List.of(), null);
      given(PLACED, HELD, REQUESTED)
          .when(new Cancel(CANCELLATION, nothing, NOON))
          .when(new RecordAuthorization(PAYMENT, PRICE, NOON))
          .then(AUTHORIZED)
          .owes(Operation.VOID, PRICE);
    }

    @Test
    void theFlightEndsWhatHasNoDocumentsYet() {
      var cancel = new CancelForFlight(CANCELLATION, FLIGHT, NOON);
      given(PLACED, HELD).when(cancel).isNow(OrderStatus.CANCELLED);
      given(PLACED).when(cancel).isNow(OrderStatus.CANCELLED);
      given(PLACED, HELD, REQUESTED, AUTHORIZED).when(cancel).isNow(OrderStatus.FAILED);
      given(PLACED, HELD, EXPIRED).when(cancel).thenNothing();
      // Those that have some hear what they get instead.
      given(PLACED, HELD, REQUESTED, AUTHORIZED, CAPTURED, TICKETED).when(cancel).thenNothing();
    }
  }

  @Nested
  class Flying {

    @Test
    void fliesTheCouponAndCompletesTheOrder() {
      given(PLACED, HELD, REQUESTED, AUTHORIZED, CAPTURED, TICKETED)
          .when(new RecordFlown(FLIGHT, null, NOON))
          .then(
              new OrderEvent.CouponsFlown(ORDER, FLIGHT, List.of(NUMBER), NOON),
              new OrderEvent.Completed(ORDER, NOON))
          .when(new RecordFlown(FLIGHT, null, NOON))
          .thenNothing();
    }

    @Test
    void beforeTheTicketIsIssuedIsRememberedUntilItIs() {
      var given =
          given(PLACED, HELD, REQUESTED, AUTHORIZED)
              .when(new RecordFlown(FLIGHT, null, NOON))
              .then(new OrderEvent.FlownAwaitingTicket(ORDER, FLIGHT, null, NOON));
      given.when(new RecordFlown(FLIGHT, null, NOON)).thenNothing();
      given.when(new RecordCapture(PAYMENT, PRICE, 2400000011L, NOON)).isNow(OrderStatus.COMPLETED);
    }
  }
}
