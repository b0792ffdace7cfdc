package aero.contrail.order;

import static aero.contrail.order.OrderDeciderTests.AUTHORIZED;
import static aero.contrail.order.OrderDeciderTests.CAPTURED;
import static aero.contrail.order.OrderDeciderTests.HELD;
import static aero.contrail.order.OrderDeciderTests.NOON;
import static aero.contrail.order.OrderDeciderTests.ORDER;
import static aero.contrail.order.OrderDeciderTests.PAY_BY;
import static aero.contrail.order.OrderDeciderTests.REQUESTED;
import static aero.contrail.order.OrderDeciderTests.SEGMENT;
import static aero.contrail.order.OrderDeciderTests.given;
import static aero.contrail.order.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Price;
import aero.contrail.events.Segment;
import aero.contrail.events.Tax;
import aero.contrail.events.Ticket;
import aero.contrail.events.TicketNumber;
import aero.contrail.events.Traveller;
import aero.contrail.order.OrderCommand.RecordCheckIn;
import aero.contrail.order.OrderCommand.RecordCoupon;
import aero.contrail.order.OrderCommand.RecordFlown;
import aero.contrail.order.OrderCommand.RecordSeat;
import aero.contrail.order.payment.PaymentInstruction.Operation;
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

  private static final FlightId OUT = SEGMENT.flight();
  private static final FlightId BACK = new FlightId("UA1500-2026-12-08-ORD");
  private static final PassengerId ADA = new PassengerId("P1");
  private static final PassengerId WILLIAM = new PassengerId("P2");
  private static final PassengerId ANNE = new PassengerId("P3");

  private static final OrderEvent PLACED =
      new OrderEvent.Placed(
          ORDER,
          "web",
          List.of(SEGMENT, new Segment(BACK, "Y", "M", SEGMENT.leg(), "738")),
          List.of(
              new Traveller(ADA, PassengerType.ADULT, null),
              new Traveller(WILLIAM, PassengerType.ADULT, null),
              new Traveller(ANNE, PassengerType.INFANT, null)),
          new OrderEvent.Terms(
              new Price(
                  List.of(
                      price(PassengerType.ADULT, 2, "300.00"),
                      price(PassengerType.INFANT, 1, "30.00")),
                  "2026-01-01"),
              new FareConditions(true, usd("75.00"), true, usd("50.00")),
              PAY_BY),
          null,
          null,
          null,
          NOON);

  private static final OrderEvent TICKETED =
      new OrderEvent.Ticketed(
          ORDER, "web", List.of(ticket(1, ADA), ticket(2, WILLIAM), ticket(3, ANNE)), NOON);

  private static PassengerPrice price(PassengerType type, int count, String fare) {
    return new PassengerPrice(
        type,
        count,
        usd(fare),
        List.of(
            new Tax("US", usd("20.00")), new Tax("XF", usd("4.50")), new Tax("AY", usd("5.60"))));
  }

  private static TicketNumber number(int ticket) {
    return new TicketNumber("016240000001" + ticket);
  }

  private static Ticket ticket(int number, PassengerId passenger) {
    return new Ticket(
        number(number),
        passenger,
        null,
        usd("300.00"),
        List.of(new Ticket.Coupon(OUT, "M", 720), new Ticket.Coupon(BACK, "M", 720)));
  }

  private static OrderDeciderTests.Given ticketed() {
    return given(PLACED, HELD, REQUESTED, AUTHORIZED, CAPTURED, TICKETED);
  }

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
    "C, AFLORS",
    "L, FORS",
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
          .when(new RecordSeat(OUT, ADA, "12C", NOON))
          .then()
          .when(new RecordSeat(OUT, ADA, "14A", NOON))
          .then(pass(1, "14A", 7))
          .when(new RecordSeat(OUT, WILLIAM, "14B", NOON)) // who is not checked in has none
          .thenNothing();
    }

    @Test
    void whoIsOffloadedNeedsNoOtherPass() {
      ticketed()
          .when(new RecordCheckIn(OUT, ADA, "12C", 7, NOON))
          .when(becomes(ADA, CouponStatus.O))
          .when(new RecordSeat(OUT, ADA, "14A", NOON))
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

    private static OrderCommand.CancelForFlight flightCancelled() {
      return new OrderCommand.CancelForFlight(UUID.randomUUID(), OUT, NOON);
    }

    /** Two fares of 300, one of 30, and three times three taxes of 30.10. */
    @Test
    void theFlightRefundsWhoeverIsCheckedInOrDidNotCome() {
      ticketed()
          .when(becomes(ADA, CouponStatus.C))
          .when(becomes(WILLIAM, CouponStatus.S))
          .when(flightCancelled())
          .isNow(OrderStatus.CANCELLED)
          .owes(Operation.REFUND, usd("720.30"));
    }

    @Test
    void nobodyIsLeftOutOfWhatIsGivenUp() {
      var state = ticketed().when(becomes(ADA, CouponStatus.L)).when(flightCancelled());
      state.when(flightCancelled()).thenNothing();
      state.isNow(OrderStatus.CANCELLED);
    }

    /** Asked again later: when he has flown, only what is left goes back. */
    @Test
    void anotherFlightWaitsUntilWhoIsAboardHasFlown() {
      var back = new OrderCommand.CancelForFlight(UUID.randomUUID(), BACK, NOON);
      ticketed()
          .when(becomes(ADA, CouponStatus.L))
          .thenRefused(back, OrderRefused.Reason.ILLEGAL_STATE);
      ticketed()
          .when(becomes(ADA, CouponStatus.L))
          .when(new RecordFlown(OUT, null, NOON))
          .when(back)
          .isNow(OrderStatus.CANCELLED)
          .owes(Operation.REFUND, usd("360.15"));
    }

    @Test
    void isNotForThoseWhoAreCheckedIn() {
      var nothing = new CancellationQuote(usd("0.00"), usd("0.00"), false, List.of());
      ticketed()
          .when(becomes(ADA, CouponStatus.C))
          .thenRefused(
              new OrderCommand.Cancel(UUID.randomUUID(), nothing, NOON),
              OrderRefused.Reason.ILLEGAL_STATE);
    }
  }
}
