package aero.contrail.order.model;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CancellationCause;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PassengerId;
import aero.contrail.order.itinerary.ItinerarySegment;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import aero.contrail.order.model.OrderState.Known;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.joda.money.Money;

/** What a fare leaves to who does not come. */
final class NoShowRules {

  private NoShowRules() {}

  /**
   * Where his fare says so, who does not come does not fly what comes after on the same document
   * either: its space is given back, its coupons are suspended, and keep what they are worth.
   */
  static List<OrderEvent> onward(RecordCoupon missed, Known state) {
    var details = state.details();
    if (details.amendments().split() != null) {
      return List.of(); // whose space it is, is being settled
    }
    return details
        .ticket(missed.passenger(), missed.flight())
        .filter(ticket -> ticket.conditions().losesOnward())
        .map(ticket -> onward(ticket, missed, details))
        .orElseGet(List::of);
  }

  private static List<OrderEvent> onward(
      IssuedTicket ticket, RecordCoupon missed, Details details) {
    var order = details.placed().order();
    var facts = new ArrayList<OrderEvent>();
    var parts = new ArrayList<Part>();
    var left = details.itinerary().active().stream().map(ItinerarySegment::flight).toList();
    for (var coupon : ticket.open()) {
      var isNext = left.indexOf(coupon.flight()) > left.indexOf(missed.flight());
      if (isNext && ticket.status(coupon.flight()) == CouponStatus.O) {
        parts.add(new Part(coupon.flight(), List.of(missed.passenger())));
        facts.add(
            new OrderEvent.CouponStatusChanged(
                order, coupon, CouponStatus.O, CouponStatus.S, missed.at()));
      }
    }
    if (!parts.isEmpty()) {
      facts.add(
          new OrderEvent.PartCancelled(
              order,
              cancellation(ticket, missed),
              CancellationCause.NO_SHOW,
              parts,
              details.zero(),
              List.of(),
              null,
              missed.at()));
    }
    return facts;
  }

  /** One for each coupon: told again it is the same. */
  private static UUID cancellation(IssuedTicket ticket, RecordCoupon missed) {
    var key = "no-show/%s/%s".formatted(ticket.number(), missed.flight());
    return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
  }

  /** What of parts has no space: their passengers did not come for it, or for one before. */
  static List<Part> missed(Details details, List<Part> parts) {
    return some(parts, (flight, passenger) -> isMissed(details, passenger, flight));
  }

  static List<Part> without(List<Part> parts, List<Part> others) {
    return some(
        parts,
        (flight, passenger) ->
            others.stream()
                .noneMatch(o -> o.flight().equals(flight) && o.passengers().contains(passenger)));
  }

  private static List<Part> some(List<Part> parts, BiPredicate<FlightId, PassengerId> which) {
    return parts.stream()
        .map(
            part ->
                new Part(
                    part.flight(),
                    part.passengers().stream().filter(p -> which.test(part.flight(), p)).toList()))
        .filter(part -> !part.passengers().isEmpty())
        .toList();
  }

  private static boolean isMissed(Details details, PassengerId passenger, FlightId flight) {
    return details
        .ticket(passenger, flight)
        .filter(ticket -> ticket.status(flight) == CouponStatus.S)
        .isPresent();
  }

  /** What giving up a document costs for that its passenger did not come for one of its flights. */
  static Money penalty(IssuedTicket ticket) {
    var penalty = ticket.conditions().noShowPenalty();
    return ticket.coupons().contains(CouponStatus.S)
        ? penalty
        : Money.zero(penalty.getCurrencyUnit());
  }
}
