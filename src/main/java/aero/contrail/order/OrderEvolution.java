package aero.contrail.order;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PaymentId;
import aero.contrail.order.OrderState.BoardingPass;
import aero.contrail.order.OrderState.Cancelled;
import aero.contrail.order.OrderState.Completed;
import aero.contrail.order.OrderState.Confirming;
import aero.contrail.order.OrderState.Expired;
import aero.contrail.order.OrderState.Failed;
import aero.contrail.order.OrderState.FlownEarly;
import aero.contrail.order.OrderState.Held;
import aero.contrail.order.OrderState.IssuedTicket;
import aero.contrail.order.OrderState.Known;
import aero.contrail.order.OrderState.Payment;
import aero.contrail.order.OrderState.PaymentStatus;
import aero.contrail.order.OrderState.Placed;
import aero.contrail.order.OrderState.Refund;
import aero.contrail.order.OrderState.RefundStatus;
import aero.contrail.order.OrderState.Rejected;
import aero.contrail.order.OrderState.Ticketed;
import aero.contrail.order.OrderState.Unknown;
import aero.contrail.order.OrderState.Waitlisted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.joda.money.Money;

/** Folds facts into the state of an order. Never refuses: what happened, happened. */
final class OrderEvolution {

  static final OrderState INITIAL = new Unknown();

  private OrderEvolution() {}

  static OrderState evolve(OrderState state, OrderEvent event) {
    return switch (state) {
      case Unknown _ ->
          event instanceof OrderEvent.Placed placed ? placed(placed) : impossible(event);
      case Known known -> evolve(known, event);
    };
  }

  static Known evolve(Known state, List<OrderEvent> events) {
    var folded = state;
    for (var event : events) {
      folded = evolve(folded, event);
    }
    return folded;
  }

  private static OrderState impossible(OrderEvent event) {
    throw new IllegalStateException("the stream of an order begins with " + event);
  }

  static Known placed(OrderEvent.Placed placed) {
    var prepayment = placed.prepayment();
    var payments =
        prepayment == null
            ? List.<Payment>of()
            : List.of(
                new Payment(prepayment, placed.terms().price().total(), PaymentStatus.PENDING));
    return new Placed(
        new Details(
            placed,
            null,
            placed.terms().payBy(),
            payments,
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }

  private static Known evolve(Known state, OrderEvent event) {
    var details = state.details();
    return switch (event) {
      case OrderEvent.Placed placed -> placed(placed);
      case OrderEvent.Rejected(_, var refusal, _) -> new Rejected(details, refusal);
      case OrderEvent.Held(_, var locator, var payBy, _) -> {
        var held = details.held(locator, payBy);
        yield state instanceof Placed ? held(held) : state.with(held);
      }
      case OrderEvent.Waitlisted(_, var until, _) -> new Waitlisted(details.held(null, until));
      case OrderEvent.WaitlistCleared(_, var choice, var locator, var payBy, _) ->
          new Held(details.chosen(choice).held(locator, payBy), false);
      case OrderEvent.PaymentRequested(_, var id, var amount, _) -> {
        var payments = new ArrayList<>(details.payments());
        payments.add(new Payment(id, amount, PaymentStatus.PENDING));
        yield state.with(details.withPayments(payments));
      }
      case OrderEvent.PaymentAuthorized(_, var id, _, _) -> {
        var authorized = payment(details, id, PaymentStatus.AUTHORIZED);
        yield state instanceof Held
            ? new Confirming(authorized, id, false)
            : state.with(authorized);
      }
      case OrderEvent.PaymentDeclined(_, var id, _, _) ->
          state.with(payment(details, id, PaymentStatus.DECLINED));
      case OrderEvent.PaymentTimeLimitExtended(_, var payBy, _) ->
          new Held(details.held(details.locator(), payBy), true);
      case OrderEvent.Expired _ -> new Expired(details);
      case OrderEvent.LatePaymentReceived late ->
          new Confirming(
              payment(details, late.payment(), PaymentStatus.AUTHORIZED), late.payment(), true);
      case OrderEvent.Failed(_, var reason, _) -> new Failed(details, reason);
      case OrderEvent.PaymentCaptured(_, var id, _, _) ->
          state.with(payment(details, id, PaymentStatus.CAPTURED));
      case OrderEvent.PaymentVoided(_, var id, _, _) ->
          state.with(payment(details, id, PaymentStatus.VOIDED));
      case OrderEvent.Ticketed ticketed -> new Ticketed(details.withTickets(issued(ticketed)));
      case OrderEvent.CancellationConfirmed confirmed -> cancelled(details, confirmed);
      case OrderEvent.CouponsVoided(_, var coupons, _) ->
          state.with(coupons(details, coupons, CouponStatus.V));
      case OrderEvent.CouponsRefunded(_, var coupons, _) ->
          state.with(coupons(details, coupons, CouponStatus.R));
      case OrderEvent.RefundIssued(_, var id, var amount, _) ->
          state.with(refund(details, id, amount, RefundStatus.DONE));
      case OrderEvent.RefundFailed(_, var id, var amount, _, _) ->
          state.with(refund(details, id, amount, RefundStatus.FAILED));
      case OrderEvent.FlownAwaitingTicket(_, var flight, var passengers, _) -> {
        var flown = new ArrayList<>(details.flownEarly());
        flown.add(new FlownEarly(flight, passengers));
        yield state.with(details.withFlownEarly(flown));
      }
      case OrderEvent.CouponsFlown(var order, var flight, var numbers, _) ->
          state.with(
              coupons(
                  details,
                  numbers.stream().map(n -> new OrderEvent.CouponRef(n, flight)).toList(),
                  CouponStatus.F));
      case OrderEvent.CouponStatusChanged(_, var coupon, _, var to, _) ->
          state.with(coupons(details, List.of(coupon), to));
      case OrderEvent.BoardingPassIssued(_, var coupon, var seat, var sequence, _) -> {
        var passes = new ArrayList<>(details.boardingPasses());
        passes.removeIf(pass -> pass.coupon().equals(coupon));
        passes.add(new BoardingPass(coupon, seat, sequence));
        yield state.with(details.withBoardingPasses(passes));
      }
      case OrderEvent.Completed _ -> new Completed(details);
    };
  }

  /** The card may have been authorised while space was looked for. */
  private static Known held(Details details) {
    return details
        .payment(PaymentStatus.AUTHORIZED)
        .<Known>map(payment -> new Confirming(details, payment.id(), false))
        .orElseGet(() -> new Held(details, false));
  }

  private static List<IssuedTicket> issued(OrderEvent.Ticketed ticketed) {
    return ticketed.tickets().stream()
        .map(
            ticket ->
                new IssuedTicket(
                    ticket,
                    ticketed.at(),
                    Collections.nCopies(ticket.coupons().size(), CouponStatus.O)))
        .toList();
  }

  private static Known cancelled(Details details, OrderEvent.CancellationConfirmed confirmed) {
    var captured = details.payment(PaymentStatus.CAPTURED);
    return new Cancelled(
        captured.isPresent() && confirmed.refund().isPositive()
            ? refund(details, captured.get().id(), confirmed.refund(), RefundStatus.DUE)
            : details,
        confirmed);
  }

  private static Details payment(Details details, PaymentId id, PaymentStatus status) {
    return details.withPayments(
        details.payments().stream()
            .map(p -> p.id().equals(id) ? new Payment(id, p.amount(), status) : p)
            .toList());
  }

  private static Details refund(Details details, PaymentId id, Money amount, RefundStatus status) {
    var refunds = new ArrayList<>(details.refunds());
    refunds.removeIf(refund -> refund.payment().equals(id));
    refunds.add(new Refund(id, amount, status));
    return details.withRefunds(refunds);
  }

  private static Details coupons(
      Details details, List<OrderEvent.CouponRef> coupons, CouponStatus status) {
    var tickets = new ArrayList<>(details.tickets());
    for (var coupon : coupons) {
      tickets.replaceAll(
          ticket ->
              ticket.number().equals(coupon.ticket())
                  ? ticket.with(coupon.flight(), status)
                  : ticket);
    }
    return details.withTickets(tickets);
  }
}
