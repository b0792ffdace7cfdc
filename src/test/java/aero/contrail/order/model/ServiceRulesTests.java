package aero.contrail.order.model;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.ANNE;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.OTHER;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.Family.ticketed;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.PAYMENT;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;
import static aero.contrail.order.model.OrderRefused.Reason.WRONG_AMOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.ServiceDocument;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.TicketNumber;
import aero.contrail.order.model.OrderCommand.GiveUpServices;
import aero.contrail.order.model.OrderCommand.OrderServices;
import aero.contrail.order.model.OrderCommand.RecordAuthorization;
import aero.contrail.order.model.OrderCommand.RecordCapture;
import aero.contrail.order.model.OrderCommand.RecordCaptureRefusal;
import aero.contrail.order.model.OrderCommand.RecordDecline;
import aero.contrail.order.model.OrderCommand.RecordFlown;
import aero.contrail.order.model.OrderCommand.RecordServices;
import aero.contrail.order.model.OrderCommand.RecordServicesRefusal;
import aero.contrail.order.model.OrderState.Refund;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Two adults and an infant, there and back, three taxes: a bag of 35.00 that is refundable, a seat
 * of 12.00 that is not.
 */
class ServiceRulesTests {

  private static final Instant LATER = NOON.plus(Duration.ofDays(2));
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Ancillary BAG = service(ServiceKind.BAG, ADA, OUT, null, "35.00", true);
  private static final Ancillary SEAT = service(ServiceKind.SEAT, ADA, OUT, "12C", "12.00", false);
  private static final Ancillary BACK_BAG =
      service(ServiceKind.BAG, WILLIAM, BACK, null, "35.00", true);
  private static final Ancillary MEAL = service(ServiceKind.MEAL, ADA, OUT, null, "0.00", true);
  private static final PaymentId PAID = new PaymentId(UUID.randomUUID());
  private static final UUID SALE = PAID.value();
  private static final SpaceRefusal TAKEN =
      new SpaceRefusal(OUT, SpaceRefusal.Kind.SEAT, "12C: taken");
  private static final long SERIAL = 2400000201L;

  private static Ancillary service(
      ServiceKind kind,
      PassengerId passenger,
      FlightId flight,
      @Nullable String seat,
      String price,
      boolean refundable) {
    return new Ancillary(
        UUID.randomUUID(),
        passenger,
        flight,
        kind,
        "CODE",
        "Name",
        1,
        seat,
        usd(price),
        refundable);
  }

  private static TicketNumber number(long serial) {
    return new TicketNumber("016" + serial);
  }

  private static Money price(List<Ancillary> services) {
    return services.stream().map(Ancillary::price).reduce(usd("0.00"), Money::plus);
  }

  private static OrderServices wants(Ancillary... services) {
    var all = List.of(services);
    return new OrderServices(SALE, all, price(all).isZero() ? null : PAID, price(all), NOON);
  }

  private static RecordAuthorization authorised(Ancillary... services) {
    return new RecordAuthorization(PAID, price(List.of(services)), NOON);
  }

  private static RecordCapture captured(Ancillary... services) {
    return new RecordCapture(PAID, price(List.of(services)), SERIAL, NOON);
  }

  private static OrderDeciderTests.Given bought(Ancillary... services) {
    return ticketed()
        .when(wants(services))
        .when(authorised(services))
        .when(new RecordServices(SALE, SERIAL, NOON))
        .when(captured(services));
  }

  private static OrderCommand cancel(
      OrderDeciderTests.Given order, List<String> passengers, Instant at) {
    var parts = CancellationRules.parts(order.known(), passengers, List.of());
    var quote = Quotes.voluntary(order.known().details(), parts, at, NEW_YORK);
    return new OrderCommand.Cancel(UUID.randomUUID(), quote, at);
  }

  private static OrderEvent.ServicesGivenUp givenUp(OrderDeciderTests.Given order) {
    return order.facts().stream()
        .filter(OrderEvent.ServicesGivenUp.class::isInstance)
        .map(OrderEvent.ServicesGivenUp.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static void isGivenUp(
      OrderDeciderTests.Given order, List<Ancillary> services, String refund, String kept) {
    var up = givenUp(order);
    assertThat(up.services()).isEqualTo(services);
    assertThat(up.refund()).isEqualTo(usd(refund));
    assertThat(up.kept()).isEqualTo(usd(kept));
  }

  @Nested
  class Selling {

    @Test
    void asksTheFlightsAndTheCard() {
      ticketed()
          .when(wants(BAG, SEAT))
          .then(
              new OrderEvent.ServicesOrdered(
                  ORDER, SALE, List.of(BAG, SEAT), PAID, usd("47.00"), NOON))
          .owesNothing();
    }

    @Test
    void takesTheMoneyWhenBothHaveSaidYes() {
      var order = ticketed().when(wants(BAG)).when(authorised(BAG));
      order.owesNothing();
      order
          .when(new RecordServices(SALE, SERIAL, NOON))
          .then(new OrderEvent.ServicesReserved(ORDER, SALE, NOON))
          .owes(Operation.CAPTURE, usd("35.00"));
    }

    @Test
    void theOtherWayRound() {
      var order = ticketed().when(wants(BAG)).when(new RecordServices(SALE, SERIAL, NOON));
      order.owesNothing();
      order.when(authorised(BAG)).owes(Operation.CAPTURE, usd("35.00"));
    }

    @Test
    void issuesADocumentForEachThatCostsSomething() {
      var order = bought(BAG, MEAL, SEAT);
      assertThat(order.facts())
          .containsExactly(
              new OrderEvent.PaymentCaptured(ORDER, PAID, usd("47.00"), NOON),
              new OrderEvent.ServicesIssued(
                  ORDER,
                  SALE,
                  List.of(
                      new ServiceDocument(number(SERIAL), BAG.id()),
                      new ServiceDocument(number(SERIAL + 1), SEAT.id())),
                  NOON));
      assertThat(order.known().details().due()).isEqualTo(usd("767.30"));
    }

    @Test
    void forNothingNeedsNoMoney() {
      ticketed()
          .when(wants(MEAL))
          .when(new RecordServices(SALE, SERIAL, NOON))
          .then(
              new OrderEvent.ServicesReserved(ORDER, SALE, NOON),
              new OrderEvent.ServicesIssued(ORDER, SALE, List.of(), NOON));
    }

    @Test
    void isToldOnce() {
      var order = bought(BAG);
      order.when(wants(BAG)).thenNothing();
      order.when(new RecordServices(SALE, SERIAL, NOON)).thenNothing();
      order.when(new RecordServicesRefusal(SALE, TAKEN, NOON)).thenNothing();
      order.when(captured(BAG)).thenNothing();
    }

    @Test
    void isForThoseWhoFlyAndHaveNotFlown() {
      ticketed()
          .thenRefused(
              wants(service(ServiceKind.BAG, ADA, OTHER, null, "1.00", true)), ILLEGAL_STATE);
      ticketed().when(new RecordFlown(OUT, null, NOON)).thenRefused(wants(BAG), ILLEGAL_STATE);
      given(Family.PLACED, HELD).thenRefused(wants(BAG), ILLEGAL_STATE);
    }

    @Test
    void ofASecondSeatIsRefused() {
      var other = service(ServiceKind.SEAT, ADA, OUT, "14A", "12.00", false);
      var command = new OrderServices(UUID.randomUUID(), List.of(other), PAID, usd("12.00"), NOON);
      bought(SEAT).thenRefused(command, ILLEGAL_STATE);
    }

    @Test
    void isNotMixedWithGivingTheFlightsUp() {
      var order = ticketed().when(wants(BAG));
      order.thenRefused(cancel(order, List.of(), LATER), ILLEGAL_STATE);
    }
  }

  @Nested
  class NotSold {

    @Test
    void becauseTheFlightHasItNot() {
      ticketed()
          .when(wants(BAG, SEAT))
          .when(authorised(BAG, SEAT))
          .when(new RecordServicesRefusal(SALE, TAKEN, NOON))
          .then(
              new OrderEvent.ServicesAbandoned(ORDER, SALE, List.of(BAG, SEAT), TAKEN, null, NOON))
          .owes(Operation.VOID, usd("47.00"));
    }

    @Test
    void becauseTheCardIsDeclined() {
      var order =
          ticketed()
              .when(wants(SEAT))
              .when(new RecordDecline(PAID, "no", Duration.ofMinutes(45), NOON));
      assertThat(order.facts().getLast())
          .isEqualTo(
              new OrderEvent.ServicesAbandoned(
                  ORDER, SALE, List.of(SEAT), null, "payment declined", NOON));
      order.when(new RecordServices(SALE, SERIAL, NOON)).thenNothing();
    }

    @Test
    void becauseTheMoneyCannotBeTaken() {
      var order =
          ticketed()
              .when(wants(SEAT))
              .when(authorised(SEAT))
              .when(new RecordServices(SALE, SERIAL, NOON))
              .when(new RecordCaptureRefusal(PAID, "no", NOON));
      assertThat(order.facts()).hasOnlyElementsOfType(OrderEvent.ServicesAbandoned.class);
      order.isNow(OrderStatus.TICKETED);
    }

    /** The answer of a capture may be late: what came in goes back. */
    @Test
    void whatIsTakenAllTheSameGoesBack() {
      var order =
          ticketed()
              .when(wants(SEAT))
              .when(authorised(SEAT))
              .when(new RecordServices(SALE, SERIAL, NOON))
              .when(AirlineChangeRulesTests.lost(List.of(ADA, WILLIAM, ANNE)))
              .when(captured(SEAT));
      order.when(AirlineChangeRulesTests.answer(false));
      assertThat(refunds(order)).isEqualTo(usd("720.30").plus(usd("12.00")));
    }
  }

  private static Money refunds(OrderDeciderTests.Given order) {
    return order.known().details().refunds().stream()
        .map(Refund::amount)
        .reduce(usd("0.00"), Money::plus);
  }

  @Nested
  class GivingUp {

    private static GiveUpServices up(boolean isVoid, Ancillary... services) {
      return new GiveUpServices(
          UUID.randomUUID(), List.of(services).stream().map(Ancillary::id).toList(), isVoid, LATER);
    }

    @Test
    void givesBackWhatIsRefundable() {
      isGivenUp(bought(BAG, SEAT).when(up(false, BAG)), List.of(BAG), "35.00", "0.00");
      isGivenUp(bought(BAG, SEAT).when(up(false, SEAT)), List.of(SEAT), "0.00", "12.00");
      isGivenUp(bought(BAG, SEAT).when(up(true, SEAT)), List.of(SEAT), "12.00", "0.00");
    }

    @Test
    void happensOnce() {
      var order = bought(BAG).when(up(false, BAG));
      order.thenRefused(up(false, BAG), ILLEGAL_STATE);
      assertThat(refunds(order)).isEqualTo(usd("35.00"));
    }

    @Test
    void isTooLateForWhoHasFlown() {
      bought(BAG).when(new RecordFlown(OUT, null, NOON)).thenRefused(up(false, BAG), ILLEGAL_STATE);
    }
  }

  @Nested
  class WithTheFlight {

    @Test
    void thoseOfWhoGoesAwayGo() {
      var order = bought(BAG, SEAT, BACK_BAG);
      order.when(cancel(order, List.of("P1"), LATER));
      isGivenUp(order, List.of(BAG, SEAT), "35.00", "12.00");
      assertThat(order.known().details().sales().live()).containsExactly(BACK_BAG);
    }

    /** What the quote says comes back, and nothing else. */
    @Test
    void theQuoteTellsTheSame() {
      var order = bought(BAG, SEAT, BACK_BAG);
      var cancel = (OrderCommand.Cancel) cancel(order, List.of(), LATER);
      order.when(cancel).isNow(OrderStatus.CANCELLED);
      assertThat(refunds(order)).isEqualTo(cancel.quote().totalRefund());
      assertThat(cancel.quote().totalRefund().plus(cancel.quote().totalPenalty()))
          .isEqualTo(usd("802.30"));
      assertThat(cancel.quote().lines())
          .extracting(CancellationQuote.Line::kind)
          .filteredOn(CancellationQuote.Kind.SERVICE::equals)
          .hasSize(3);
    }

    @Test
    void inTheVoidWindowAllOfItGoesBack() {
      var order = bought(SEAT);
      order.when(cancel(order, List.of(), NOON.plusSeconds(60)));
      isGivenUp(order, List.of(SEAT), "12.00", "0.00");
    }

    @Test
    void whatTheAirlineDoesNotFlyItPaysBack() {
      var order =
          bought(SEAT, BACK_BAG)
              .when(AirlineChangeRulesTests.lost(List.of(ADA, WILLIAM, ANNE)))
              .when(AirlineChangeRulesTests.answer(false));
      var services = new ArrayList<Ancillary>();
      order.known().details().sales().all().stream()
          .flatMap(sale -> sale.ordered().services().stream())
          .forEach(services::add);
      assertThat(order.known().details().sales().live()).isEmpty();
      assertThat(refunds(order)).isEqualTo(usd("720.30").plus(price(services)));
    }

    @Test
    void isFlownWithIt() {
      var order = bought(BAG, BACK_BAG).when(new RecordFlown(OUT, null, NOON));
      var details = order.known().details();
      var sale = details.sales().find(SALE).orElseThrow();
      assertThat(ServiceLossRules.status(details, sale, BAG)).isEqualTo(CouponStatus.F);
      assertThat(ServiceLossRules.status(details, sale, BACK_BAG)).isEqualTo(CouponStatus.O);
      order.when(new RecordFlown(BACK, null, NOON)).isNow(OrderStatus.COMPLETED);
    }
  }

  @Nested
  class WithTheOrder {

    private static final OrderEvent WANTED =
        new OrderEvent.ServicesWanted(ORDER, List.of(BAG, SEAT), usd("47.00"), NOON);
    private static final UUID WITH_ORDER = ORDER.value();

    private static OrderDeciderTests.Given held() {
      return given(Family.PLACED, WANTED)
          .when(new OrderCommand.RecordHold(((OrderEvent.Held) HELD).locator(), NOON));
    }

    private static OrderDeciderTests.Given confirming(OrderDeciderTests.Given held, String amount) {
      return held.when(new OrderCommand.RequestPayment(PAYMENT, usd(amount), NOON))
          .when(new RecordAuthorization(PAYMENT, usd(amount), NOON));
    }

    @Test
    void theyAreOrderedWhenItHasSpace() {
      held()
          .then(
              HELD,
              new OrderEvent.ServicesOrdered(
                  ORDER, WITH_ORDER, List.of(BAG, SEAT), null, usd("47.00"), NOON))
          .thenRefused(new OrderCommand.RequestPayment(PAYMENT, usd("720.30"), NOON), WRONG_AMOUNT);
    }

    @Test
    void theyAreIssuedWithTheTicketsUnderNumbersOfTheirOwn() {
      var order = confirming(held().when(new RecordServices(WITH_ORDER, SERIAL, NOON)), "767.30");
      order.when(new RecordCapture(PAYMENT, usd("767.30"), SERIAL, NOON));
      assertThat(order.facts().getLast())
          .isEqualTo(
              new OrderEvent.ServicesIssued(
                  ORDER,
                  WITH_ORDER,
                  List.of(
                      new ServiceDocument(number(SERIAL + 3), BAG.id()),
                      new ServiceDocument(number(SERIAL + 4), SEAT.id())),
                  NOON));
      assertThat(refunds(order)).isEqualTo(usd("0.00"));
    }

    @Test
    void whoAnswersAfterTheTicketsIsHeardToo() {
      var order = confirming(held(), "767.30");
      order.when(new RecordCapture(PAYMENT, usd("767.30"), SERIAL, NOON));
      order.when(new RecordServices(WITH_ORDER, SERIAL + 20, NOON));
      assertThat(order.facts()).hasSize(2);
      assertThat(order.known().details().sales().live()).containsExactly(BAG, SEAT);
    }

    @Test
    void whatTheFlightHasNotIsNotAskedFor() {
      var order = held().when(new RecordServicesRefusal(WITH_ORDER, TAKEN, NOON));
      assertThat(order.known().details().due()).isEqualTo(usd("720.30"));
      confirming(order, "720.30").when(new RecordCapture(PAYMENT, usd("720.30"), SERIAL, NOON));
      assertThat(refunds(order)).isEqualTo(usd("0.00"));
    }

    @Test
    void orGoesBackWhenItIsPaidFor() {
      var before =
          confirming(held(), "767.30")
              .when(new RecordServicesRefusal(WITH_ORDER, TAKEN, NOON))
              .when(new RecordCapture(PAYMENT, usd("767.30"), SERIAL, NOON));
      assertThat(refunds(before)).isEqualTo(usd("47.00"));
      var after =
          confirming(held(), "767.30")
              .when(new RecordCapture(PAYMENT, usd("767.30"), SERIAL, NOON))
              .when(new RecordServicesRefusal(WITH_ORDER, TAKEN, NOON));
      assertThat(refunds(after)).isEqualTo(usd("47.00"));
    }

    /** A sale that fails later has nothing to do with the first. */
    @Test
    void whatWasIssuedStays() {
      var order = confirming(held().when(new RecordServices(WITH_ORDER, SERIAL, NOON)), "767.30");
      order
          .when(new RecordCapture(PAYMENT, usd("767.30"), SERIAL, NOON))
          .when(wants(BACK_BAG))
          .when(new RecordServicesRefusal(SALE, TAKEN, NOON));
      assertThat(refunds(order)).isEqualTo(usd("0.00"));
      assertThat(order.known().details().sales().live()).containsExactly(BAG, SEAT);
    }

    @Test
    void theyEndWithIt() {
      var order = held().when(new OrderCommand.Expire(NOON.plus(Duration.ofHours(1))));
      assertThat(order.facts().getLast()).isInstanceOf(OrderEvent.ServicesAbandoned.class);
      order.when(new RecordServices(WITH_ORDER, SERIAL, NOON)).thenNothing();
    }

    @Test
    void whoLeavesBeforeItIsPaidForTakesHisAlong() {
      var order = held();
      order.when(cancel(order, List.of("P1"), NOON));
      isGivenUp(order, List.of(BAG, SEAT), "0.00", "0.00");
      assertThat(order.known().details().due()).isEqualTo(order.known().details().total());
    }
  }
}
