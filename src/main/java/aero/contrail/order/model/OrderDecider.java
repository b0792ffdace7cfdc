package aero.contrail.order.model;

import static aero.contrail.order.model.OrderRefused.Reason.ALREADY_PAID;
import static aero.contrail.order.model.OrderRefused.Reason.EXPIRED;
import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;
import static aero.contrail.order.model.OrderRefused.Reason.WRONG_AMOUNT;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.PaymentId;
import aero.contrail.events.RecordLocator;
import aero.contrail.order.document.TicketRules;
import aero.contrail.order.itinerary.ItinerarySegment;
import aero.contrail.order.model.OrderCommand.AnswerAirlineChange;
import aero.contrail.order.model.OrderCommand.Cancel;
import aero.contrail.order.model.OrderCommand.CancelForFlight;
import aero.contrail.order.model.OrderCommand.Capture;
import aero.contrail.order.model.OrderCommand.Expire;
import aero.contrail.order.model.OrderCommand.LapseChanges;
import aero.contrail.order.model.OrderCommand.OfChange;
import aero.contrail.order.model.OrderCommand.OfPeople;
import aero.contrail.order.model.OrderCommand.OfServices;
import aero.contrail.order.model.OrderCommand.OpenAirlineChange;
import aero.contrail.order.model.OrderCommand.Place;
import aero.contrail.order.model.OrderCommand.RecordActionRequired;
import aero.contrail.order.model.OrderCommand.RecordAuthorization;
import aero.contrail.order.model.OrderCommand.RecordCapture;
import aero.contrail.order.model.OrderCommand.RecordCaptureRefusal;
import aero.contrail.order.model.OrderCommand.RecordCheckIn;
import aero.contrail.order.model.OrderCommand.RecordClearance;
import aero.contrail.order.model.OrderCommand.RecordConfirmationRefusal;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import aero.contrail.order.model.OrderCommand.RecordDecline;
import aero.contrail.order.model.OrderCommand.RecordFlown;
import aero.contrail.order.model.OrderCommand.RecordHold;
import aero.contrail.order.model.OrderCommand.RecordLapse;
import aero.contrail.order.model.OrderCommand.RecordPointsHeld;
import aero.contrail.order.model.OrderCommand.RecordPointsRefusal;
import aero.contrail.order.model.OrderCommand.RecordRefund;
import aero.contrail.order.model.OrderCommand.RecordRefundRefusal;
import aero.contrail.order.model.OrderCommand.RecordRefusal;
import aero.contrail.order.model.OrderCommand.RecordSeat;
import aero.contrail.order.model.OrderCommand.RecordVoid;
import aero.contrail.order.model.OrderCommand.RecordWaiting;
import aero.contrail.order.model.OrderCommand.RequestPayment;
import aero.contrail.order.model.OrderCommand.RetimeFlight;
import aero.contrail.order.model.OrderCommand.RetryRefund;
import aero.contrail.order.model.OrderCommand.SettleRefund;
import aero.contrail.order.model.OrderState.Cancelled;
import aero.contrail.order.model.OrderState.Completed;
import aero.contrail.order.model.OrderState.Confirming;
import aero.contrail.order.model.OrderState.Expired;
import aero.contrail.order.model.OrderState.Failed;
import aero.contrail.order.model.OrderState.Held;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Placed;
import aero.contrail.order.model.OrderState.Rejected;
import aero.contrail.order.model.OrderState.Ticketed;
import aero.contrail.order.model.OrderState.Unknown;
import aero.contrail.order.model.OrderState.Waitlisted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.joda.money.Money;

/** The rules of an order: pure functions of their arguments, no clock, no I/O, no Spring. */
public final class OrderDecider {

  /** What a declined payment leaves the customer to try again. */
  private static final Duration AFTER_DECLINE = Duration.ofMinutes(10);

  private OrderDecider() {}

  /**
   * Decides what a command does to an order.
   *
   * @return the facts to append, in order; empty when it had its effect already, or comes too late
   *     to have one
   * @throws OrderRefused when somebody asked for what the state forbids
   */
  public static List<OrderEvent> decide(OrderCommand command, OrderState state) {
    return switch (state) {
      case Unknown _ -> place(command);
      case Known known ->
          PointsRules.follow(
              known, ServiceLossRules.follow(known, command, decide(command, known)));
    };
  }

  private static List<OrderEvent> place(OrderCommand command) {
    if (!(command instanceof Place place)) {
      return List.of();
    }
    var placed =
        new OrderEvent.Placed(
            place.order(),
            place.channel(),
            place.segments(),
            place.travellers(),
            place.terms(),
            place.prepayment(),
            place.group(),
            place.waitlist(),
            place.at());
    var facts = new ArrayList<OrderEvent>(List.of(placed));
    if (!place.services().isEmpty()) {
      facts.add(
          new OrderEvent.ServicesWanted(
              place.order(),
              place.services(),
              place.services().stream()
                  .map(OrderEvent.Ancillary::price)
                  .reduce(Money::plus)
                  .orElseThrow(),
              place.at()));
    }
    if (place.points() != null && place.prepayment() != null) {
      facts.add(
          PointsRules.ask(
              place.points(),
              place.prepayment(),
              OrderEvolution.beginning(facts).details(),
              place.at()));
    }
    return facts;
  }

  private static List<OrderEvent> decide(OrderCommand command, Known state) {
    var order = state.details().placed().order();
    SplitRules.requireNone(command, state);
    return switch (command) {
      case Place _ -> List.of();
      case RecordHold(var locator, var at) ->
          state instanceof Placed || wasHeldTooLate(state) ? held(state, locator, at) : List.of();
      case RecordWaiting(var until, var at) ->
          state instanceof Placed
              ? List.of(new OrderEvent.Waitlisted(order, until, at))
              : List.of();
      case RecordClearance(var choice, var locator, var payBy, var at) ->
          state instanceof Placed || state instanceof Waitlisted
              ? List.of(new OrderEvent.WaitlistCleared(order, choice, locator, payBy, at))
              : List.of();
      case RecordRefusal(var refusal, var at) ->
          state instanceof Placed
              ? List.of(new OrderEvent.Rejected(order, refusal, at))
              : List.of();
      case RequestPayment request -> requestPayment(request, state);
      case RecordPointsHeld held -> PointsRules.held(held, state);
      case RecordPointsRefusal refusal -> PointsRules.refused(refusal, state);
      case RecordAuthorization authorization -> authorize(authorization, state);
      case RecordActionRequired(var payment, var at) ->
          state.details().payment(payment).stream()
                  .anyMatch(known -> known.status() == PaymentStatus.PENDING)
              ? List.of(new OrderEvent.PaymentActionRequired(order, payment, at))
              : List.of();
      case RecordDecline decline -> decline(decline, state);
      case RecordConfirmationRefusal(var refusal, var at) ->
          unconfirmed(state, "%s: %s".formatted(refusal.flight(), refusal.words()), at);
      case Capture _ -> List.of(); // asked of the provider; it has happened when he says so
      case RecordCapture capture -> capture(capture, state);
      case RecordCaptureRefusal refusal -> captureRefused(refusal, state);
      case RecordVoid(var payment, var amount, var at) ->
          state
                  .details()
                  .payment(payment)
                  .filter(p -> p.status() == PaymentStatus.AUTHORIZED)
                  .isPresent()
              ? List.of(new OrderEvent.PaymentVoided(order, payment, amount, at))
              : List.of();
      case RecordRefund(var refund, var payment, var amount, var at) ->
          refundIsOpen(state, refund, payment)
              ? List.of(new OrderEvent.RefundIssued(order, refund, payment, amount, at))
              : List.of();
      case RecordRefundRefusal(var refund, var payment, var amount, var reason, var at) ->
          refundIsOpen(state, refund, payment) || refundIsOnItsWay(state, refund)
              ? List.of(new OrderEvent.RefundFailed(order, refund, payment, amount, reason, at))
              : List.of();
      case RetryRefund(var refund, var retry, var at) -> {
        requireFailed(state, refund);
        yield List.of(new OrderEvent.RefundRetried(order, refund, retry, at));
      }
      case SettleRefund(var refund, var how, var at) -> {
        requireFailed(state, refund);
        yield List.of(new OrderEvent.RefundSettled(order, refund, how, at));
      }
      case Expire(var at) ->
          waitsForMoney(state) && !state.details().payBy().isAfter(at)
              ? List.of(new OrderEvent.Expired(order, at))
              : List.of();
      case RecordLapse(var at) ->
          waitsForMoney(state) ? List.of(new OrderEvent.Expired(order, at)) : List.of();
      case Cancel cancel -> CancellationRules.cancel(cancel, state);
      case CancelForFlight cancel -> CancellationRules.cancelForFlight(cancel, state);
      case OpenAirlineChange open -> AirlineChangeRules.open(open, state);
      case RetimeFlight retime -> AirlineChangeRules.retime(retime, state);
      case AnswerAirlineChange answer -> AirlineChangeRules.answer(answer, state);
      case LapseChanges lapse -> AirlineChangeRules.lapse(lapse, state);
      case OrderCommand.Split split -> SplitRules.request(split, state);
      case OrderCommand.RecordSplit split -> SplitRules.record(split, state);
      case OfChange change -> ChangeRules.decide(change, state);
      case RecordFlown flown -> CouponRules.flown(flown, state);
      case RecordCheckIn checkIn -> CouponRules.checkIn(checkIn, state);
      case RecordSeat seat ->
          Stream.concat(
                  CouponRules.seat(seat, state).stream(),
                  ServiceLossRules.moved(seat, state).stream())
              .toList();
      case RecordCoupon coupon -> CouponRules.status(coupon, state);
      case OfServices services -> ServiceRules.decide(services, state);
      case OfPeople people -> PersonalDataRules.decide(people, state);
    };
  }

  private static List<OrderEvent> held(Known state, RecordLocator locator, Instant at) {
    var facts = new ArrayList<OrderEvent>();
    facts.add(
        new OrderEvent.Held(
            state.details().placed().order(), locator, state.details().payBy(), at));
    facts.addAll(ServiceRules.order(state, at));
    return facts;
  }

  private static boolean waitsForMoney(Known state) {
    return (state instanceof Held || state instanceof Placed || state instanceof Waitlisted)
        && state.details().payment(PaymentStatus.AUTHORIZED).isEmpty();
  }

  /** The order expired while space was looked for; a late payment may still need the locator. */
  private static boolean wasHeldTooLate(Known state) {
    return (state instanceof Expired || state instanceof Confirming)
        && state.details().locator() == null;
  }

  private static List<OrderEvent> requestPayment(RequestPayment request, Known state) {
    return switch (state) {
      case Held(var details, _) -> {
        if (details.payment(request.payment()).isPresent()) {
          yield List.of();
        }
        if (details.undecidedPayment().isPresent()) {
          throw new OrderRefused(ALREADY_PAID, "A payment is under way.");
        }
        if (request.at().isAfter(details.payBy())) {
          throw new OrderRefused(EXPIRED, "It had to be paid by " + details.payBy() + ".");
        }
        if (!request.amount().equals(details.due())) {
          throw new OrderRefused(WRONG_AMOUNT, "The order costs " + details.due() + ".");
        }
        yield List.of(
            request.points() == null
                ? new OrderEvent.PaymentRequested(
                    details.placed().order(), request.payment(), request.amount(), request.at())
                : PointsRules.ask(request.points(), request.payment(), details, request.at()));
      }
      case Confirming _, Ticketed _, Completed _ ->
          throw new OrderRefused(ALREADY_PAID, "The order is paid.");
      case Expired _ -> throw new OrderRefused(EXPIRED, "The order has expired.");
      case Placed _, Waitlisted _, Rejected _, Failed _, Cancelled _ ->
          throw new OrderRefused(ILLEGAL_STATE, "The order is " + state.status() + ".");
    };
  }

  private static List<OrderEvent> authorize(RecordAuthorization authorization, Known state) {
    if (!isPending(authorization.payment(), state)) {
      return List.of();
    }
    var details = state.details();
    var order = details.placed().order();
    var at = authorization.at();
    var authorized =
        new OrderEvent.PaymentAuthorized(
            order, authorization.payment(), authorization.amount(), at);
    var needsPoints =
        details.tender() != null && details.tender().card().equals(authorization.payment());
    if (state instanceof Expired && needsPoints) {
      return List.of(authorized); // the points are gone: it is let go
    }
    var late =
        new OrderEvent.LatePaymentReceived(
            order,
            authorization.payment(),
            authorization.amount(),
            details.itinerary().active().stream().map(ItinerarySegment::segment).toList(),
            details.placed().travellers(),
            at);
    return switch (state) {
      case Held _ when at.isAfter(details.payBy()) ->
          List.of(new OrderEvent.Expired(order, at), needsPoints ? authorized : late);
      case Placed _ when at.isAfter(details.payBy()) ->
          List.of(new OrderEvent.Expired(order, at), needsPoints ? authorized : late);
      case Expired _ -> List.of(late);
      case Placed _,
          Waitlisted _,
          Held _,
          Confirming _,
          Ticketed _,
          Completed _,
          Rejected _,
          Failed _,
          Cancelled _ ->
          List.of(authorized);
    };
  }

  private static List<OrderEvent> decline(RecordDecline decline, Known state) {
    if (!isPending(decline.payment(), state)) {
      return List.of();
    }
    var details = state.details();
    var order = details.placed().order();
    var declined =
        new OrderEvent.PaymentDeclined(order, decline.payment(), decline.reason(), decline.at());
    if (!(state instanceof Held(_, var extended)) || extended) {
      var facts = new ArrayList<OrderEvent>(List.of(declined));
      facts.addAll(ServiceRules.unpaid(decline.payment(), state, "payment declined", decline.at()));
      return facts;
    }
    var payBy = earlier(decline.at().plus(AFTER_DECLINE), salesEnd(details, decline));
    return payBy.isAfter(details.payBy())
        ? List.of(declined, new OrderEvent.PaymentTimeLimitExtended(order, payBy, decline.at()))
        : List.of(declined);
  }

  private static Instant salesEnd(Details details, RecordDecline decline) {
    var departure = details.itinerary().active().getFirst().segment().leg().departure().toInstant();
    return departure.minus(decline.salesCutOff());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** There is no space, or no money, for an order that was to be ticketed. */
  private static List<OrderEvent> unconfirmed(Known state, String reason, Instant at) {
    var order = state.details().placed().order();
    return state instanceof Confirming(_, _, var late)
        ? List.of(
            late ? new OrderEvent.Expired(order, at) : new OrderEvent.Failed(order, reason, at))
        : List.of();
  }

  private static List<OrderEvent> capture(RecordCapture capture, Known state) {
    var details = state.details();
    // Even of a payment that was to be voided: the provider has the money, so it must go back.
    var expected =
        details.payment(capture.payment()).map(Payment::status).stream()
            .anyMatch(s -> s == PaymentStatus.AUTHORIZED || s == PaymentStatus.VOIDED);
    if (!expected) {
      return List.of();
    }
    var facts = new ArrayList<OrderEvent>();
    var order = details.placed().order();
    facts.add(
        new OrderEvent.PaymentCaptured(order, capture.payment(), capture.amount(), capture.at()));
    facts.addAll(ChangeRules.paid(capture.payment(), state, capture.at()));
    facts.addAll(ServiceRules.paid(capture.payment(), state, capture.serial(), capture.at()));
    if (state instanceof Confirming) {
      facts.addAll(PointsRules.take(details, capture.at()));
      var tickets =
          TicketRules.issue(
              details.placed().travellers(),
              details.price(),
              details.itinerary()::of,
              capture.serial());
      facts.add(new OrderEvent.Ticketed(order, details.placed().channel(), tickets, capture.at()));
      facts.addAll(ServiceRules.ticketed(state, capture.serial() + tickets.size(), capture.at()));
      for (var flown : details.documents().flownEarly()) {
        facts.addAll(
            CouponRules.flown(
                new RecordFlown(flown.flight(), flown.passengers(), capture.at()),
                OrderEvolution.evolve(state, facts)));
      }
    }
    return facts;
  }

  private static List<OrderEvent> captureRefused(RecordCaptureRefusal refusal, Known state) {
    var reason = "payment could not be captured: " + refusal.reason();
    return state instanceof Confirming
        ? unconfirmed(state, reason, refusal.at())
        : Stream.concat(
                ChangeRules.unpaid(refusal.payment(), state, reason, refusal.at()).stream(),
                ServiceRules.unpaid(refusal.payment(), state, reason, refusal.at()).stream())
            .toList();
  }

  private static boolean isPending(PaymentId payment, Known state) {
    return state.details().payment(payment).stream().anyMatch(Payment::isUndecided);
  }

  private static void requireFailed(Known state, UUID refund) {
    if (state.details().account().refund(refund).stream()
        .noneMatch(known -> known.status() == OrderState.RefundStatus.FAILED)) {
      throw new OrderRefused(ILLEGAL_STATE, "Only a refund that was refused can be settled.");
    }
  }

  /** The provider had taken it on, but the customer's bank did not. */
  private static boolean refundIsOnItsWay(Known state, UUID refund) {
    return state.details().account().refund(refund).stream()
        .anyMatch(known -> known.status() == OrderState.RefundStatus.DONE);
  }

  /** A refund is answered once; one that was never decided here is the return of stray money. */
  private static boolean refundIsOpen(Known state, UUID refund, PaymentId payment) {
    return state.details().payment(payment).stream()
            .anyMatch(known -> known.status() == PaymentStatus.CAPTURED)
        && state.details().account().refund(refund).stream()
            .allMatch(known -> known.status() == OrderState.RefundStatus.DUE);
  }
}
