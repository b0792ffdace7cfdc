package aero.contrail.order.model;

import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.PAYMENT;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static aero.contrail.order.model.OrderRefused.Reason.WRONG_AMOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.ServiceDocument;
import aero.contrail.events.PaymentId;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.order.model.OrderCommand.RecordAuthorization;
import aero.contrail.order.model.OrderCommand.RecordCapture;
import aero.contrail.order.model.OrderCommand.RecordServices;
import aero.contrail.order.model.OrderCommand.RecordServicesRefusal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bags and seats that come with an order: wanted, ordered when it has space, paid for with it. */
class OrderWithServicesTests extends ServiceFacts {

  private static final OrderEvent WANTED =
      new OrderEvent.ServicesWanted(ORDER, List.of(BAG, SEAT), usd("47.00"), NOON);
  private static final UUID WITH_ORDER = ORDER.value();

  private static OrderDeciderTests.Given held() {
    return given(Family.PLACED, WANTED)
        .when(new OrderCommand.RecordHold(((OrderEvent.Held) HELD).locator(), NOON));
  }

  private static OrderDeciderTests.Given confirming(OrderDeciderTests.Given held, String amount) {
    return held.when(new OrderCommand.RequestPayment(PAYMENT, usd(amount), null, NOON))
        .when(new RecordAuthorization(PAYMENT, usd(amount), NOON));
  }

  @Test
  void theyAreOrderedWhenItHasSpace() {
    held()
        .then(
            HELD,
            new OrderEvent.ServicesOrdered(
                ORDER, WITH_ORDER, List.of(BAG, SEAT), null, usd("47.00"), NOON))
        .thenRefused(
            new OrderCommand.RequestPayment(PAYMENT, usd("720.30"), null, NOON), WRONG_AMOUNT);
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

  /** Another flight takes the place of the first while it is paid for; then the rest is refused. */
  @Test
  void whatIsLostInTwoStepsGoesBackInTwo() {
    var wanted = new OrderEvent.ServicesWanted(ORDER, List.of(BAG, BACK_BAG), usd("70.00"), NOON);
    var order =
        confirming(
                given(Family.PLACED, wanted)
                    .when(new OrderCommand.RecordHold(((OrderEvent.Held) HELD).locator(), NOON)),
                "790.30")
            .when(instead())
            .when(new RecordCapture(PAYMENT, usd("790.30"), SERIAL, NOON));
    assertThat(refunds(order)).isEqualTo(usd("35.00"));
    order.when(new RecordServicesRefusal(WITH_ORDER, TAKEN, NOON));
    assertThat(refunds(order)).isEqualTo(usd("70.00"));
  }

  private static OrderCommand instead() {
    return new OrderCommand.OpenAirlineChange(
        UUID.randomUUID(),
        AirlineChangeKind.CANCELLED,
        Severity.MAJOR,
        Family.ALL,
        List.of(Family.OUT),
        List.of(Family.INSTEAD),
        SERIAL,
        Duration.ofDays(3),
        Duration.ofHours(3),
        NOON);
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

  /** Points pay 630.00 of fares, the card 90.30 of taxes and 47.00: nothing of it is lost. */
  @Test
  void whatACardPaidBesidePointsForWhatIsNotDeliveredGoesBackToIt() {
    var points =
        new OrderCommand.Points(
            new PaymentId(UUID.randomUUID()), new MemberNumber("4000000010"), 20_000);
    var order =
        given(Family.placed(true, null, 10_000), WANTED)
            .when(new OrderCommand.RecordHold(((OrderEvent.Held) HELD).locator(), NOON))
            .when(new OrderCommand.RequestPayment(PAYMENT, usd("767.30"), points, NOON))
            .when(new OrderCommand.RecordPointsHeld(points.payment(), NOON))
            .when(new RecordAuthorization(PAYMENT, usd("137.30"), NOON))
            .when(new RecordServicesRefusal(WITH_ORDER, TAKEN, NOON));
    order.when(new RecordCapture(PAYMENT, usd("137.30"), SERIAL, NOON));
    assertThat(order.known().details().refunds())
        .singleElement()
        .satisfies(
            refund -> {
              assertThat(refund.payment()).isEqualTo(PAYMENT);
              assertThat(refund.amount()).isEqualTo(usd("47.00"));
            });
  }
}
