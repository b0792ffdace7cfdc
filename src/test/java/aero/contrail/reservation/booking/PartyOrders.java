package aero.contrail.reservation.booking;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.ChangeConfirmed;
import aero.contrail.events.OrderEvent.ChangeQuoted;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.PaymentId;
import aero.contrail.events.Price;
import aero.contrail.events.Segment;
import aero.contrail.events.Traveller;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.joda.money.Money;

/**
 * Facts about orders of parties of adults that fly for an hour, of which only the space matters.
 */
final class PartyOrders {

  static final Instant NOW = Instant.parse("2029-12-01T12:00:00Z");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private PartyOrders() {}

  static Leg leg() {
    var departure = ZonedDateTime.of(2030, 1, 1, 10, 0, 0, 0, NEW_YORK);
    return new Leg("EWR", "ALB", departure, departure.plusHours(1), 144);
  }

  static OrderEvent.Placed placed(List<FlightId> flights, int seats, Instant payBy) {
    var zero = Money.parse("USD 0.00");
    var price = new PassengerPrice(PassengerType.ADULT, seats, Money.parse("USD 1.00"), List.of());
    return new OrderEvent.Placed(
        new OrderId(UUID.randomUUID()),
        "web",
        flights.stream().map(id -> new Segment(id, "Y", "Y", leg(), "ER4")).toList(),
        IntStream.rangeClosed(1, seats)
            .mapToObj(i -> new Traveller(new PassengerId("P" + i), PassengerType.ADULT, null))
            .toList(),
        new OrderEvent.Terms(
            new Price(List.of(price), "test"),
            new FareConditions(true, zero, true, zero),
            null,
            payBy),
        new PaymentId(UUID.randomUUID()),
        null,
        null,
        NOW);
  }

  /** The same order, to be paid later. */
  static OrderEvent.Placed unpaid(OrderEvent.Placed order) {
    return new OrderEvent.Placed(
        order.order(),
        order.channel(),
        order.segments(),
        order.travellers(),
        order.terms(),
        null,
        null,
        null,
        NOW);
  }

  static OrderEvent.PaymentDeclined declined(OrderEvent.Placed order) {
    return new OrderEvent.PaymentDeclined(
        order.order(), Objects.requireNonNull(order.prepayment()), "declined", NOW);
  }

  static OrderEvent.PaymentAuthorized authorized(OrderEvent.Placed order) {
    return new OrderEvent.PaymentAuthorized(
        order.order(), new PaymentId(UUID.randomUUID()), order.terms().price().total(), NOW);
  }

  static ChangeConfirmed confirmed(ChangeQuoted quoted) {
    return new ChangeConfirmed(
        quoted.order(), quoted.change(), quoted.parts(), List.of(), quoted.added(), NOW);
  }

  static OrderEvent.ChangeAbandoned abandoned(ChangeQuoted quoted) {
    return new OrderEvent.ChangeAbandoned(
        quoted.order(), quoted.change(), OrderEvent.ChangeEnd.LAPSED, null, null, NOW);
  }
}
