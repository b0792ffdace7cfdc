package aero.contrail.order.model;

import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;

import aero.contrail.events.FlightId;
import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.ServiceDocument;
import aero.contrail.events.PaymentId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.amendment.ServiceSale.Status;
import aero.contrail.order.document.TicketRules;
import aero.contrail.order.model.OrderCommand.GiveUpServices;
import aero.contrail.order.model.OrderCommand.OfServices;
import aero.contrail.order.model.OrderCommand.OrderServices;
import aero.contrail.order.model.OrderCommand.RecordServices;
import aero.contrail.order.model.OrderCommand.RecordServicesRefusal;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.Ticketed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How bags, seats and the like are sold. The flights are asked while the card is asked; money is
 * taken when both have said yes; then documents are issued. What came with an order is paid for
 * with it. Pure functions, as all rules of an order.
 */
final class ServiceRules {

  private ServiceRules() {}

  static List<OrderEvent> decide(OfServices command, Known state) {
    return switch (command) {
      case OrderServices wanted -> order(wanted, state);
      case RecordServices(var id, var serial, var at) ->
          sale(state, id, Status.ORDERED)
              .map(sale -> reserved(sale, state, serial, at))
              .orElse(List.of());
      case RecordServicesRefusal(var id, var refusal, var at) ->
          sale(state, id, Status.ORDERED)
              .map(sale -> abandoned(sale, state, refusal, null, at))
              .stream()
              .toList();
      case GiveUpServices up -> giveUp(up, state);
    };
  }

  private static Optional<ServiceSale> sale(Known state, UUID id, Status status) {
    return state.details().sales().find(id).filter(sale -> sale.status() == status);
  }

  private static List<OrderEvent> order(OrderServices wanted, Known state) {
    var details = state.details();
    if (details.sales().find(wanted.sale()).isPresent()) {
      return List.of();
    }
    if (!(state instanceof Ticketed)) {
      throw new OrderRefused(ILLEGAL_STATE, "The order is " + state.status() + ".");
    }
    ChangeRules.requireNoneUnderWay(details);
    for (var service : wanted.services()) {
      if (!isUnused(details, service) || hasLeft(details, service.flight(), wanted.at())) {
        throw new OrderRefused(
            ILLEGAL_STATE,
            "%s cannot get anything for %s any more."
                .formatted(service.passenger(), service.flight()));
      }
      if (service.kind() == ServiceKind.SEAT && hasSeat(details, service)) {
        throw new OrderRefused(
            ILLEGAL_STATE,
            "%s has a seat on %s that was bought, or is being bought: give it up first."
                .formatted(service.passenger(), service.flight()));
      }
    }
    return List.of(
        new OrderEvent.ServicesOrdered(
            details.placed().order(),
            wanted.sale(),
            wanted.services(),
            wanted.payment(),
            wanted.amount(),
            wanted.at()));
  }

  private static boolean isUnused(Details details, Ancillary service) {
    return details
        .ticket(service.passenger(), service.flight())
        .map(ticket -> ticket.status(service.flight()))
        .filter(status -> status == CouponStatus.O || status == CouponStatus.A)
        .isPresent();
  }

  private static boolean hasLeft(Details details, FlightId flight, Instant at) {
    return details.itinerary().active().stream()
        .filter(segment -> segment.flight().equals(flight))
        .anyMatch(segment -> !segment.departure().isAfter(at));
  }

  private static boolean hasSeat(Details details, Ancillary wanted) {
    return details.sales().wanted().stream()
        .anyMatch(
            s -> s.kind() == ServiceKind.SEAT && s.isFor(wanted.passenger(), wanted.flight()));
  }

  private static List<OrderEvent> reserved(ServiceSale sale, Known state, long serial, Instant at) {
    var order = state.details().placed().order();
    var reserved = new OrderEvent.ServicesReserved(order, sale.id(), at);
    var isPaid =
        sale.isWithOrder()
            ? !state.details().tickets().isEmpty()
            : sale.ordered().payment() == null;
    return isPaid ? List.of(reserved, issued(sale, state, serial, at)) : List.of(reserved);
  }

  /** What came with the order, now that its flights have space. */
  static List<OrderEvent> order(Known state, Instant at) {
    return state.details().sales().withOrder().filter(s -> s.status() == Status.WANTED).stream()
        .<OrderEvent>map(
            sale ->
                new OrderEvent.ServicesOrdered(
                    sale.ordered().order(),
                    sale.id(),
                    sale.wanted(),
                    null,
                    state.details().sales().dueWithOrder(state.details().zero().getCurrencyUnit()),
                    at))
        .toList();
  }

  /** What came with the order, now that it has its tickets. */
  static List<OrderEvent> ticketed(Known state, long serial, Instant at) {
    return state.details().sales().withOrder().filter(s -> s.status() == Status.RESERVED).stream()
        .map(sale -> issued(sale, state, serial, at))
        .toList();
  }

  static OrderEvent abandoned(
      ServiceSale sale,
      Known state,
      @Nullable SpaceRefusal refusal,
      @Nullable String reason,
      Instant at) {
    return new OrderEvent.ServicesAbandoned(
        state.details().placed().order(),
        sale.id(),
        sale.ordered().services(),
        refusal,
        reason,
        at);
  }

  /** What is still being bought is not bought then, with all that was ordered with it. */
  private static List<OrderEvent> giveUp(GiveUpServices up, Known state) {
    var details = state.details();
    var underWay =
        details.sales().underWay().stream()
            .filter(sale -> !sale.isWithOrder())
            .filter(sale -> sale.wanted().stream().anyMatch(s -> up.services().contains(s.id())))
            .toList();
    if (!underWay.isEmpty()) {
      return underWay.stream()
          .map(sale -> abandoned(sale, state, null, "withdrawn", up.at()))
          .toList();
    }
    ChangeRules.requireNoneUnderWay(details);
    var given =
        details.sales().live().stream().filter(s -> up.services().contains(s.id())).toList();
    if (!(state instanceof Ticketed) || given.size() < up.services().size()) {
      throw new OrderRefused(
          ILLEGAL_STATE,
          "It was given up before, or cannot be any more: the order is " + state.status() + ".");
    }
    for (var service : given) {
      if (!isUnused(details, service) || hasLeft(details, service.flight(), up.at())) {
        throw new OrderRefused(
            ILLEGAL_STATE, "Its passenger is at the airport, or its flight has left.");
      }
    }
    return ServiceLossRules.givenUp(
        details,
        up.cause(),
        given,
        service -> ServiceLossRules.refund(details, service, up.voided()),
        up.at());
  }

  /** The money for services is there, if it was for some. */
  static List<OrderEvent> paid(PaymentId payment, Known state, long serial, Instant at) {
    return paying(payment, state)
        .map(
            sale ->
                state instanceof Ticketed && sale.status() == Status.RESERVED
                    ? issued(sale, state, serial, at)
                    : abandoned(sale, state, null, "the order is " + state.status(), at))
        .stream()
        .toList();
  }

  private static OrderEvent issued(ServiceSale sale, Known state, long serial, Instant at) {
    var documents = new ArrayList<ServiceDocument>();
    for (var service : sale.wanted()) {
      if (service.price().isPositive()) {
        documents.add(
            new ServiceDocument(
                TicketRules.number(service.flight(), serial + documents.size()), service.id()));
      }
    }
    return new OrderEvent.ServicesIssued(
        state.details().placed().order(), sale.id(), documents, at);
  }

  /** The money for services cannot be had, if it was for some. */
  static List<OrderEvent> unpaid(PaymentId payment, Known state, String reason, Instant at) {
    return paying(payment, state).map(sale -> abandoned(sale, state, null, reason, at)).stream()
        .toList();
  }

  private static Optional<ServiceSale> paying(PaymentId payment, Known state) {
    return state.details().sales().all().stream()
        .filter(ServiceSale::isUnderWay)
        .filter(sale -> payment.equals(sale.ordered().payment()))
        .findFirst();
  }
}
