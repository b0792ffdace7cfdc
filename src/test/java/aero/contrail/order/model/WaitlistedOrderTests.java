package aero.contrail.order.model;

import static aero.contrail.order.model.OrderDeciderTests.AUTHORIZED;
import static aero.contrail.order.model.OrderDeciderTests.CANCELLATION;
import static aero.contrail.order.model.OrderDeciderTests.FLIGHT;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.PAYMENT;
import static aero.contrail.order.model.OrderDeciderTests.PAY_BY;
import static aero.contrail.order.model.OrderDeciderTests.PLACED;
import static aero.contrail.order.model.OrderDeciderTests.SEGMENT;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Price;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.Segment;
import aero.contrail.order.amendment.CancellationQuote;
import aero.contrail.order.model.OrderCommand.Cancel;
import aero.contrail.order.model.OrderCommand.CancelForFlight;
import aero.contrail.order.model.OrderCommand.Expire;
import aero.contrail.order.model.OrderCommand.RecordClearance;
import aero.contrail.order.model.OrderCommand.RecordLapse;
import aero.contrail.order.model.OrderCommand.RecordWaiting;
import aero.contrail.order.model.OrderCommand.RequestPayment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Orders that wait for space. */
class WaitlistedOrderTests {

  private static final Instant UNTIL = NOON.plus(Duration.ofDays(2));
  private static final Instant LATER = NOON.plus(Duration.ofHours(3));
  private static final RecordLocator LOCATOR = new RecordLocator("K3X9QD");
  private static final FlightId OTHER = new FlightId("UA1500-2026-12-01-EWR");

  private static final OrderEvent.Placed WISH = wish();
  private static final OrderEvent WAITING = new OrderEvent.Waitlisted(ORDER, UNTIL, NOON);

  /** The one flight, or another one that costs more. */
  private static OrderEvent.Placed wish() {
    var first = (OrderEvent.Placed) PLACED;
    var choice =
        new OrderEvent.Choice(
            List.of(new Segment(OTHER, "Y", "B", SEGMENT.leg(), "738")),
            new Price(
                List.of(new PassengerPrice(PassengerType.ADULT, 1, usd("400.00"), List.of())),
                "2026-01-01"),
            new FareConditions(false, usd("0.00"), true, usd("50.00")),
            null);
    return new OrderEvent.Placed(
        ORDER,
        first.channel(),
        first.segments(),
        first.travellers(),
        first.terms(),
        null,
        null,
        new OrderEvent.Waitlist(UNTIL, List.of(choice)),
        NOON);
  }

  private static RecordClearance cleared(int choice) {
    return new RecordClearance(choice, LOCATOR, LATER.plus(Duration.ofMinutes(30)), LATER);
  }

  @Test
  void waitUntilTheirTime() {
    given(WISH).when(new RecordWaiting(UNTIL, NOON)).then(WAITING).isNow(OrderStatus.WAITLISTED);
    given(WISH, WAITING).when(new RecordWaiting(UNTIL, NOON)).thenNothing();
    given(WISH, WAITING).when(new Expire(UNTIL.minusSeconds(1))).thenNothing();
    given(WISH, WAITING)
        .when(new Expire(UNTIL))
        .then(new OrderEvent.Expired(ORDER, UNTIL))
        .isNow(OrderStatus.EXPIRED);
  }

  @Test
  void areHeldOnceForALimitedTime() {
    given(WISH, WAITING)
        .when(cleared(0))
        .isNow(OrderStatus.HELD)
        .when(cleared(0))
        .then()
        .when(new RequestPayment(PAYMENT, OrderDeciderTests.PRICE, null, LATER))
        .then(new OrderEvent.PaymentRequested(ORDER, PAYMENT, OrderDeciderTests.PRICE, LATER));
    given(WISH, WAITING)
        .when(cleared(0))
        .when(new Expire(LATER.plus(Duration.ofMinutes(30))))
        .isNow(OrderStatus.EXPIRED);
  }

  @Test
  void costWhatTheChoiceCostsThatHasSpace() {
    given(WISH, WAITING)
        .when(cleared(1))
        .isNow(OrderStatus.HELD)
        .thenRefused(
            new RequestPayment(PAYMENT, OrderDeciderTests.PRICE, null, LATER),
            OrderRefused.Reason.WRONG_AMOUNT);
    var wish = OrderEvolution.placed(WISH).details();
    var chosen = wish.chosen(1);
    assertThat(chosen.itinerary().has(OTHER)).isTrue();
    assertThat(chosen.conditions().refundable()).isFalse();
    assertThat(wish.chosen(0)).isEqualTo(wish);
    assertThat(WISH.choices()).hasSize(2);
    assertThat(((OrderEvent.Placed) PLACED).choices()).hasSize(1);
  }

  @Test
  void haveSpaceOfAnotherChoiceAtOnce() {
    given(WISH).when(cleared(1)).isNow(OrderStatus.HELD);
  }

  @Test
  void cannotBePaidWhileTheyWait() {
    given(WISH, WAITING)
        .thenRefused(
            new RequestPayment(PAYMENT, OrderDeciderTests.PRICE, null, NOON),
            OrderRefused.Reason.ILLEGAL_STATE);
  }

  @Test
  void canBeLeftAsAWholeAlone() {
    var part =
        new CancellationQuote(
            usd("0.00"),
            usd("0.00"),
            false,
            List.of(),
            List.of(new OrderEvent.Part(OTHER, List.of())),
            List.of(),
            null);
    given(WISH, WAITING)
        .thenRefused(
            new OrderCommand.Cancel(UUID.randomUUID(), part, NOON),
            OrderRefused.Reason.ILLEGAL_STATE);
  }

  @Test
  void canBeLeftAtAnyTime() {
    var nothing =
        new CancellationQuote(usd("0.00"), usd("0.00"), false, List.of(), null, List.of(), null);
    given(WISH, WAITING)
        .when(new Cancel(CANCELLATION, nothing, NOON))
        .isNow(OrderStatus.CANCELLED)
        .when(cleared(0)) // the space crossed his letter; it goes back
        .thenNothing();
  }

  @Test
  void endWhenThereIsNothingLeftToWaitFor() {
    given(WISH, WAITING).when(new RecordLapse(NOON)).isNow(OrderStatus.EXPIRED);
    given(WISH, WAITING).when(new CancelForFlight(CANCELLATION, FLIGHT, NOON)).thenNothing();
  }

  @Test
  void areNotCancelledForAFlightThatTheyDoNotHave() {
    given(WISH, WAITING)
        .when(cleared(1))
        .when(new CancelForFlight(CANCELLATION, FLIGHT, NOON))
        .then()
        .when(new CancelForFlight(CANCELLATION, OTHER, NOON))
        .isNow(OrderStatus.CANCELLED);
  }

  @Test
  void sayWhyTheyExpired() {
    assertThat(reason(WISH, WAITING, new OrderEvent.Expired(ORDER, UNTIL)))
        .isEqualTo("no space came free in time");
    assertThat(reason(PLACED, HELD, new OrderEvent.Expired(ORDER, PAY_BY)))
        .isEqualTo("not paid in time");
    given(PLACED, HELD, AUTHORIZED).isNow(OrderStatus.CONFIRMING);
  }

  private static String reason(OrderEvent... facts) {
    var state = OrderEvolution.INITIAL;
    for (var fact : facts) {
      state = OrderEvolution.evolve(state, fact);
    }
    return String.valueOf(((OrderState.Known) state).reason());
  }
}
