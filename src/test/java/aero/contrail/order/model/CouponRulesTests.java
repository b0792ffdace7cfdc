package aero.contrail.order.model;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.ANNE;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.PLACED;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.Family.number;
import static aero.contrail.order.model.Family.ticketed;
import static aero.contrail.order.model.OrderDeciderTests.AUTHORIZED;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.REQUESTED;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PassengerId;
import aero.contrail.order.amendment.CancellationQuote;
import aero.contrail.order.model.OrderCommand.RecordCheckIn;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import aero.contrail.order.model.OrderCommand.RecordFlown;
import aero.contrail.order.model.OrderCommand.RecordSeat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Coupons at the airport: two adults and an infant, there and back, three taxes each. */
class CouponRulesTests {

  private static OrderEvent changed(
      int ticket, FlightId flight, CouponStatus from, CouponStatus to) {
    return new OrderEvent.CouponStatusChanged(
        ORDER, new CouponRef(number(ticket), flight), from, to, NOON);
  }

  private static OrderEvent pass(int ticket, @Nullable String seat, int sequence) {
    return new OrderEvent.BoardingPassIssued(
        ORDER, new CouponRef(number(ticket), OUT), seat, sequence, NOON);
  }

  private static RecordCoupon becomes(PassengerId passenger, CouponStatus to) {
    return new RecordCoupon(OUT, passenger, to, NOON);
  }

  @ParameterizedTest
  @CsvSource({
    "O, ACEFLRSV",
    "A, CEFLORS",
    "C, AEFLORS",
    "L, EFORS",
    "S, CEFLOR",
    "F, ''",
    "E, ''",
    "R, ''",
    "V, ''"
  })
  void theTableOfWhatMayBecome(CouponStatus from, String allowed) {
    assertThat(
            Stream.of(CouponStatus.values())
                .filter(to -> CouponRules.mayBecome(from, to))
                .map(Enum::name)
                .sorted()
                .collect(Collectors.joining()))
        .isEqualTo(allowed);
    assertThat(from.isFinal()).isEqualTo(allowed.isEmpty());
  }

  @Nested
  class CheckIn {

    @Test
    void issuesABoardingPass() {
      var checkIn = new RecordCheckIn(OUT, WILLIAM, "12C", 7, NOON);
      ticketed()
          .when(checkIn)
          .then(changed(2, OUT, CouponStatus.O, CouponStatus.C), pass(2, "12C", 7))
          .when(checkIn)
          .thenNothing();
    }

    @Test
    void ofAnInfantNeedsNoSeat() {
      ticketed()
          .when(new RecordCheckIn(OUT, ANNE, null, 8, NOON))
          .then(changed(3, OUT, CouponStatus.O, CouponStatus.C), pass(3, null, 8));
    }

    @Test
    void anotherSeatIsAnotherPass() {
      ticketed()
          .when(new RecordCheckIn(OUT, ADA, "12C", 7, NOON))
          .when(new RecordSeat(OUT, ADA, "12C", true, NOON))
          .then()
          .when(new RecordSeat(OUT, ADA, "14A", true, NOON))
          .then(pass(1, "14A", 7))
          .when(new RecordSeat(OUT, WILLIAM, "14B", true, NOON)) // who is not checked in has none
          .thenNothing();
    }

    @Test
    void whoIsOffloadedNeedsNoOtherPass() {
      ticketed()
          .when(new RecordCheckIn(OUT, ADA, "12C", 7, NOON))
          .when(becomes(ADA, CouponStatus.O))
          .when(new RecordSeat(OUT, ADA, "14A", true, NOON))
          .thenNothing();
    }

    @Test
    void beforeTheTicketIsIssuedChangesNothing() {
      given(PLACED, HELD, REQUESTED, AUTHORIZED)
          .when(new RecordCheckIn(OUT, ADA, "12C", 7, NOON))
          .thenNothing();
    }

    @Test
    void ofSomebodyElseOrForAnotherFlightChangesNothing() {
      ticketed().when(new RecordCheckIn(OUT, new PassengerId("P9"), "12C", 7, NOON)).thenNothing();
      ticketed()
          .when(new RecordCheckIn(new FlightId("UA9-2026-12-01-EWR"), ADA, "12C", 7, NOON))
          .thenNothing();
    }
  }

  @Nested
  class Flying {

    @Test
    void fliesTheCouponsOfThoseWhoFlew() {
      ticketed()
          .when(new RecordFlown(OUT, List.of(ADA, ANNE), NOON))
          .then(new OrderEvent.CouponsFlown(ORDER, OUT, List.of(number(1), number(3)), NOON))
          .when(new RecordFlown(OUT, List.of(ADA, ANNE), NOON))
          .thenNothing();
    }

    @Test
    void completesTheOrderWhenNothingIsLeft() {
      ticketed()
          .when(new RecordFlown(OUT, List.of(ADA, WILLIAM, ANNE), NOON))
          .isNow(OrderStatus.TICKETED)
          .when(new RecordFlown(BACK, null, NOON))
          .isNow(OrderStatus.COMPLETED);
    }

    @Test
    void notWhileSomebodyWhoDidNotComeHasACoupon() {
      ticketed()
          .when(becomes(WILLIAM, CouponStatus.S))
          .then(changed(2, OUT, CouponStatus.O, CouponStatus.S))
          .when(new RecordFlown(OUT, List.of(ADA, ANNE), NOON))
          .when(new RecordFlown(BACK, null, NOON))
          .isNow(OrderStatus.TICKETED)
          .when(new RecordFlown(OUT, List.of(WILLIAM), NOON)) // late word: he had boarded
          .isNow(OrderStatus.COMPLETED);
    }

    @Test
    void liftedWithoutACheckInItFliesAllTheSame() {
      ticketed()
          .when(becomes(ADA, CouponStatus.L))
          .then(changed(1, OUT, CouponStatus.O, CouponStatus.L))
          .when(becomes(ADA, CouponStatus.C)) // that message was late
          .then()
          .when(new RecordFlown(OUT, List.of(ADA), NOON))
          .then(new OrderEvent.CouponsFlown(ORDER, OUT, List.of(number(1)), NOON))
          .when(becomes(ADA, CouponStatus.O)) // and flown it stays
          .thenNothing();
    }
  }

  @Nested
  class Cancelling {

    @Test
    void isNotForThoseWhoAreCheckedIn() {
      var nothing =
          new CancellationQuote(usd("0.00"), usd("0.00"), false, List.of(), null, List.of(), null);
      ticketed()
          .when(becomes(ADA, CouponStatus.C))
          .thenRefused(
              new OrderCommand.Cancel(UUID.randomUUID(), nothing, NOON),
              OrderRefused.Reason.ILLEGAL_STATE);
    }
  }
}
