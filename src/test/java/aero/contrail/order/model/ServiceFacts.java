package aero.contrail.order.model;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.Family.ticketed;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.TicketNumber;
import aero.contrail.order.model.OrderCommand.OrderServices;
import aero.contrail.order.model.OrderCommand.RecordAuthorization;
import aero.contrail.order.model.OrderCommand.RecordCapture;
import aero.contrail.order.model.OrderCommand.RecordServices;
import aero.contrail.order.model.OrderState.Refund;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Two adults and an infant, there and back, three taxes: a bag of 35.00 that is refundable, a seat
 * of 12.00 that is not.
 */
abstract class ServiceFacts {

  static final Instant LATER = NOON.plus(Duration.ofDays(2));
  static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  static final Ancillary BAG = service(ServiceKind.BAG, ADA, OUT, null, "35.00", true);
  static final Ancillary SEAT = service(ServiceKind.SEAT, ADA, OUT, "12C", "12.00", false);
  static final Ancillary BACK_BAG = service(ServiceKind.BAG, WILLIAM, BACK, null, "35.00", true);
  static final Ancillary MEAL = service(ServiceKind.MEAL, ADA, OUT, null, "0.00", true);
  static final PaymentId PAID = new PaymentId(UUID.randomUUID());
  static final UUID SALE = PAID.value();
  static final SpaceRefusal TAKEN = new SpaceRefusal(OUT, SpaceRefusal.Kind.SEAT, "12C: taken");
  static final long SERIAL = 2400000201L;

  static Ancillary service(
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

  static TicketNumber number(long serial) {
    return new TicketNumber("016" + serial);
  }

  static Money price(List<Ancillary> services) {
    return services.stream().map(Ancillary::price).reduce(usd("0.00"), Money::plus);
  }

  static OrderServices wants(Ancillary... services) {
    var all = List.of(services);
    return new OrderServices(SALE, all, price(all).isZero() ? null : PAID, price(all), NOON);
  }

  static RecordAuthorization authorised(Ancillary... services) {
    return new RecordAuthorization(PAID, price(List.of(services)), NOON);
  }

  static RecordCapture captured(Ancillary... services) {
    return new RecordCapture(PAID, price(List.of(services)), SERIAL, NOON);
  }

  static OrderDeciderTests.Given bought(Ancillary... services) {
    return ticketed()
        .when(wants(services))
        .when(authorised(services))
        .when(new RecordServices(SALE, SERIAL, NOON))
        .when(captured(services));
  }

  static OrderCommand cancel(OrderDeciderTests.Given order, List<String> passengers, Instant at) {
    var parts = CancellationRules.parts(order.known(), passengers, List.of());
    var quote = Quotes.voluntary(order.known().details(), parts, at, NEW_YORK);
    return new OrderCommand.Cancel(UUID.randomUUID(), quote, at);
  }

  static OrderEvent.ServicesGivenUp givenUp(OrderDeciderTests.Given order) {
    return order.facts().stream()
        .filter(OrderEvent.ServicesGivenUp.class::isInstance)
        .map(OrderEvent.ServicesGivenUp.class::cast)
        .findFirst()
        .orElseThrow();
  }

  static void isGivenUp(
      OrderDeciderTests.Given order, List<Ancillary> services, String refund, String kept) {
    var up = givenUp(order);
    assertThat(up.services()).isEqualTo(services);
    assertThat(up.refund()).isEqualTo(usd(refund));
    assertThat(up.kept()).isEqualTo(usd(kept));
  }

  static Money refunds(OrderDeciderTests.Given order) {
    return order.known().details().refunds().stream()
        .map(Refund::amount)
        .reduce(usd("0.00"), Money::plus);
  }
}
