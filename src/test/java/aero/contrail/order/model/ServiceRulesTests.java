package aero.contrail.order.model;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.ANNE;
import static aero.contrail.order.model.Family.OTHER;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.Family.ticketed;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.ServiceDocument;
import aero.contrail.order.model.OrderCommand.GiveUpServices;
import aero.contrail.order.model.OrderCommand.OrderServices;
import aero.contrail.order.model.OrderCommand.RecordCaptureRefusal;
import aero.contrail.order.model.OrderCommand.RecordDecline;
import aero.contrail.order.model.OrderCommand.RecordFlown;
import aero.contrail.order.model.OrderCommand.RecordServices;
import aero.contrail.order.model.OrderCommand.RecordServicesRefusal;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How bags and seats are sold. */
class ServiceRulesTests extends ServiceFacts {

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
    void ofTwoSeatsAtATimeIsRefusedToo() {
      var other = service(ServiceKind.SEAT, ADA, OUT, "14A", "39.00", false);
      var command = new OrderServices(UUID.randomUUID(), List.of(other), PAID, usd("39.00"), NOON);
      ticketed().when(wants(SEAT)).thenRefused(command, ILLEGAL_STATE);
    }

    @Test
    void endsWhenTheFlightIsGivenUp() {
      var order = ticketed().when(wants(BAG));
      order.when(cancel(order, List.of(), LATER)).isNow(OrderStatus.CANCELLED);
      assertThat(order.facts().getLast()).isInstanceOf(OrderEvent.ServicesAbandoned.class);
      order.when(new RecordServices(SALE, SERIAL, NOON)).thenNothing();
      order.when(authorised(BAG));
      assertThat(PaymentRules.settle(order.known()))
          .extracting(PaymentRules.Movement::operation)
          .contains(Operation.VOID);
    }

    @Test
    void canBeWithdrawnWhileItIsPaidFor() {
      var order =
          ticketed()
              .when(wants(BAG, SEAT))
              .when(new GiveUpServices(UUID.randomUUID(), List.of(BAG.id()), false, NOON));
      assertThat(order.facts())
          .containsExactly(
              new OrderEvent.ServicesAbandoned(
                  ORDER, SALE, List.of(BAG, SEAT), null, "withdrawn", NOON));
      order.when(authorised(BAG, SEAT)).owes(Operation.VOID, usd("47.00"));
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
}
