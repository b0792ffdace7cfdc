package aero.contrail.order.model;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PaymentId;
import aero.contrail.order.amendment.AirlineChange;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.amendment.VoluntaryChange;
import aero.contrail.order.itinerary.Itinerary;
import aero.contrail.order.itinerary.ItinerarySegment.Standing;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Folds facts into the state of an order. Never refuses: what happened, happened. */
public final class OrderEvolution {

  public static final OrderState INITIAL = new Unknown();

  private OrderEvolution() {}

  public static OrderState evolve(OrderState state, OrderEvent event) {
    return switch (state) {
      case Unknown _ -> begun(event);
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

  private static Known begun(OrderEvent first) {
    if (first instanceof OrderEvent.SplitOff off) {
      return new Ticketed(SplitRules.splitOff(off));
    }
    if (first instanceof OrderEvent.Placed placed) {
      return placed(placed);
    }
    throw new IllegalStateException("the stream of an order begins with " + first);
  }

  /** What an order is that begins with some facts. */
  public static Known beginning(List<OrderEvent> facts) {
    return evolve(begun(facts.getFirst()), facts.subList(1, facts.size()));
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
      case OrderEvent.PaymentRequested(_, var id, var amount, _) ->
          state.with(details.with(details.account().asked(id, amount)));
      case OrderEvent.PaymentAuthorized(_, var id, _, _) -> {
        var authorized = payment(details, id, PaymentStatus.AUTHORIZED);
        yield state instanceof Held
            ? new Confirming(authorized, id, false)
            : state.with(authorized);
      }
      case OrderEvent.AboutPoints points -> state.with(PointsRules.after(details, points));
      case OrderEvent.PaymentActionRequired(_, var id, _) ->
          state.with(payment(details, id, PaymentStatus.ACTION_REQUIRED));
      case OrderEvent.PaymentDeclined(_, var id, _, _) ->
          state.with(declined(payment(details, id, PaymentStatus.DECLINED), id));
      case OrderEvent.PaymentTimeLimitExtended(_, var payBy, _) ->
          new Held(details.held(details.locator(), payBy), true);
      case OrderEvent.Expired _ -> new Expired(details);
      case OrderEvent.LatePaymentReceived late ->
          new Confirming(
              payment(details, late.payment(), PaymentStatus.AUTHORIZED), late.payment(), true);
      case OrderEvent.Failed(_, var reason, _) -> new Failed(details, reason);
      case OrderEvent.PaymentCaptured(_, var id, _, _) ->
          state.with(paidBack(payment(details, id, PaymentStatus.CAPTURED)));
      case OrderEvent.PaymentVoided(_, var id, _, _) ->
          state.with(payment(details, id, PaymentStatus.VOIDED));
      case OrderEvent.Ticketed ticketed -> new Ticketed(ticketed(details, ticketed));
      case OrderEvent.CancellationConfirmed confirmed -> cancelled(details, confirmed);
      case OrderEvent.PartCancelled part -> state.with(partCancelled(details, part));
      case OrderEvent.SplitRequested requested ->
          state.with(details.with(details.amendments().with(requested)));
      case OrderEvent.Split split -> state.with(SplitRules.split(split, details));
      case OrderEvent.SplitOff off -> begun(off);
      case OrderEvent.AirlineChangeOpened opened -> state.with(changed(details, opened));
      case OrderEvent.AirlineChangeAccepted(_, var change, _) ->
          state.with(answered(details, change, AirlineChange.Status.ACCEPTED));
      case OrderEvent.AirlineChangeDeclined(_, var change, _) ->
          state.with(answered(details, change, AirlineChange.Status.DECLINED));
      case OrderEvent.AirlineChangeLapsed(_, var change, _) ->
          state.with(answered(details, change, AirlineChange.Status.LAPSED));
      case OrderEvent.TicketsReissued reissued ->
          state.with(ExchangeRules.reissued(details, reissued));
      case OrderEvent.ChangeQuoted quoted -> state.with(quoted(details, quoted));
      case OrderEvent.ChangeHeld(_, var id, _) ->
          state.with(change(details, id, change -> change.in(VoluntaryChange.Status.QUOTED)));
      case OrderEvent.ChangeRefused(_, var id, var refusal, _) ->
          state.with(change(details, id, change -> change.refused(refusal)));
      case OrderEvent.ChangePaymentRequested(_, var id, var payment, var amount, _) ->
          state.with(
              change(
                  details.with(details.account().asked(payment, amount)),
                  id,
                  change -> change.paying(payment)));
      case OrderEvent.ChangeConfirmed(_, var id, _, _, _, _) ->
          state.with(change(details, id, change -> change.in(VoluntaryChange.Status.CONFIRMING)));
      case OrderEvent.ChangeAbandoned(_, var id, var cause, var refusal, var reason, _) ->
          state.with(paidBack(change(details, id, change -> change.ended(cause, refusal, reason))));
      case OrderEvent.CouponsExchanged exchanged ->
          state.with(ExchangeRules.exchanged(details, exchanged));
      case OrderEvent.AboutServices about -> state.with(services(details, about));
      case OrderEvent.CouponsVoided(_, var coupons, _) ->
          state.with(coupons(details, coupons, CouponStatus.V));
      case OrderEvent.CouponsRefunded(_, var coupons, _) ->
          state.with(coupons(details, coupons, CouponStatus.R));
      case OrderEvent.RefundIssued(_, var id, var payment, var amount, _) ->
          state.with(refund(details, new Refund(id, payment, amount, RefundStatus.DONE)));
      case OrderEvent.RefundFailed(_, var id, var payment, var amount, _, _) ->
          state.with(refund(details, new Refund(id, payment, amount, RefundStatus.FAILED)));
      case OrderEvent.RefundRetried(_, var id, var retry, _) ->
          state.with(details.with(details.account().retried(id, retry)));
      case OrderEvent.RefundSettled(_, var id, var how, _) ->
          state.with(details.with(details.account().settled(id, how)));
      case OrderEvent.FlownAwaitingTicket(_, var flight, var passengers, _) ->
          state.with(details.with(details.documents().with(new FlownEarly(flight, passengers))));
      case OrderEvent.CouponsFlown(var order, var flight, var numbers, _) ->
          state.with(
              coupons(
                  details,
                  numbers.stream().map(n -> new OrderEvent.CouponRef(n, flight)).toList(),
                  CouponStatus.F));
      case OrderEvent.CouponStatusChanged(_, var coupon, _, var to, _) ->
          state.with(coupons(details, List.of(coupon), to));
      case OrderEvent.BoardingPassIssued(_, var coupon, var seat, var sequence, _) ->
          state.with(
              details.with(details.documents().with(new BoardingPass(coupon, seat, sequence))));
      case OrderEvent.DetailsCorrected _, OrderEvent.PersonalDataErased _ -> state;
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

  private static Details ticketed(Details details, OrderEvent.Ticketed ticketed) {
    var issued =
        ticketed.tickets().stream()
            .map(t -> IssuedTicket.of(t, ticketed.at(), details.conditions(), false))
            .toList();
    return ServiceLossRules.notDelivered(details.with(details.documents().with(issued)));
  }

  private static Details quoted(Details details, OrderEvent.ChangeQuoted quoted) {
    var changes = new ArrayList<>(details.changes());
    changes.add(VoluntaryChange.of(quoted));
    return details.withChanges(changes);
  }

  private static Details change(Details details, UUID id, UnaryOperator<VoluntaryChange> what) {
    return details.change(id).map(change -> details.with(what.apply(change))).orElse(details);
  }

  private static Details services(Details details, OrderEvent.AboutServices fact) {
    var after = details.with(details.sales().after(fact));
    var account = details.account();
    return switch (fact) {
      case OrderEvent.ServicesOrdered(_, _, _, var payment, var amount, _) when payment != null ->
          after.with(account.asked(payment, amount));
      case OrderEvent.ServicesWanted wanted -> {
        var prepayment = details.placed().prepayment();
        yield prepayment == null ? after : after.with(account.with(prepayment, wanted.amount()));
      }
      case OrderEvent.ServicesGivenUp(_, var cause, _, var refund, _, _) ->
          after.with(account.refunding(refund, account.keys(cause)));
      case OrderEvent.ServicesAbandoned _ -> ServiceLossRules.notDelivered(paidBack(after));
      case OrderEvent.ServicesOrdered _,
          OrderEvent.ServicesReserved _,
          OrderEvent.ServicesIssued _ ->
          after;
    };
  }

  private static Details declined(Details details, PaymentId payment) {
    return details.changes().stream()
        .filter(change -> payment.equals(change.payment()))
        .filter(change -> change.status() == VoluntaryChange.Status.PAYING)
        .findFirst()
        .map(change -> details.with(change.declined()))
        .orElse(details);
  }

  /** What came in for changes and services of which nothing became goes back. */
  private static Details paidBack(Details details) {
    var useless =
        Stream.concat(
                details.changes().stream()
                    .filter(change -> !change.needsItsMoney())
                    .flatMap(change -> details.payment(change).stream()),
                details.sales().all().stream()
                    .filter(sale -> sale.status() == ServiceSale.Status.ABANDONED)
                    .flatMap(sale -> details.payment(sale).stream()))
            .filter(payment -> payment.status() == PaymentStatus.CAPTURED)
            .toList();
    var changed = details;
    for (var paid : useless) {
      changed =
          changed.with(
              changed
                  .account()
                  .givenBack(paid, PaymentInstruction.refundOfAllThatIsLeft(paid.id())));
    }
    return changed;
  }

  private static Known cancelled(Details details, OrderEvent.CancellationConfirmed confirmed) {
    return new Cancelled(
        details.with(
            details
                .account()
                .refunding(confirmed.refund(), PaymentInstruction::refundOfAllThatIsLeft)),
        confirmed);
  }

  private static Details partCancelled(Details details, OrderEvent.PartCancelled part) {
    var account = details.account();
    var smaller =
        details
            .with(
                account
                    .refunding(part.refund(), account.keys(part.cancellation()))
                    .kept(part.penalties()))
            .with(details.itinerary().without(part.parts(), Standing.after(part.cause())));
    return part.price() == null ? smaller : smaller.with(details.sale().with(part.price()));
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
    return before
        .without(gone, Standing.UNABLE)
        .with(opened.added(), opened.passengers(), Standing.CHANGED);
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
    return details.with(details.documents().in(coupons, status));
  }
}
