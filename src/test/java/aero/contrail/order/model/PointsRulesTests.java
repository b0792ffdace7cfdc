package aero.contrail.order.model;

import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.TICKETED;
import static aero.contrail.order.model.OrderDeciderTests.CUT_OFF;
import static aero.contrail.order.model.OrderDeciderTests.EXPIRED;
import static aero.contrail.order.model.OrderDeciderTests.FULL;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.PAYMENT;
import static aero.contrail.order.model.OrderDeciderTests.PAY_BY;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import aero.contrail.events.LoyaltyEvent.HoldRefusal;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.PointsTenderAccepted;
import aero.contrail.events.OrderEvent.PointsTenderRefunded;
import aero.contrail.events.OrderEvent.PointsTenderRefused;
import aero.contrail.events.OrderEvent.PointsTenderReleased;
import aero.contrail.events.OrderEvent.PointsTenderRequested;
import aero.contrail.events.OrderEvent.PointsTenderTaken;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.model.OrderCommand.Cancel;
import aero.contrail.order.model.OrderCommand.Points;
import aero.contrail.order.model.OrderCommand.RecordAuthorization;
import aero.contrail.order.model.OrderCommand.RecordCapture;
import aero.contrail.order.model.OrderCommand.RecordCaptureRefusal;
import aero.contrail.order.model.OrderCommand.RecordConfirmationRefusal;
import aero.contrail.order.model.OrderCommand.RecordDecline;
import aero.contrail.order.model.OrderCommand.RecordPointsHeld;
import aero.contrail.order.model.OrderCommand.RecordPointsRefusal;
import aero.contrail.order.model.OrderCommand.RequestPayment;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two adults and an infant, there and back: fares of 630.00 for 20,002 points, taxes of 90.30 by
 * card.
 */
class PointsRulesTests {

  private static final MemberNumber MEMBER = new MemberNumber("4000000010");
  private static final PaymentId POINTS = new PaymentId(UUID.randomUUID());
  private static final Money FARES = usd("630.00");
  private static final Money TAXES = usd("90.30");
  private static final Money ALL = usd("720.30");
  private static final Instant LATER = PAY_BY.plus(Duration.ofDays(2));
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static final OrderEvent PLACED = Family.placed(true, null, 10_001);
  private static final OrderEvent REQUESTED =
      new PointsTenderRequested(ORDER, POINTS, "web", MEMBER, 20_002, FARES, PAYMENT, TAXES, NOON);
  private static final OrderEvent ACCEPTED = new PointsTenderAccepted(ORDER, POINTS, NOON);
  private static final OrderEvent AUTHORIZED =
      new OrderEvent.PaymentAuthorized(ORDER, PAYMENT, TAXES, NOON);
  private static final OrderEvent CAPTURED =
      new OrderEvent.PaymentCaptured(ORDER, PAYMENT, TAXES, NOON);
  private static final OrderEvent TAKEN =
      new PointsTenderTaken(ORDER, POINTS, MEMBER, 20_002, FARES, NOON);
  private static final OrderEvent RELEASED = new PointsTenderReleased(ORDER, POINTS, NOON);

  private static RequestPayment pay(@Nullable Integer points) {
    return new RequestPayment(
        PAYMENT, ALL, points == null ? null : new Points(POINTS, MEMBER, points), NOON);
  }

  private static OrderDeciderTests.Given ticketed() {
    return given(PLACED, HELD, REQUESTED, ACCEPTED, AUTHORIZED, TAKEN, CAPTURED, TICKETED);
  }

  @Test
  void theCardPaysWhatPointsDoNot() {
    given(PLACED, HELD).when(pay(20_002)).then(REQUESTED).owesNothing();
    given(PLACED, HELD, REQUESTED)
        .when(new RecordPointsHeld(POINTS, NOON))
        .then(ACCEPTED)
        .isNow(OrderStatus.HELD);
    given(PLACED, HELD, REQUESTED, ACCEPTED)
        .when(new RecordAuthorization(PAYMENT, TAXES, NOON))
        .then(AUTHORIZED)
        .isNow(OrderStatus.CONFIRMING);
  }

  @Test
  void pointsAreSpentWhenTheCardIsCharged() {
    var sold =
        given(PLACED, HELD, REQUESTED, ACCEPTED, AUTHORIZED)
            .when(new RecordCapture(PAYMENT, TAXES, 240_000_001, NOON));
    assertThat(sold.facts().subList(0, 2)).containsExactly(CAPTURED, TAKEN);
    assertThat(sold.facts().get(2)).isInstanceOf(OrderEvent.Ticketed.class);
    assertThat(sold.known().details().payments())
        .extracting(OrderState.Payment::id)
        .containsExactly(POINTS, PAYMENT);
    sold.owesNothing();
  }

  @Test
  void otherPointsThanTheFlightsCostAreRefused() {
    given(PLACED, HELD).thenRefused(pay(20_001), OrderRefused.Reason.WRONG_AMOUNT);
    given(PLACED, HELD).thenRefused(pay(10_001), OrderRefused.Reason.WRONG_AMOUNT);
    given(Family.PLACED, HELD).thenRefused(pay(20_002), OrderRefused.Reason.NOT_FOR_POINTS);
  }

  @Test
  void nothingElsePaysWhilePointsMay() {
    var other = new RequestPayment(new PaymentId(UUID.randomUUID()), ALL, null, NOON);
    given(PLACED, HELD, REQUESTED).thenRefused(other, OrderRefused.Reason.ALREADY_PAID);
    given(PLACED, HELD, REQUESTED, ACCEPTED).thenRefused(other, OrderRefused.Reason.ALREADY_PAID);
  }

  @Test
  void whoHasTooFewPaysAnotherWay() {
    var refused = new PointsTenderRefused(ORDER, POINTS, PAYMENT, HoldRefusal.NOT_ENOUGH, NOON);
    given(PLACED, HELD, REQUESTED)
        .when(new RecordPointsRefusal(POINTS, HoldRefusal.NOT_ENOUGH, NOON))
        .then(refused)
        .isNow(OrderStatus.HELD);
    var card = new PaymentId(UUID.randomUUID());
    given(PLACED, HELD, REQUESTED, refused)
        .when(new RequestPayment(card, ALL, null, NOON))
        .then(new OrderEvent.PaymentRequested(ORDER, card, ALL, NOON));
    given(PLACED, HELD, REQUESTED, refused)
        .when(new RequestPayment(card, ALL, new Points(POINTS, MEMBER, 20_002), NOON))
        .then(
            new PointsTenderRequested(
                ORDER, POINTS, "web", MEMBER, 20_002, FARES, card, TAXES, NOON));
  }

  @Test
  void aCardThatIsDeclinedLetsThePointsGo() {
    var declined =
        given(PLACED, HELD, REQUESTED, ACCEPTED)
            .when(new RecordDecline(PAYMENT, "card_declined", CUT_OFF, NOON));
    assertThat(declined.facts())
        .hasSize(2)
        .contains(RELEASED, new OrderEvent.PaymentDeclined(ORDER, PAYMENT, "card_declined", NOON));
    declined.isNow(OrderStatus.HELD);
  }

  @Test
  void soDoesWhateverEndsTheOrder() {
    given(PLACED, HELD, REQUESTED)
        .when(new OrderCommand.Expire(PAY_BY))
        .then(EXPIRED, new PointsTenderReleased(ORDER, POINTS, PAY_BY));
    given(PLACED, HELD, REQUESTED, ACCEPTED)
        .when(new OrderCommand.Expire(PAY_BY))
        .then(EXPIRED, new PointsTenderReleased(ORDER, POINTS, PAY_BY));
    var unconfirmed =
        given(PLACED, HELD, REQUESTED, ACCEPTED, AUTHORIZED)
            .when(new RecordConfirmationRefusal(FULL, NOON));
    assertThat(unconfirmed.facts()).hasSize(2).contains(RELEASED);
    unconfirmed.isNow(OrderStatus.FAILED).owes(Operation.VOID, TAXES);
    var uncaptured =
        given(PLACED, HELD, REQUESTED, ACCEPTED, AUTHORIZED)
            .when(new RecordCaptureRefusal(PAYMENT, "expired_card", NOON));
    assertThat(uncaptured.facts()).hasSize(2).contains(RELEASED);
  }

  /** Space was asked for while the points were: there is none. */
  @Test
  void aRejectedOrderLetsThePointsGo() {
    given(PLACED, REQUESTED)
        .when(new OrderCommand.RecordRefusal(FULL, NOON))
        .then(new OrderEvent.Rejected(ORDER, FULL, NOON), RELEASED);
  }

  /** The points are gone: a card that is late cannot pay alone. */
  @Test
  void aLateCardIsLetGo() {
    var late = new OrderEvent.PaymentAuthorized(ORDER, PAYMENT, TAXES, LATER);
    var expired = given(PLACED, HELD, REQUESTED, ACCEPTED).when(new OrderCommand.Expire(PAY_BY));
    expired.when(new RecordAuthorization(PAYMENT, TAXES, LATER)).then(late);
    expired.isNow(OrderStatus.EXPIRED).owes(Operation.VOID, TAXES);
    var both =
        given(PLACED, HELD, REQUESTED, ACCEPTED)
            .when(new RecordAuthorization(PAYMENT, TAXES, LATER));
    assertThat(both.facts()).contains(new PointsTenderReleased(ORDER, POINTS, LATER), late);
    both.isNow(OrderStatus.EXPIRED).owes(Operation.VOID, TAXES);
  }

  /** Points were tried before: a card that pays alone may still be late. */
  @Test
  void aLateCardThatNeedsNoPointsIsTaken() {
    var refused = new PointsTenderRefused(ORDER, POINTS, PAYMENT, HoldRefusal.NOT_ENOUGH, NOON);
    var card = new PaymentId(UUID.randomUUID());
    var expired =
        given(
                PLACED,
                HELD,
                REQUESTED,
                refused,
                new OrderEvent.PaymentRequested(ORDER, card, ALL, NOON))
            .when(new OrderCommand.Expire(PAY_BY));
    expired.when(new RecordAuthorization(card, ALL, LATER));
    assertThat(expired.facts()).singleElement().isInstanceOf(OrderEvent.LatePaymentReceived.class);
    expired.isNow(OrderStatus.CONFIRMING);
  }

  @Test
  void answersThatComeTwiceOrTooLateChangeNothing() {
    given(PLACED, HELD, REQUESTED, ACCEPTED).when(new RecordPointsHeld(POINTS, NOON)).thenNothing();
    given(PLACED, HELD, REQUESTED, RELEASED).when(new RecordPointsHeld(POINTS, NOON)).thenNothing();
    given(PLACED, HELD, REQUESTED, ACCEPTED)
        .when(new RecordPointsRefusal(POINTS, HoldRefusal.NOT_ENOUGH, NOON))
        .thenNothing();
    given(PLACED, HELD).when(new RecordPointsHeld(POINTS, NOON)).thenNothing();
  }

  private static Cancel cancel(OrderDeciderTests.Given order, List<String> flights) {
    return new Cancel(
        UUID.randomUUID(),
        Quotes.voluntary(
            order.known().details(),
            CancellationRules.parts(order.known(), List.of(), flights),
            LATER,
            NEW_YORK),
        LATER);
  }

  /** Fares of 630.00 keep 75.00 of each adult, and what the infant paid is less than that. */
  @Test
  void whatIsCancelledGoesBackToTheCardFirstAndThenInPoints() {
    var order = ticketed();
    order.when(cancel(order, List.of()));
    var refund =
        order.facts().stream()
            .filter(OrderEvent.CancellationConfirmed.class::isInstance)
            .map(fact -> ((OrderEvent.CancellationConfirmed) fact).refund())
            .findFirst()
            .orElseThrow();
    var byPoints = refund.minus(TAXES);
    var points = 20_002 * byPoints.getAmountMinorLong() / FARES.getAmountMinorLong();
    assertThat(order.facts())
        .filteredOn(PointsTenderRefunded.class::isInstance)
        .extracting(
            fact -> ((PointsTenderRefunded) fact).points(),
            fact -> ((PointsTenderRefunded) fact).amount())
        .containsExactly(tuple((int) points, byPoints));
    assertThat(byPoints).isGreaterThan(usd("0.00"));
    order.owes(Operation.REFUND, TAXES);
  }

  /** Half of it and then the rest: together exactly all of the points. */
  @Test
  void partsThatGoBackAddUpToAllPoints() {
    var tender = Objects.requireNonNull(given(PLACED, HELD, REQUESTED).known().details().tender());
    var parts = List.of(usd("0.01"), usd("210.33"), usd("104.66"), usd("315.00"));
    var before = usd("0.00");
    var points = 0;
    for (var part : parts) {
      points += tender.points(before, part);
      before = before.plus(part);
    }
    assertThat(before).isEqualTo(FARES);
    assertThat(points).isEqualTo(20_002);
    assertThat(tender.points(usd("0.00"), usd("315.00"))).isEqualTo(10_001);
  }

  @Test
  void aPartGivesBackItsOwn() {
    var order = ticketed();
    order.when(cancel(order, List.of(BACK.value())));
    var refunded =
        order.facts().stream()
            .filter(PointsTenderRefunded.class::isInstance)
            .mapToInt(fact -> ((PointsTenderRefunded) fact).points())
            .sum();
    assertThat(refunded).isBetween(1, 10_001);
    order.isNow(OrderStatus.TICKETED);
  }

  /** What points paid is one member's: nobody takes a part of it along. */
  @Test
  void suchAnOrderIsNotSplit() {
    ticketed()
        .thenRefused(
            new OrderCommand.Split(new OrderId(UUID.randomUUID()), List.of(Family.WILLIAM), LATER),
            OrderRefused.Reason.ILLEGAL_STATE);
  }
}
