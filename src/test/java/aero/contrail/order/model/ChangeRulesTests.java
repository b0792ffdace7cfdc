package aero.contrail.order.model;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.ALL;
import static aero.contrail.order.model.Family.ANNE;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.INSTEAD;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.Family.ticketed;
import static aero.contrail.order.model.OrderDeciderTests.AUTHORIZED;
import static aero.contrail.order.model.OrderDeciderTests.CAPTURED;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.PAYMENT;
import static aero.contrail.order.model.OrderDeciderTests.REQUESTED;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.CancellationCause;
import aero.contrail.events.OrderEvent.ChangeLineKind;
import aero.contrail.events.OrderEvent.ChangeQuoted;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.PaymentId;
import aero.contrail.events.Price;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.order.amendment.VoluntaryChange.Status;
import aero.contrail.order.model.OrderCommand.ConfirmChange;
import aero.contrail.order.model.OrderCommand.QuoteChange;
import aero.contrail.order.model.OrderCommand.RecordAuthorization;
import aero.contrail.order.model.OrderCommand.RecordCapture;
import aero.contrail.order.model.OrderCommand.RecordChangeHold;
import aero.contrail.order.model.OrderCommand.RecordChangeLoss;
import aero.contrail.order.model.OrderCommand.RecordChangeOfSpace;
import aero.contrail.order.model.OrderCommand.RecordChangeOfSpaceRefusal;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import aero.contrail.order.model.OrderState.Refund;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Two adults and an infant, there and back, three taxes; some of them want to leave later. */
class ChangeRulesTests {

  private static final UUID CHANGE = UUID.randomUUID();
  private static final PaymentId PAID = new PaymentId(UUID.randomUUID());
  private static final Instant LATER = NOON.plus(Duration.ofHours(1));
  private static final FareConditions STRICT =
      new FareConditions(false, usd("0.00"), true, usd("80.00"));

  private static Price price(List<PassengerId> some, String fare) {
    var parts = new ArrayList<PassengerPrice>();
    var adults = (int) some.stream().filter(p -> !p.equals(ANNE)).count();
    if (adults > 0) {
      parts.add(new PassengerPrice(PassengerType.ADULT, adults, usd(fare), Family.taxes()));
    }
    if (some.contains(ANNE)) {
      parts.add(new PassengerPrice(PassengerType.INFANT, 1, usd("20.00"), Family.taxes()));
    }
    return new Price(parts, "2026-02-01");
  }

  private static QuoteChange wish(
      OrderDeciderTests.Given order, FlightId flight, List<PassengerId> some, String fare) {
    return new QuoteChange(
        CHANGE,
        List.of(new Part(flight, some)),
        order.known().details().placed().travellers().stream()
            .filter(t -> some.contains(t.id()))
            .toList(),
        List.of(INSTEAD),
        price(some, fare),
        STRICT,
        NOON.plus(Duration.ofHours(2)),
        NOON);
  }

  private static ChangeQuoted quoted(
      OrderDeciderTests.Given order, List<PassengerId> some, String fare) {
    order.when(wish(order, OUT, some, fare));
    return (ChangeQuoted) order.facts().getLast();
  }

  private static OrderDeciderTests.Given held(List<PassengerId> some, String fare) {
    var order = ticketed();
    var _ = quoted(order, some, fare);
    return order.when(new RecordChangeHold(CHANGE, NOON));
  }

  private static OrderDeciderTests.Given paid(List<PassengerId> some, String fare, Money due) {
    return held(some, fare)
        .when(new ConfirmChange(CHANGE, PAID, LATER))
        .when(new RecordAuthorization(PAID, due, LATER))
        .when(new RecordCapture(PAID, due, 0, LATER));
  }

  /** The airline does not fly it, and has nothing instead. */
  private static OrderCommand lost(Instant at) {
    return new OrderCommand.OpenAirlineChange(
        UUID.randomUUID(),
        AirlineChangeKind.CANCELLED,
        Severity.MAJOR,
        ALL,
        List.of(OUT),
        List.of(),
        1,
        Duration.ofDays(3),
        Duration.ofHours(3),
        at);
  }

  private static Status status(OrderDeciderTests.Given order) {
    return order.known().details().change(CHANGE).orElseThrow().status();
  }

  @Nested
  class Costs {

    /** Half of a fare of 300 and of taxes of 30.10 for each of two adults. */
    @Test
    void theDifferenceAndThePenaltyOfEach() {
      var cost = quoted(ticketed(), List.of(ADA, WILLIAM), "200.00").cost();
      assertThat(cost.penalty()).isEqualTo(usd("100.00"));
      assertThat(cost.addCollect()).isEqualTo(usd("230.10")); // 2 × (50 + 15.05 + 50)
      assertThat(cost.refund()).isEqualTo(usd("0.00"));
      assertThat(cost.newTotal()).isEqualTo(usd("850.40")); // 720.30 + 2 × 65.05
    }

    @Test
    void whatIsLessComesBackIfTheFareGivesItBack() {
      var cost = quoted(ticketed(), List.of(ADA), "20.00").cost();
      assertThat(cost.refund()).isEqualTo(usd("64.95")); // 150 + 15.05 − 20 − 30.10 − 50
      assertThat(cost.addCollect()).isEqualTo(usd("0.00"));
    }

    @Test
    void elseItIsForfeitedAndTaxesAreNot() {
      var order =
          given(Family.placed(false), HELD, REQUESTED, AUTHORIZED, CAPTURED, Family.TICKETED);
      var cost = quoted(order, List.of(ADA), "20.00").cost();
      assertThat(cost.lines())
          .filteredOn(line -> line.kind() == ChangeLineKind.FORFEITED)
          .singleElement()
          .matches(line -> line.after().equals(usd("130.00")));
      assertThat(cost.addCollect()).isEqualTo(usd("65.05")); // taxes 15.05, penalty 50
    }

    /** What was refunded before is not worth anything any more. */
    @Test
    void whatIsLeftOfTheOrder() {
      var order =
          ticketed()
              .when(
                  new OrderCommand.Cancel(
                      UUID.randomUUID(),
                      Quotes.involuntary(
                          ticketed().known().details(),
                          List.of(
                              new Part(OUT, List.of(WILLIAM)), new Part(BACK, List.of(WILLIAM)))),
                      NOON));
      var cost = quoted(order, List.of(ADA), "150.00").cost();
      assertThat(cost.newTotal()).isEqualTo(usd("405.25")); // 390.20, and taxes of 15.05
    }

    @Test
    void nothingForWhoseTripTheAirlineChanged() {
      var order = ticketed().when(lost(NOON));
      var cost = quoted(order, List.of(ADA), "20.00").cost();
      assertThat(cost.penalty()).isEqualTo(usd("0.00"));
      order.when(new RecordChangeHold(CHANGE, NOON)).when(new ConfirmChange(CHANGE, null, NOON));
      order.when(new RecordChangeOfSpace(CHANGE, 2_400_000_101L, NOON));
      // The others are still asked, she is not any more.
      assertThat(order.known().details().openChanges())
          .singleElement()
          .matches(asked -> asked.passengers().equals(List.of(WILLIAM, ANNE)));
    }
  }

  @Nested
  class Taken {

    @Test
    void documentsFollowTheSpaceAndItsConditions() {
      var order = paid(List.of(ADA), "200.00", usd("115.05"));
      assertThat(status(order)).isEqualTo(Status.CONFIRMING);
      order.when(new RecordChangeOfSpace(CHANGE, 2_400_000_101L, LATER));
      assertThat(status(order)).isEqualTo(Status.CONFIRMED);
      var details = order.known().details();
      var ticket = details.ticket(ADA, INSTEAD.flight()).orElseThrow();
      assertThat(ticket.conditions().refundable()).isFalse(); // as the new fare
      assertThat(ticket.conditions().changePenalty()).isEqualTo(usd("80.00"));
      assertThat(details.ticket(ADA, OUT).orElseThrow().status(OUT)).isEqualTo(CouponStatus.E);
      assertThat(details.ticket(ADA, BACK).orElseThrow().status(BACK)).isEqualTo(CouponStatus.O);
      assertThat(details.total()).isEqualTo(usd("785.35"));
      order.when(new RecordChangeOfSpace(CHANGE, 2_400_000_111L, LATER)).thenNothing();
    }

    @Test
    void refusedSpaceGivesTheMoneyBack() {
      var order = paid(List.of(ADA), "200.00", usd("115.05"));
      order.when(
          new RecordChangeOfSpaceRefusal(
              CHANGE, new SpaceRefusal(OUT, SpaceRefusal.Kind.HOLD_LOST, "lost"), LATER));
      assertThat(status(order)).isEqualTo(Status.FAILED);
      order.owes(Operation.REFUND, usd("115.05"));
    }

    @Test
    void whoHasCheckedInMeanwhileStaysWhereHeIs() {
      var order =
          held(List.of(ADA), "200.00")
              .when(new ConfirmChange(CHANGE, PAID, LATER))
              .when(new RecordCoupon(OUT, ADA, CouponStatus.C, LATER))
              .when(new RecordAuthorization(PAID, usd("115.05"), LATER))
              .when(new RecordCapture(PAID, usd("115.05"), 0, LATER));
      assertThat(status(order)).isEqualTo(Status.FAILED);
      order.owes(Operation.REFUND, usd("115.05"));
    }

    @Test
    void whatCameInLastGoesBackFirst() {
      var order = paid(List.of(ADA), "200.00", usd("115.05"));
      order.when(new RecordChangeOfSpace(CHANGE, 2_400_000_101L, LATER));
      var account = order.known().details().account();
      assertThat(account.refunding(usd("120.00"), account.keys(CHANGE)).refunds())
          .extracting(Refund::payment, Refund::amount)
          .startsWith(tuple(PAID, usd("115.05")));
    }
  }

  @Nested
  class GivenUp {

    @Test
    void whenTheFlightIsCancelled() {
      var order = held(List.of(ADA), "200.00");
      var gone = new SpaceRefusal(INSTEAD.flight(), SpaceRefusal.Kind.FLIGHT_NOT_OPEN, "cancelled");
      order.when(new RecordChangeLoss(CHANGE, gone, LATER));
      assertThat(status(order)).isEqualTo(Status.FAILED);
      assertThatThrownBy(() -> order.when(new ConfirmChange(CHANGE, PAID, LATER)))
          .isInstanceOf(OrderRefused.class);
    }

    @Test
    void whenTheAirlineTakesAwayWhatItChanges() {
      var order = held(List.of(ADA), "200.00").when(lost(LATER));
      assertThat(status(order)).isEqualTo(Status.WITHDRAWN);
    }

    @Test
    void whenItsTimeIsOver() {
      var order =
          held(List.of(ADA), "200.00")
              .when(new OrderCommand.LapseChanges(NOON.plus(Duration.ofHours(2))));
      assertThat(status(order)).isEqualTo(Status.LAPSED);
    }
  }

  /** As a release that knew one refund a payment recorded it: after a card that was declined. */
  @Test
  void aRefundOfThePaymentThatWasTakenIsThatOfItsCause() {
    var declined = new PaymentId(UUID.randomUUID());
    var cancellation = UUID.randomUUID();
    var order =
        given(
            Family.PLACED,
            HELD,
            new OrderEvent.PaymentRequested(ORDER, declined, usd("720.30"), NOON),
            new OrderEvent.PaymentDeclined(ORDER, declined, "no", NOON),
            REQUESTED,
            AUTHORIZED,
            CAPTURED,
            Family.TICKETED,
            new OrderEvent.PartCancelled(
                ORDER,
                cancellation,
                CancellationCause.CUSTOMER,
                List.of(new Part(OUT, List.of(WILLIAM))),
                usd("90.00"),
                List.of(),
                null,
                NOON),
            new OrderEvent.RefundIssued(ORDER, cancellation, PAYMENT, usd("90.00"), NOON));
    assertThat(order.known().details().refunds())
        .singleElement()
        .matches(refund -> refund.status() == OrderState.RefundStatus.DONE);
  }
}
