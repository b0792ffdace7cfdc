package aero.contrail.order.model;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.ANNE;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.RETURN;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.Family.ticketed;
import static aero.contrail.order.model.OrderDeciderTests.AUTHORIZED;
import static aero.contrail.order.model.OrderDeciderTests.EXPIRED;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.PAYMENT;
import static aero.contrail.order.model.OrderDeciderTests.PLACED;
import static aero.contrail.order.model.OrderDeciderTests.PRICE;
import static aero.contrail.order.model.OrderDeciderTests.REFUND;
import static aero.contrail.order.model.OrderDeciderTests.REQUESTED;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PassengerId;
import aero.contrail.order.model.OrderCommand.CorrectDetails;
import aero.contrail.order.model.OrderCommand.ErasePersonalData;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Two adults and an infant, there and back, and what is known of them. */
class PersonalDataRulesTests {

  private static final Instant AFTERWARDS = RETURN.leg().arrival().toInstant().plusSeconds(1);

  private static CorrectDetails correction(PassengerId... passengers) {
    return new CorrectDetails(List.of(passengers), true, false, NOON);
  }

  @Nested
  class Corrections {

    @Test
    void areKnownWithoutWhatTheyAre() {
      ticketed()
          .when(correction(ADA, ANNE))
          .then(new OrderEvent.DetailsCorrected(ORDER, List.of(ADA, ANNE), true, false, NOON));
      given(PLACED)
          .when(correction())
          .then(new OrderEvent.DetailsCorrected(ORDER, List.of(), true, false, NOON));
    }

    @Test
    void waitUntilThePassengerIsOffTheFlight() {
      var checkedIn = ticketed().when(new RecordCoupon(OUT, ADA, CouponStatus.C, NOON));
      checkedIn.thenRefused(correction(ADA), ILLEGAL_STATE);
      checkedIn.thenRefused(correction(WILLIAM, ADA), ILLEGAL_STATE);
      checkedIn
          .when(correction(WILLIAM))
          .then(new OrderEvent.DetailsCorrected(ORDER, List.of(WILLIAM), true, false, NOON));
      checkedIn
          .when(new RecordCoupon(OUT, ADA, CouponStatus.O, NOON))
          .when(correction(ADA))
          .then(new OrderEvent.DetailsCorrected(ORDER, List.of(ADA), true, false, NOON));
    }
  }

  @Nested
  class Erasure {

    @Test
    void isForWhatIsOver() {
      given(PLACED, HELD, EXPIRED)
          .when(new ErasePersonalData(NOON))
          .then(new OrderEvent.PersonalDataErased(ORDER, NOON));
      ticketed()
          .when(new ErasePersonalData(AFTERWARDS))
          .then(new OrderEvent.PersonalDataErased(ORDER, AFTERWARDS));
    }

    @Test
    void waitsForWhatIsToBeFlown() {
      ticketed().thenRefused(new ErasePersonalData(NOON), ILLEGAL_STATE);
      ticketed()
          .thenRefused(
              new ErasePersonalData(RETURN.leg().departure().toInstant().plusSeconds(1)),
              ILLEGAL_STATE);
      ticketed()
          .when(new RecordCoupon(BACK, ADA, CouponStatus.C, NOON))
          .thenRefused(new ErasePersonalData(AFTERWARDS), ILLEGAL_STATE);
    }

    @Test
    void waitsForMoney() {
      given(PLACED, HELD).thenRefused(new ErasePersonalData(NOON), ILLEGAL_STATE);
      given(PLACED, HELD, REQUESTED, EXPIRED)
          .thenRefused(new ErasePersonalData(NOON), ILLEGAL_STATE);
      given(PLACED, HELD, REQUESTED, AUTHORIZED)
          .thenRefused(new ErasePersonalData(AFTERWARDS), ILLEGAL_STATE);
    }

    @Test
    void waitsForRefundsThatSomebodyHasToSettle() {
      var refused = new OrderEvent.RefundFailed(ORDER, REFUND, PAYMENT, PRICE, "closed", NOON);
      given(Family.PLACED, HELD, REQUESTED, AUTHORIZED, Family.TICKETED, refused)
          .thenRefused(new ErasePersonalData(AFTERWARDS), ILLEGAL_STATE);
      given(
              Family.PLACED,
              HELD,
              REQUESTED,
              AUTHORIZED,
              Family.TICKETED,
              refused,
              new OrderEvent.RefundSettled(
                  ORDER, REFUND, OrderEvent.RefundSettlement.WRITTEN_OFF, NOON))
          .when(new ErasePersonalData(AFTERWARDS))
          .then(new OrderEvent.PersonalDataErased(ORDER, AFTERWARDS));
    }

    @Test
    void changesNothingElse() {
      var before = ticketed();
      var after = ticketed().when(new ErasePersonalData(AFTERWARDS));
      assertThat(after.known()).isEqualTo(before.known());
    }
  }
}
