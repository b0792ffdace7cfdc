package aero.contrail.order.model;

import aero.contrail.events.FlightId;
import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderEvent.CancellationCause;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PassengerId;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.model.OrderCommand.RecordSeat;
import aero.contrail.order.model.OrderState.Cancelled;
import aero.contrail.order.model.OrderState.Expired;
import aero.contrail.order.model.OrderState.Failed;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Rejected;
import aero.contrail.order.payment.PointsTender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.joda.money.Money;

/**
 * What becomes of services that are not wanted any more, or cannot be delivered. A service goes
 * with the coupon of its passenger for its flight: when that is given up, so is the service. What
 * the airline does not deliver it pays back (for flights to and from the USA 14 CFR 260.4 wants
 * that).
 */
public final class ServiceLossRules {

  private ServiceLossRules() {}

  /**
   * Services are given up; nothing when there are none.
   *
   * @param cause the key under which their money goes back
   * @param refunds what goes back for each
   */
  static List<OrderEvent> givenUp(
      Details details,
      UUID cause,
      List<Ancillary> given,
      Function<Ancillary, Money> refunds,
      Instant at) {
    if (given.isEmpty()) {
      return List.of();
    }
    var paid = given.stream().map(Ancillary::price).reduce(details.zero(), Money::plus);
    var refund = given.stream().map(refunds).reduce(details.zero(), Money::plus);
    return List.of(
        new OrderEvent.ServicesGivenUp(
            details.placed().order(), cause, given, refund, paid.minus(refund), at));
  }

  /**
   * What goes back for a service.
   *
   * @param isWhole whether all of it does, whatever its conditions say
   */
  public static Money refund(Details details, Ancillary service, boolean isWhole) {
    var isAsked =
        coupon(details, service.passenger(), service.flight())
            .filter(coupon -> Quotes.isAsked(details, coupon))
            .isPresent();
    return isWhole || isAsked || service.refundable() ? service.price() : details.zero();
  }

  private static Optional<CouponRef> coupon(
      Details details, PassengerId passenger, FlightId flight) {
    return details.ticket(passenger, flight).map(ticket -> new CouponRef(ticket.number(), flight));
  }

  /** Those that go with parts of an order. */
  public static List<Ancillary> of(Details details, List<Part> parts) {
    return with(details, details.openCoupons(parts));
  }

  /** Those that go with some coupons. */
  static List<Ancillary> with(Details details, List<CouponRef> coupons) {
    return details.sales().live().stream()
        .filter(
            s -> coupon(details, s.passenger(), s.flight()).filter(coupons::contains).isPresent())
        .toList();
  }

  /**
   * How the document of a service stands: as the coupon that it goes with, until it is given up.
   */
  public static CouponStatus status(Details details, ServiceSale sale, Ancillary service) {
    if (sale.givenUp().contains(service.id())) {
      return CouponStatus.R;
    }
    return details
        .ticket(service.passenger(), service.flight())
        .map(ticket -> ticket.status(service.flight()))
        .filter(status -> status == CouponStatus.F || status == CouponStatus.S)
        .orElse(CouponStatus.O);
  }

  /**
   * What follows for services from other facts: those whose coupon is gone are given up, and
   * nothing becomes of those that were being bought for it.
   */
  static List<OrderEvent> follow(Known before, OrderCommand command, List<OrderEvent> facts) {
    if (facts.isEmpty() || before.details().sales().all().isEmpty()) {
      return facts;
    }
    var after = OrderEvolution.evolve(before, facts);
    var at = facts.getLast().at();
    var all = new ArrayList<>(facts);
    for (var sale : after.details().sales().underWay()) {
      all.addAll(underWay(sale, after, at));
    }
    var gone = after.details().sales().live().stream().filter(s -> isGone(after, s)).toList();
    all.addAll(
        givenUp(
            before.details(), cause(gone), gone, refunds(before.details(), command, facts), at));
    return all;
  }

  /** Who cancels gets what the quote says. */
  private static Function<Ancillary, Money> refunds(
      Details details, OrderCommand command, List<OrderEvent> facts) {
    var isWhole = facts.stream().anyMatch(ServiceLossRules::isWhole);
    if (command instanceof OrderCommand.Cancel cancel) {
      return service ->
          details
              .sales()
              .document(service.id())
              .flatMap(cancel.quote()::refundable)
              .orElseGet(() -> refund(details, service, isWhole));
    }
    return service -> refund(details, service, isWhole);
  }

  /** A passenger sits elsewhere, and did not choose it: what he paid for his seat goes back. */
  static List<OrderEvent> moved(RecordSeat moved, Known state) {
    var details = state.details();
    var lost =
        moved.isChosen()
            ? List.<Ancillary>of()
            : details.sales().live().stream()
                .filter(s -> s.kind() == ServiceKind.SEAT)
                .filter(s -> s.isFor(moved.passenger(), moved.flight()))
                .filter(s -> !Objects.equals(s.seat(), moved.seat()))
                .toList();
    return givenUp(details, cause(lost), lost, Ancillary::price, moved.at());
  }

  private static List<OrderEvent> underWay(ServiceSale sale, Known after, Instant at) {
    if (hasEnded(after)) {
      return List.of(
          ServiceRules.abandoned(sale, after, null, "the order is " + after.status(), at));
    }
    if (after.details().tickets().isEmpty()) {
      var left =
          sale.wanted().stream().filter(s -> !flies(after, s.passenger(), s.flight())).toList();
      return left.isEmpty()
          ? List.of()
          : List.of(
              new OrderEvent.ServicesGivenUp(
                  after.details().placed().order(),
                  cause(left),
                  left,
                  after.details().zero(),
                  after.details().zero(),
                  at)); // nothing was paid
    }
    return sale.wanted().stream().anyMatch(s -> isGone(after, s))
        ? List.of(ServiceRules.abandoned(sale, after, null, "not flown any more", at))
        : List.of();
  }

  private static boolean hasEnded(Known state) {
    return state instanceof Expired
        || state instanceof Failed
        || state instanceof Cancelled
        || state instanceof Rejected;
  }

  private static boolean flies(Known state, PassengerId passenger, FlightId flight) {
    return state.details().itinerary().of(passenger).stream()
        .anyMatch(segment -> segment.flight().equals(flight));
  }

  /**
   * What was paid with the order for services that it does not get goes back, once it has its
   * tickets.
   */
  static Details notDelivered(Details details) {
    var sale = details.sales().withOrder();
    var tender = Optional.ofNullable(details.tender()).filter(PointsTender::isTaken);
    var paid =
        tender
            .flatMap(points -> details.payment(points.card()))
            .filter(card -> card.status() == PaymentStatus.CAPTURED)
            .or(() -> details.account().payment(PaymentStatus.CAPTURED));
    if (sale.isEmpty()
        || sale.get().status() == ServiceSale.Status.ISSUED
        || details.tickets().isEmpty()
        || paid.isEmpty()) {
      return details;
    }
    var lost =
        paid.get()
            .amount()
            .plus(tender.map(PointsTender::worth).orElse(details.zero()))
            .minus(details.price().total())
            .minus(details.sales().dueWithOrder(details.zero().getCurrencyUnit()));
    return details.with(
        details.account().notDelivered(paid.get(), cause(sale.get().ordered().services()), lost));
  }

  /** Whether its flight is not flown by its passenger, and was not. */
  private static boolean isGone(Known state, Ancillary service) {
    return state
        .details()
        .ticket(service.passenger(), service.flight())
        .map(ticket -> ticket.status(service.flight()))
        .filter(status -> status == CouponStatus.F || !status.isFinal())
        .isEmpty();
  }

  /** One key for the same services, so that the same decision has the same. */
  private static UUID cause(List<Ancillary> services) {
    return UUID.nameUUIDFromBytes(
        services.stream().map(Ancillary::id).toList().toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Whether it was the airline's doing, or is as if never sold. */
  private static boolean isWhole(OrderEvent fact) {
    return switch (fact) {
      case OrderEvent.CouponsVoided _,
          OrderEvent.TicketsReissued _,
          OrderEvent.AirlineChangeOpened _,
          OrderEvent.AirlineChangeDeclined _,
          OrderEvent.AirlineChangeLapsed _ ->
          true;
      case OrderEvent.CancellationConfirmed whole ->
          whole.cause() == CancellationCause.FLIGHT_CANCELLED;
      case OrderEvent.PartCancelled part -> part.cause() == CancellationCause.FLIGHT_CANCELLED;
      default -> false;
    };
  }
}
