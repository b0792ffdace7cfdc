package aero.contrail.order.model;

import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;
import static aero.contrail.order.model.OrderRefused.Reason.NOT_CHANGEABLE;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.ChangeEnd;
import aero.contrail.events.OrderEvent.ChangeQuoted;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.Traveller;
import aero.contrail.order.amendment.VoluntaryChange;
import aero.contrail.order.amendment.VoluntaryChange.Status;
import aero.contrail.order.model.OrderCommand.ConfirmChange;
import aero.contrail.order.model.OrderCommand.OfChange;
import aero.contrail.order.model.OrderCommand.QuoteChange;
import aero.contrail.order.model.OrderCommand.RecordChangeHold;
import aero.contrail.order.model.OrderCommand.RecordChangeLapse;
import aero.contrail.order.model.OrderCommand.RecordChangeLoss;
import aero.contrail.order.model.OrderCommand.RecordChangeOfSpace;
import aero.contrail.order.model.OrderCommand.RecordChangeOfSpaceRefusal;
import aero.contrail.order.model.OrderCommand.RecordChangeRefusal;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.Ticketed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an order when its customer wants other flights. New space is held before anything
 * is given up; what it costs is taken before the space is moved; documents follow the space. So
 * whatever fails on the way leaves the order as it was, and gives the money back.
 */
final class ChangeRules {

  private ChangeRules() {}

  static List<OrderEvent> decide(OfChange command, Known state) {
    return switch (command) {
      case QuoteChange quote -> quote(quote, state);
      case ConfirmChange confirm -> confirm(confirm, state);
      case RecordChangeHold(var id, var at) ->
          when(
              state,
              id,
              VoluntaryChange::isRequested,
              _ -> new OrderEvent.ChangeHeld(order(state), id, at));
      case RecordChangeRefusal(var id, var refusal, var at) ->
          when(
              state,
              id,
              VoluntaryChange::isRequested,
              _ -> new OrderEvent.ChangeRefused(order(state), id, refusal, at));
      case RecordChangeOfSpace moved -> ExchangeRules.exchange(moved, state);
      case RecordChangeOfSpaceRefusal(var id, var refusal, var at) ->
          when(
              state,
              id,
              change -> change.status() == Status.CONFIRMING,
              _ -> withoutSpace(state, id, refusal, at));
      case RecordChangeLoss(var id, var refusal, var at) ->
          when(state, id, VoluntaryChange::isOpen, _ -> withoutSpace(state, id, refusal, at));
      case RecordChangeLapse(var id, var at) ->
          when(
              state,
              id,
              change -> change.isOpen() || change.status() == Status.PAYING,
              change -> ended(state, change, ChangeEnd.LAPSED, null, at));
    };
  }

  /** A fact about a change, as long as it is news. */
  private static List<OrderEvent> when(
      Known state,
      UUID change,
      Predicate<VoluntaryChange> isNews,
      Function<VoluntaryChange, OrderEvent> fact) {
    return state.details().change(change).filter(isNews).map(fact).stream().toList();
  }

  private static OrderEvent withoutSpace(
      Known state, UUID change, SpaceRefusal refusal, Instant at) {
    return new OrderEvent.ChangeAbandoned(
        order(state), change, ChangeEnd.FAILED, refusal, null, at);
  }

  static OrderId order(Known state) {
    return state.details().placed().order();
  }

  private static List<OrderEvent> quote(QuoteChange quote, Known state) {
    var details = state.details();
    if (details.change(quote.change()).isPresent()) {
      return List.of();
    }
    if (!(state instanceof Ticketed)) {
      throw new OrderRefused(ILLEGAL_STATE, "The order is " + state.status() + ".");
    }
    requireNoneUnderWay(details);
    var given = given(details, quote.parts(), quote.at());
    for (var traveller : quote.travellers()) {
      requireChangeable(details, Quotes.coupons(details, given, traveller.id()));
    }
    var facts = new ArrayList<>(abandoned(state, ChangeEnd.SUPERSEDED, quote.at()));
    facts.add(
        new ChangeQuoted(
            order(state),
            quote.change(),
            quote.parts(),
            quote.travellers(),
            quote.added(),
            quote.price(),
            quote.conditions(),
            ChangeQuotes.cost(details, given, quote.travellers(), quote.price()),
            quote.expiresAt(),
            quote.at()));
    return facts;
  }

  private static void requireChangeable(Details details, List<CouponRef> given) {
    if (!ChangeQuotes.conditions(details, given).changeable()
        && !given.stream().allMatch(coupon -> Quotes.isAsked(details, coupon))) {
      throw new OrderRefused(
          NOT_CHANGEABLE, "The fare cannot be changed: cancel what is not wanted, buy anew.");
    }
  }

  /** The coupons that are given up. */
  private static List<CouponRef> given(Details details, List<Part> parts, Instant at) {
    obstacle(details, parts, at)
        .ifPresent(
            obstacle -> {
              throw new OrderRefused(ILLEGAL_STATE, obstacle);
            });
    return details.openCoupons(parts);
  }

  /**
   * Why parts cannot be given up: all that is to be changed has to be unused, and ahead, if it was
   * not missed.
   */
  private static Optional<String> obstacle(Details details, List<Part> parts, Instant at) {
    var given = details.openCoupons(parts);
    if (given.stream().anyMatch(details::isAtAirport)) {
      return Optional.of(CancellationRules.AT_AIRPORT);
    }
    var passengers = parts.stream().mapToInt(part -> part.passengers().size()).sum();
    var isUnused =
        given.stream()
            .map(coupon -> status(details, coupon))
            .allMatch(s -> s == CouponStatus.O || s == CouponStatus.A || s == CouponStatus.S);
    var ahead =
        given.stream()
            .filter(coupon -> status(details, coupon) != CouponStatus.S)
            .map(CouponRef::flight)
            .toList();
    var hasLeft =
        details.itinerary().active().stream()
            .filter(segment -> ahead.contains(segment.flight()))
            .anyMatch(segment -> !segment.departure().isAfter(at));
    return given.size() == passengers && isUnused && !hasLeft
        ? Optional.empty()
        : Optional.of("Not all of it can be flown any more: read the order, and ask again.");
  }

  private static @Nullable CouponStatus status(Details details, CouponRef coupon) {
    return details.tickets().stream()
        .filter(ticket -> ticket.number().equals(coupon.ticket()))
        .findFirst()
        .map(ticket -> ticket.status(coupon.flight()))
        .orElse(null);
  }

  /** Nothing is changed while something else is. */
  static void requireNoneUnderWay(Details details) {
    if (details.changeUnderWay().isPresent()) {
      throw new OrderRefused(ILLEGAL_STATE, "A change is being confirmed: wait for its outcome.");
    }
  }

  /** Gives up the changes that were quoted and not confirmed. */
  static List<OrderEvent> abandoned(Known state, ChangeEnd cause, Instant at) {
    return state.details().changes().stream()
        .filter(VoluntaryChange::isOpen)
        .map(change -> ended(state, change, cause, null, at))
        .toList();
  }

  /** Gives up those that would change what passengers have lost, or have answered for. */
  static List<OrderEvent> touched(
      Known state, Collection<FlightId> flights, Collection<PassengerId> passengers, Instant at) {
    return state.details().changes().stream()
        .filter(VoluntaryChange::isOpen)
        .filter(
            change ->
                change.quoted().parts().stream()
                    .anyMatch(
                        part ->
                            flights.contains(part.flight())
                                && !Collections.disjoint(part.passengers(), passengers)))
        .map(change -> ended(state, change, ChangeEnd.WITHDRAWN, null, at))
        .toList();
  }

  /** Gives up those whose time is over. */
  static List<OrderEvent> lapsed(Known state, Instant at) {
    return state.details().changes().stream()
        .filter(change -> change.isOpen() && !change.quoted().expiresAt().isAfter(at))
        .map(change -> ended(state, change, ChangeEnd.LAPSED, null, at))
        .toList();
  }

  /**
   * A flight that a change is to add has other times: its quote is worth nothing. Of one whose
   * space is being moved it has to be told again, when it is known whether it was.
   */
  static List<OrderEvent> retimed(Known state, FlightId flight, Leg leg, Instant at) {
    var concerned =
        state.details().changes().stream()
            .filter(change -> change.isOpen() || change.isUnderWay())
            .filter(
                change ->
                    change.quoted().added().stream()
                        .anyMatch(s -> s.flight().equals(flight) && !s.leg().equals(leg)))
            .toList();
    if (concerned.stream().anyMatch(change -> change.status() == Status.CONFIRMING)) {
      throw new OrderRefused(ILLEGAL_STATE, "Space on " + flight + " is being moved.");
    }
    return concerned.stream()
        .filter(VoluntaryChange::isOpen)
        .map(change -> ended(state, change, ChangeEnd.FAILED, flight + ": other times", at))
        .toList();
  }

  private static OrderEvent ended(
      Known state, VoluntaryChange change, ChangeEnd cause, @Nullable String reason, Instant at) {
    return new OrderEvent.ChangeAbandoned(order(state), change.id(), cause, null, reason, at);
  }

  private static List<OrderEvent> failed(
      Known state, VoluntaryChange change, String reason, Instant at) {
    return List.of(ended(state, change, ChangeEnd.FAILED, reason, at));
  }

  private static List<OrderEvent> confirm(ConfirmChange confirm, Known state) {
    var details = state.details();
    var change = details.change(confirm.change()).orElseThrow();
    if (!(state instanceof Ticketed) || change.status() != Status.QUOTED) {
      throw new OrderRefused(
          ILLEGAL_STATE,
          "The change is %s, the order %s.".formatted(change.status(), state.status()));
    }
    var quoted = change.quoted();
    var _ = given(details, quoted.parts(), confirm.at());
    var passengers = quoted.travellers().stream().map(Traveller::id).toList();
    if (Rerouting.objection(details, quoted.parts(), passengers, quoted.added()).isPresent()) {
      throw new OrderRefused(
          ILLEGAL_STATE, "It does not fit any more what else is flown: ask for another quote.");
    }
    var due = change.quoted().cost().addCollect();
    var payment = confirm.payment();
    if (due.isPositive() && payment == null) {
      throw new OrderRefused(ILLEGAL_STATE, "It costs %s: say how it is paid.".formatted(due));
    }
    return payment == null
        ? List.of(confirmed(state, change, confirm.at()))
        : List.of(
            new OrderEvent.ChangePaymentRequested(
                order(state), change.id(), payment, due, confirm.at()));
  }

  private static OrderEvent confirmed(Known state, VoluntaryChange change, Instant at) {
    var quoted = change.quoted();
    var missed = NoShowRules.missed(state.details(), quoted.parts());
    var parts = NoShowRules.without(quoted.parts(), missed);
    return new OrderEvent.ChangeConfirmed(
        order(state), quoted.change(), parts, missed, quoted.added(), at);
  }

  /** The money for a change is there, if it was for one. */
  static List<OrderEvent> paid(PaymentId payment, Known state, Instant at) {
    return paying(payment, state)
        .map(
            change ->
                obstacle(state.details(), change.quoted().parts(), at)
                    .map(obstacle -> failed(state, change, obstacle, at))
                    .orElseGet(() -> List.of(confirmed(state, change, at))))
        .orElse(List.of());
  }

  /** The money for a change cannot be had, if it was for one. */
  static List<OrderEvent> unpaid(PaymentId payment, Known state, String reason, Instant at) {
    return paying(payment, state)
        .map(change -> failed(state, change, reason, at))
        .orElse(List.of());
  }

  private static Optional<VoluntaryChange> paying(PaymentId payment, Known state) {
    return state.details().changes().stream()
        .filter(change -> change.status() == Status.PAYING)
        .filter(change -> payment.equals(change.payment()))
        .findFirst();
  }
}
