package aero.contrail.order.model;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.ALL;
import static aero.contrail.order.model.Family.ANNE;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.PAYMENT;
import static aero.contrail.order.model.OrderDeciderTests.PAY_BY;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Price;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.events.Traveller;
import aero.contrail.order.model.OrderCommand.Cancel;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import aero.contrail.order.model.OrderCommand.RecordFlown;
import aero.contrail.order.model.OrderCommand.RecordSplit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two adults and an infant, there and back, of whom some get an order of their own. */
class SplitRulesTests {

  private static final OrderId INTO = new OrderId(UUID.randomUUID());
  private static final RecordLocator LOCATOR = new RecordLocator("B7R4KW");
  private static final Instant LATER = NOON.plus(Duration.ofDays(2));

  private static OrderDeciderTests.Given ticketed() {
    var total = usd("720.30");
    return given(
        Family.PLACED,
        HELD,
        new OrderEvent.PaymentRequested(ORDER, PAYMENT, total, NOON),
        new OrderEvent.PaymentAuthorized(ORDER, PAYMENT, total, NOON),
        new OrderEvent.PaymentCaptured(ORDER, PAYMENT, total, NOON),
        Family.TICKETED);
  }

  private static OrderCommand.Split split(PassengerId... leaving) {
    return new OrderCommand.Split(INTO, List.of(leaving), LATER);
  }

  private static final OrderCommand DONE = new RecordSplit(INTO, LATER);

  /** The order of those who leave, by what it is told first. */
  private static Details own(OrderDeciderTests.Given order) {
    var before = order.known().details();
    var fact = (OrderEvent.Split) order.when(DONE).facts().getFirst();
    return begin(fact, before).details();
  }

  private static OrderState.Known begin(OrderEvent.Split fact, Details before) {
    return OrderEvolution.beginning(
        SplitRules.beginning(SplitRules.splitOff(fact, before, LOCATOR)));
  }

  private static List<PassengerId> passengers(Details details) {
    return details.placed().travellers().stream().map(Traveller::id).toList();
  }

  @Test
  void firstWhatIsBookedIsDivided() {
    ticketed()
        .when(split(WILLIAM))
        .then(
            new OrderEvent.SplitRequested(
                ORDER,
                INTO,
                List.of(WILLIAM),
                ((OrderEvent.Placed) Family.PLACED).travellers(),
                LATER))
        .isNow(OrderStatus.TICKETED)
        .owesNothing();
  }

  /** 300 and three taxes, of 720.30 for all. */
  @Test
  void documentsAndMoneyGoAlong() {
    var order = ticketed().when(split(WILLIAM));
    var own = own(order);
    var rest = order.known().details();
    assertThat(passengers(own)).containsExactly(WILLIAM);
    assertThat(passengers(rest)).containsExactly(ADA, ANNE);
    assertThat(own.tickets()).extracting(IssuedTicket::passenger).containsExactly(WILLIAM);
    assertThat(rest.tickets()).extracting(IssuedTicket::passenger).containsExactly(ADA, ANNE);
    assertThat(own.payments().getFirst().amount()).isEqualTo(usd("330.10"));
    assertThat(rest.payments().getFirst().amount()).isEqualTo(usd("390.20"));
    assertThat(own.total().plus(rest.total())).isEqualTo(usd("720.30"));
    assertThat(own.price().total()).isEqualTo(usd("330.10"));
    assertThat(own.itinerary().of(WILLIAM)).hasSize(2);
    assertThat(rest.itinerary().of(WILLIAM)).isEmpty();
    assertThat(rest.amendments().split()).isNull();
    assertThat(own.locator()).isEqualTo(LOCATOR);
    order.isNow(OrderStatus.TICKETED).owesNothing();
  }

  @Test
  void toldTwiceItIsDone() {
    var order = ticketed().when(split(WILLIAM)).when(DONE);
    order.when(DONE).thenNothing();
    ticketed().when(DONE).thenNothing();
  }

  /** Three adults of whom one gave up before the others paid. */
  private static OrderDeciderTests.Given paidForTwoOfThree() {
    var placed = (OrderEvent.Placed) Family.PLACED;
    var adult = Family.price(PassengerType.ADULT, 3, "300.00");
    var terms =
        new OrderEvent.Terms(
            new Price(List.of(adult), "2026-01-01"), placed.terms().conditions(), null, PAY_BY);
    var adults =
        new OrderEvent.Placed(
            ORDER,
            "web",
            placed.segments(),
            ALL.stream().map(id -> new Traveller(id, PassengerType.ADULT, null)).toList(),
            terms,
            null,
            null,
            null,
            NOON);
    var order = given(adults, HELD);
    var parts = CancellationRules.parts(order.known(), List.of("P3"), List.of());
    var total = usd("660.20");
    return order
        .when(
            new Cancel(UUID.randomUUID(), Quotes.nothingPaid(order.known().details(), parts), NOON))
        .when(new OrderCommand.RequestPayment(PAYMENT, total, null, NOON))
        .when(new OrderCommand.RecordAuthorization(PAYMENT, total, NOON))
        .when(new OrderCommand.RecordCapture(PAYMENT, total, 2_400_000_001L, NOON));
  }

  @Test
  void whoGaveUpBeforeThePaymentIsNotInThePriceOfEither() {
    for (var leaving : List.of(List.of(WILLIAM), List.of(WILLIAM, ANNE))) {
      var order = paidForTwoOfThree().when(split(leaving.toArray(PassengerId[]::new)));
      assertThat(own(order).price().total()).isEqualTo(usd("330.10"));
      assertThat(order.known().details().price().total()).isEqualTo(usd("330.10"));
    }
  }

  /** Lost flights are nobody's, but the infant's documents are still worth a trip. */
  @Test
  void anAdultWithoutATripAccompaniesNobody() {
    var order = ticketed();
    var parts = CancellationRules.parts(order.known(), List.of("P1"), List.of());
    var quote =
        Quotes.voluntary(order.known().details(), parts, LATER, ZoneId.of("America/New_York"));
    order.when(new Cancel(UUID.randomUUID(), quote, LATER));
    for (var flight : List.of(OUT, BACK)) {
      order.when(lost(flight));
    }
    order.thenRefused(split(WILLIAM), ILLEGAL_STATE);
    order.thenRefused(split(ADA, ANNE), ILLEGAL_STATE);
  }

  private static OrderCommand lost(FlightId flight) {
    return new OrderCommand.OpenAirlineChange(
        UUID.randomUUID(),
        AirlineChangeKind.CANCELLED,
        Severity.MAJOR,
        List.of(WILLIAM, ANNE),
        List.of(flight),
        List.of(),
        2_500_000_001L,
        Duration.ofDays(3),
        Duration.ofHours(3),
        LATER);
  }

  /** What one gave up before, and what was kept of it, is the matter of those who stay or leave. */
  @Test
  void thePenaltyIsTakenOnceFromEach() {
    var order = ticketed();
    var parts = CancellationRules.parts(order.known(), List.of("P2"), List.of(OUT.value()));
    var zone = ZoneId.of("America/New_York");
    var quote = Quotes.voluntary(order.known().details(), parts, LATER, zone);
    order.when(new Cancel(UUID.randomUUID(), quote, LATER)).when(split(WILLIAM));
    var own = own(order);
    var second = Quotes.voluntary(own, null, LATER, zone);
    assertThat(quote.penalty()).isEqualTo(usd("75.00"));
    assertThat(second.penalty()).isEqualTo(usd("0.00"));
    assertThat(second.refund()).isEqualTo(own.payments().getFirst().amount());
  }

  @Test
  void whoHasFlownMeanwhileHasAnOrderThatIsOver() {
    var order = ticketed().when(split(WILLIAM));
    order.when(new RecordFlown(OUT, ALL, LATER)).when(new RecordFlown(BACK, ALL, LATER));
    order.isNow(OrderStatus.COMPLETED);
    var before = order.known().details();
    order.when(DONE);
    assertThat(order.facts()).hasSize(1); // it was over before
    var fact = (OrderEvent.Split) order.facts().getFirst();
    assertThat(begin(fact, before).status()).isEqualTo(OrderStatus.COMPLETED);
    order.isNow(OrderStatus.COMPLETED);
  }

  @Test
  void everythingElseWaits() {
    var order = ticketed().when(split(WILLIAM));
    var quote = Quotes.voluntary(order.known().details(), null, LATER, ZoneId.of("UTC"));
    order.thenRefused(new Cancel(UUID.randomUUID(), quote, LATER), ILLEGAL_STATE);
    order.thenRefused(split(WILLIAM), ILLEGAL_STATE);
    order.thenRefused(
        new OrderCommand.AnswerAirlineChange(UUID.randomUUID(), true, UUID.randomUUID(), LATER),
        ILLEGAL_STATE);
    order.thenRefused(
        new OrderCommand.GiveUpServices(UUID.randomUUID(), List.of(), false, LATER), ILLEGAL_STATE);
    order.when(new OrderCommand.LapseChanges(LATER.plus(Duration.ofDays(9)))).thenNothing();
    order.when(new RecordCoupon(OUT, WILLIAM, CouponStatus.C, LATER)); // the airport does not
    assertThat(order.facts()).hasSize(1);
  }

  @Test
  void notEveryOrderCanBeSplitSo() {
    var order = ticketed();
    order.thenRefused(split(ANNE), ILLEGAL_STATE);
    order.thenRefused(split(ADA, WILLIAM), ILLEGAL_STATE);
    order.thenRefused(split(ADA, WILLIAM, ANNE), ILLEGAL_STATE);
    order.thenRefused(split(new PassengerId("P9")), ILLEGAL_STATE);
    given(Family.PLACED, HELD).thenRefused(split(WILLIAM), ILLEGAL_STATE);
    order.when(new RecordFlown(OUT, List.of(WILLIAM), LATER));
    order.when(new RecordFlown(BACK, List.of(WILLIAM), LATER));
    order.thenRefused(split(WILLIAM), ILLEGAL_STATE); // he has nothing left
  }
}
