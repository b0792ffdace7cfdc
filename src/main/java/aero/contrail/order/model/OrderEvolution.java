package aero.contrail.order.model;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.CancellationCause;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PaymentId;
import aero.contrail.events.Ticket;
import aero.contrail.order.model.ItinerarySegment.Standing;
import aero.contrail.order.model.OrderState.BoardingPass;
import aero.contrail.order.model.OrderState.Cancelled;
import aero.contrail.order.model.OrderState.Completed;
import aero.contrail.order.model.OrderState.Confirming;
import aero.contrail.order.model.OrderState.Expired;
import aero.contrail.order.model.OrderState.Failed;
import aero.contrail.order.model.OrderState.FlownEarly;
import aero.contrail.order.model.OrderState.Held;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Placed;
import aero.contrail.order.model.OrderState.Refund;
import aero.contrail.order.model.OrderState.RefundStatus;
import aero.contrail.order.model.OrderState.Rejected;
import aero.contrail.order.model.OrderState.Ticketed;
import aero.contrail.order.model.OrderState.Unknown;
import aero.contrail.order.model.OrderState.Waitlisted;
import aero.contrail.order.payment.PaymentInstruction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.joda.money.Money;

/** Folds facts into the state of an order. Never refuses: what happened, happened. */
public final class OrderEvolution {

  public static final OrderState INITIAL = new Unknown();

  private OrderEvolution() {}

  public static OrderState evolve(OrderState state, OrderEvent event) {
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

  public static Known placed(OrderEvent.Placed placed) {
    var prepayment = placed.prepayment();
    var payments =
        prepayment == null
            ? List.<Payment>of()
            : List.of(
                new Payment(prepayment, placed.terms().price().total(), PaymentStatus.PENDING));
    return new Placed(Details.of(placed, payments));
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
        var payment = new Payment(id, amount, PaymentStatus.PENDING);
        yield state.with(details.with(details.account().with(payment)));
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
      case OrderEvent.Ticketed ticketed ->
          new Ticketed(details.withTickets(issued(ticketed.tickets(), ticketed.at())));
      case OrderEvent.CancellationConfirmed confirmed -> cancelled(details, confirmed);
      case OrderEvent.PartCancelled part -> state.with(partCancelled(details, part));
      case OrderEvent.AirlineChangeOpened opened -> state.with(changed(details, opened));
      case OrderEvent.AirlineChangeAccepted(_, var change, _) ->
          state.with(answered(details, change, AirlineChange.Status.ACCEPTED));
      case OrderEvent.AirlineChangeDeclined(_, var change, _) ->
          state.with(answered(details, change, AirlineChange.Status.DECLINED));
      case OrderEvent.AirlineChangeLapsed(_, var change, _) ->
          state.with(answered(details, change, AirlineChange.Status.LAPSED));
      case OrderEvent.TicketsReissued reissued -> {
        var tickets =
            new ArrayList<>(coupons(details, reissued.exchanged(), CouponStatus.E).tickets());
        tickets.addAll(issued(reissued.tickets(), reissued.at()));
        yield state.with(details.withTickets(tickets));
      }
      case OrderEvent.CouponsVoided(_, var coupons, _) ->
          state.with(coupons(details, coupons, CouponStatus.V));
      case OrderEvent.CouponsRefunded(_, var coupons, _) ->
          state.with(coupons(details, coupons, CouponStatus.R));
      case OrderEvent.RefundIssued(_, var id, var payment, var amount, _) ->
          state.with(refund(details, new Refund(id, payment, amount, RefundStatus.DONE)));
      case OrderEvent.RefundFailed(_, var id, var payment, var amount, _, _) ->
          state.with(refund(details, new Refund(id, payment, amount, RefundStatus.FAILED)));
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

  private static List<IssuedTicket> issued(List<Ticket> tickets, Instant at) {
    return tickets.stream()
        .map(
            ticket ->
                new IssuedTicket(
                    ticket, at, Collections.nCopies(ticket.coupons().size(), CouponStatus.O)))
        .toList();
  }

  private static Known cancelled(Details details, OrderEvent.CancellationConfirmed confirmed) {
    return new Cancelled(
        due(details, confirmed.refund(), PaymentInstruction::refundOfAllThatIsLeft), confirmed);
  }

  private static Details partCancelled(Details details, OrderEvent.PartCancelled part) {
    var paid = due(details, part.refund(), _ -> part.cancellation());
    var smaller =
        paid.with(paid.account().kept(part.penalties()))
            .with(details.itinerary().without(part.parts(), left(part.cause())));
    return part.price() == null ? smaller : smaller.with(part.price());
  }

  private static Standing left(CancellationCause cause) {
    return switch (cause) {
      case CUSTOMER -> Standing.CANCELLED;
      case FLIGHT_CANCELLED -> Standing.UNABLE;
    };
  }

  private static Details due(Details details, Money refund, Function<PaymentId, UUID> id) {
    return details
        .payment(PaymentStatus.CAPTURED)
        .filter(_ -> refund.isPositive())
        .map(
            payment ->
                refund(
                    details,
                    new Refund(id.apply(payment.id()), payment.id(), refund, RefundStatus.DUE)))
        .orElse(details);
  }

  /** What was offered instead of flights that are gone, too, is not offered any more. */
  private static Details changed(Details details, OrderEvent.AirlineChangeOpened opened) {
    var changes = new ArrayList<AirlineChange>();
    for (var before : details.airlineChanges()) {
      changes.add(
          before.isOpen()
                  && before.added().stream().anyMatch(s -> opened.removed().contains(s.flight()))
              ? before.in(AirlineChange.Status.SUPERSEDED)
              : before);
    }
    changes.add(AirlineChange.of(opened));
    return details.withAirlineChanges(changes).with(flown(details.itinerary(), opened));
  }

  private static Itinerary flown(Itinerary before, OrderEvent.AirlineChangeOpened opened) {
    if (opened.kind() == AirlineChangeKind.RETIMED) {
      return before.retimed(opened.added().getFirst());
    }
    var gone =
        opened.removed().stream().map(flight -> new Part(flight, opened.passengers())).toList();
    return before.without(gone, Standing.UNABLE).with(opened.added(), opened.passengers());
  }

  private static Details answered(Details details, UUID id, AirlineChange.Status status) {
    return details.withAirlineChanges(
        details.airlineChanges().stream()
            .map(change -> change.id().equals(id) ? change.in(status) : change)
            .toList());
  }

  private static Details payment(Details details, PaymentId id, PaymentStatus status) {
    return details.with(details.account().in(id, status));
  }

  private static Details refund(Details details, Refund refund) {
    return details.with(details.account().with(refund));
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
