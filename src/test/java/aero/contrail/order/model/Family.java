package aero.contrail.order.model;

import static aero.contrail.order.model.OrderDeciderTests.AUTHORIZED;
import static aero.contrail.order.model.OrderDeciderTests.CAPTURED;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.PAY_BY;
import static aero.contrail.order.model.OrderDeciderTests.REQUESTED;
import static aero.contrail.order.model.OrderDeciderTests.SEGMENT;
import static aero.contrail.order.model.OrderDeciderTests.given;
import static aero.contrail.order.model.OrderDeciderTests.usd;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FareConditions.NoShow;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Price;
import aero.contrail.events.Segment;
import aero.contrail.events.Tax;
import aero.contrail.events.Ticket;
import aero.contrail.events.TicketNumber;
import aero.contrail.events.Traveller;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Two adults and an infant, there and back, three taxes each: an adult pays 300 and 30.10 of taxes,
 * the infant 30 and the same taxes.
 */
public final class Family {

  public static final FlightId OUT = SEGMENT.flight();
  public static final FlightId BACK = new FlightId("UA1500-2026-12-08-ORD");
  static final FlightId OTHER = new FlightId("UA1600-2026-12-01-EWR");
  public static final PassengerId ADA = new PassengerId("P1");
  static final PassengerId WILLIAM = new PassengerId("P2");
  static final PassengerId ANNE = new PassengerId("P3");
  static final List<PassengerId> ALL = List.of(ADA, WILLIAM, ANNE);

  static final Segment RETURN =
      new Segment(
          BACK,
          "Y",
          "M",
          new Leg(
              "ORD",
              "EWR",
              Instant.parse("2026-12-08T15:00:00Z").atZone(ZoneId.of("America/Chicago")),
              Instant.parse("2026-12-08T17:10:00Z").atZone(ZoneId.of("America/New_York")),
              720),
          "738");

  /** Two hours later than {@link #OUT}. */
  static final Segment INSTEAD =
      new Segment(
          OTHER,
          "Y",
          "Y",
          new Leg(
              "EWR",
              "ORD",
              Instant.parse("2026-12-01T13:00:00Z").atZone(ZoneId.of("America/New_York")),
              Instant.parse("2026-12-01T15:35:00Z").atZone(ZoneId.of("America/Chicago")),
              720),
          "738");

  static final OrderEvent PLACED = placed(true);

  public static final OrderEvent TICKETED =
      new OrderEvent.Ticketed(
          ORDER,
          "web",
          List.of(ticket(1, ADA, "300.00"), ticket(2, WILLIAM, "300.00"), ticket(3, ANNE, "30.00")),
          NOON);

  private Family() {}

  public static OrderEvent placed(boolean refundable) {
    return placed(refundable, null);
  }

  /** What a fare may say of who does not come. */
  static @Nullable NoShow noShow(Random random) {
    return random.nextInt(3) == 0
        ? null
        : new NoShow(random.nextBoolean(), usd(random.nextBoolean() ? "0.00" : "40.00"));
  }

  static OrderEvent placed(boolean refundable, @Nullable NoShow noShow) {
    return placed(refundable, noShow, null);
  }

  /** {@code points}: for which each with a seat can have the flights. */
  static OrderEvent placed(boolean refundable, @Nullable NoShow noShow, @Nullable Integer points) {
    return new OrderEvent.Placed(
        ORDER,
        "web",
        List.of(SEGMENT, RETURN),
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
            new FareConditions(refundable, usd("75.00"), true, usd("50.00"), noShow),
            points,
            PAY_BY),
        null,
        null,
        null,
        NOON);
  }

  static PassengerPrice price(PassengerType type, int count, String fare) {
    return new PassengerPrice(type, count, usd(fare), taxes());
  }

  static List<Tax> taxes() {
    return List.of(
        new Tax("US", usd("20.00")), new Tax("XF", usd("4.50")), new Tax("AY", usd("5.60")));
  }

  public static TicketNumber number(int ticket) {
    return new TicketNumber("016240000001" + ticket);
  }

  private static Ticket ticket(int number, PassengerId passenger, String fare) {
    return new Ticket(
        number(number),
        passenger,
        passenger.equals(ANNE) ? PassengerType.INFANT : PassengerType.ADULT,
        null,
        usd(fare),
        taxes(),
        List.of(new Ticket.Coupon(OUT, "M", 720), new Ticket.Coupon(BACK, "M", 720)));
  }

  public static CouponRef coupon(int ticket, FlightId flight) {
    return new CouponRef(number(ticket), flight);
  }

  static OrderDeciderTests.Given ticketed() {
    return given(PLACED, HELD, REQUESTED, AUTHORIZED, CAPTURED, TICKETED);
  }
}
