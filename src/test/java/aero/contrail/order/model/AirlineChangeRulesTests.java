package aero.contrail.order.model;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.ALL;
import static aero.contrail.order.model.Family.ANNE;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.INSTEAD;
import static aero.contrail.order.model.Family.OTHER;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.PLACED;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.Family.coupon;
import static aero.contrail.order.model.Family.ticketed;
import static aero.contrail.order.model.OrderDeciderTests.AUTHORIZED;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.PAYMENT;
import static aero.contrail.order.model.OrderDeciderTests.REQUESTED;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PassengerId;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.events.Segment;
import aero.contrail.order.amendment.AirlineChange;
import aero.contrail.order.model.OrderCommand.AnswerAirlineChange;
import aero.contrail.order.model.OrderCommand.LapseChanges;
import aero.contrail.order.model.OrderCommand.OpenAirlineChange;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import aero.contrail.order.model.OrderCommand.RecordFlown;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the airline changes: two adults and an infant, there and back, three taxes each. */
class AirlineChangeRulesTests {

  static final UUID CHANGE = UUID.randomUUID();
  static final Instant THREE_DAYS_LATER = NOON.plus(Duration.ofDays(3));
  static final Money ALL_OF_IT = usd("720.30");

  static OpenAirlineChange lost(List<PassengerId> passengers, Segment... instead) {
    return lost(CHANGE, OUT, passengers, NOON, instead);
  }

  static OpenAirlineChange lost(
      UUID change, FlightId flight, List<PassengerId> passengers, Instant at, Segment... instead) {
    return new OpenAirlineChange(
        change,
        AirlineChangeKind.CANCELLED,
        Severity.MAJOR,
        passengers,
        List.of(flight),
        List.of(instead),
        2500000001L,
        Duration.ofDays(3),
        Duration.ofHours(3),
        at);
  }

  static AnswerAirlineChange answer(boolean accept) {
    return new AnswerAirlineChange(CHANGE, accept, UUID.randomUUID(), NOON);
  }

  static AirlineChange change(OrderDeciderTests.Given order) {
    return order.known().details().airlineChange(CHANGE).orElseThrow();
  }

  @Nested
  class WithOtherFlights {

    @Test
    void documentsForThemAreIssuedAtOnce() {
      var order = ticketed().when(lost(ALL, INSTEAD));
      var details = order.isNow(OrderStatus.TICKETED).known().details();
      assertThat(details.openCoupons())
          .hasSize(6)
          .contains(coupon(1, BACK), coupon(2, BACK), coupon(3, BACK))
          .filteredOn(c -> c.flight().equals(OTHER))
          .hasSize(3);
      assertThat(details.ticket(ADA, OUT).orElseThrow().status(OUT)).isEqualTo(CouponStatus.E);
      assertThat(details.itinerary().of(ADA))
          .extracting(Segment::flight)
          .containsExactly(OTHER, BACK);
      assertThat(change(order).status()).isEqualTo(AirlineChange.Status.OPEN);
      order.owesNothing();
    }

    /** What was worth 150 of each adult and 15 of the infant is worth it still. */
    @Test
    void theyAreWorthWhatTheyReplace() {
      var details = ticketed().when(lost(ALL, INSTEAD)).known().details();
      var quote = Quotes.involuntary(details, null);
      assertThat(quote.refund()).isEqualTo(ALL_OF_IT);
      var reissued = details.ticket(ADA, OTHER).orElseThrow().ticket();
      assertThat(reissued.fare()).isEqualTo(usd("150.00"));
      assertThat(reissued.number().value()).isEqualTo("0162500000001");
      assertThat(reissued.coupons().getFirst().fareClass()).isEqualTo("Y");
    }

    @Test
    void toldAgainNothingHappens() {
      ticketed().when(lost(ALL, INSTEAD)).when(lost(ALL, INSTEAD)).thenNothing();
    }

    @Test
    void acceptedItIsDone() {
      var order = ticketed().when(lost(ALL, INSTEAD));
      order
          .when(answer(true))
          .then(new OrderEvent.AirlineChangeAccepted(OrderDeciderTests.ORDER, CHANGE, NOON))
          .thenRefused(answer(true), OrderRefused.Reason.ILLEGAL_STATE);
      assertThat(change(order).status()).isEqualTo(AirlineChange.Status.ACCEPTED);
    }

    @Test
    void declinedAllThatIsUnflownGoesBackInFull() {
      ticketed()
          .when(lost(ALL, INSTEAD))
          .when(answer(false))
          .isNow(OrderStatus.CANCELLED)
          .owes(Operation.REFUND, ALL_OF_IT);
    }

    @Test
    void silenceIsConsentOnceItIsTooLate() {
      var order = ticketed().when(lost(ALL, INSTEAD));
      order.when(new LapseChanges(THREE_DAYS_LATER.minusSeconds(1))).thenNothing();
      order
          .when(new LapseChanges(THREE_DAYS_LATER))
          .then(
              new OrderEvent.AirlineChangeLapsed(OrderDeciderTests.ORDER, CHANGE, THREE_DAYS_LATER))
          .isNow(OrderStatus.TICKETED);
      order.owesNothing();
    }

    @Test
    void whoFliesThemHasFlown() {
      ticketed()
          .when(lost(ALL, INSTEAD))
          .when(new RecordFlown(OTHER, null, NOON))
          .when(new RecordFlown(BACK, null, NOON))
          .isNow(OrderStatus.COMPLETED);
    }

    /** He may still want his money back, but not while he is aboard. */
    @Test
    void whoIsAboardOneOfThemCannotDecline() {
      ticketed()
          .when(lost(ALL, INSTEAD))
          .when(new RecordCoupon(OTHER, ADA, CouponStatus.L, NOON))
          .thenRefused(answer(false), OrderRefused.Reason.ILLEGAL_STATE);
    }

    @Test
    void whoCancelsHimselfWhileHeIsAskedPaysNoPenalty() {
      var order = ticketed().when(lost(ALL, INSTEAD));
      var quote =
          Quotes.voluntary(
              order.known().details(),
              null,
              NOON.plus(Duration.ofDays(2)),
              ZoneId.of("America/New_York"));
      assertThat(quote.penalty()).isEqualTo(usd("0.00"));
      assertThat(quote.refund()).isEqualTo(ALL_OF_IT);
    }

    @Test
    void whenThoseDoNotFlyEitherTheQuestionIsAnother() {
      var again = UUID.randomUUID();
      var order =
          ticketed().when(lost(ALL, INSTEAD)).when(lost(again, OTHER, ALL, NOON.plusSeconds(60)));
      assertThat(change(order).status()).isEqualTo(AirlineChange.Status.SUPERSEDED);
      order.thenRefused(answer(true), OrderRefused.Reason.ILLEGAL_STATE);
      order
          .when(new LapseChanges(THREE_DAYS_LATER.plusSeconds(60)))
          .isNow(OrderStatus.TICKETED)
          .owes(Operation.REFUND, usd("360.15"));
    }

    /** Space was found for two who had left meanwhile: it is given back. */
    @Test
    void spaceForThoseWhoLeftIsNotKept() {
      var order = ticketed();
      var details = order.known().details();
      var parts = CancellationRules.parts(order.known(), List.of("P2"), List.of(OUT.value()));
      order.when(
          new OrderCommand.Cancel(UUID.randomUUID(), Quotes.involuntary(details, parts), NOON));
      order.when(lost(ALL, INSTEAD));
      assertThat(change(order).passengers()).containsExactly(ADA, ANNE);
      assertThat(order.known().details().itinerary().on(OTHER, ALL)).containsExactly(ADA, ANNE);
      assertThat(order.facts())
          .filteredOn(OrderEvent.PartCancelled.class::isInstance)
          .singleElement()
          .extracting(fact -> ((OrderEvent.PartCancelled) fact).parts())
          .isEqualTo(List.of(new OrderEvent.Part(OTHER, List.of(WILLIAM))));
    }
  }

  @Nested
  class BeforeThereAreDocuments {

    @Test
    void theyAreIssuedForWhatIsFlownInstead() {
      var order = given(PLACED, HELD, REQUESTED, AUTHORIZED);
      order.when(lost(ALL, INSTEAD)).isNow(OrderStatus.CONFIRMING);
      order
          .when(new OrderCommand.RecordCapture(PAYMENT, ALL_OF_IT, 2400000001L, NOON))
          .isNow(OrderStatus.TICKETED);
      assertThat(order.known().details().openCoupons())
          .hasSize(6)
          .noneMatch(c -> c.flight().equals(OUT));
    }

    @Test
    void theOrderFailsWhenThereIsNothing() {
      given(PLACED, HELD, REQUESTED, AUTHORIZED)
          .when(lost(ALL))
          .isNow(OrderStatus.FAILED)
          .owes(Operation.VOID, OrderDeciderTests.PRICE);
    }

    @Test
    void whatHasEndedDoesNotCare() {
      given(PLACED, HELD, OrderDeciderTests.EXPIRED).when(lost(ALL, INSTEAD)).thenNothing();
      ticketed()
          .when(lost(ALL))
          .when(answer(false))
          .when(lost(UUID.randomUUID(), BACK, ALL, NOON, INSTEAD))
          .thenNothing();
    }
  }

  /** Never later than three hours before it leaves, and never in less than an hour. */
  @Test
  void thereIsTimeToAnswer() {
    var leaves = INSTEAD.leg().departure().toInstant();
    assertThat(respondBy(NOON)).isEqualTo(NOON.plus(Duration.ofDays(3)));
    var out = OrderDeciderTests.SEGMENT.leg().departure().toInstant();
    assertThat(respondBy(leaves.minus(Duration.ofDays(1))))
        .isEqualTo(out.minus(Duration.ofHours(3)));
    var late = leaves.minus(Duration.ofMinutes(10));
    assertThat(respondBy(late)).isEqualTo(late.plus(Duration.ofHours(1)));
  }

  private static Instant respondBy(Instant at) {
    return change(ticketed().when(lost(CHANGE, OUT, ALL, at, INSTEAD))).respondBy();
  }
}
