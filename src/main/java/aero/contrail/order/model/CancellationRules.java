package aero.contrail.order.model;

import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CancellationCause;
import aero.contrail.events.OrderEvent.ChangeEnd;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PassengerType;
import aero.contrail.order.amendment.CancellationQuote;
import aero.contrail.order.itinerary.Itinerary;
import aero.contrail.order.itinerary.ItinerarySegment;
import aero.contrail.order.model.OrderCommand.Cancel;
import aero.contrail.order.model.OrderCommand.CancelForFlight;
import aero.contrail.order.model.OrderState.Cancelled;
import aero.contrail.order.model.OrderState.Completed;
import aero.contrail.order.model.OrderState.Confirming;
import aero.contrail.order.model.OrderState.Expired;
import aero.contrail.order.model.OrderState.Failed;
import aero.contrail.order.model.OrderState.Held;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.Placed;
import aero.contrail.order.model.OrderState.Rejected;
import aero.contrail.order.model.OrderState.Ticketed;
import aero.contrail.order.model.OrderState.Waitlisted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What ends an order, or a part of it, before it is flown. */
public final class CancellationRules {

  public static final String AT_AIRPORT =
      "Somebody is checked in: the airport has to offload him first.";

  private CancellationRules() {}

  /**
   * What of an order some passengers and flights are; null: all that is left.
   *
   * @param passengers none: all
   * @param flights none: all
   */
  public static @Nullable List<Part> parts(
      Known state, List<String> passengers, List<String> flights) {
    if (passengers.isEmpty() && flights.isEmpty()) {
      return null;
    }
    var parts =
        left(state.details()).stream()
            .filter(part -> flights.isEmpty() || flights.contains(part.flight().value()))
            .map(
                part ->
                    new Part(
                        part.flight(),
                        part.passengers().stream()
                            .filter(p -> passengers.isEmpty() || passengers.contains(p.value()))
                            .toList()))
            .filter(part -> !part.passengers().isEmpty())
            .toList();
    return isAllThatIsLeft(state.details(), parts) ? null : parts;
  }

  /** What can be given up: what is to be flown, and what cannot be and was paid for. */
  public static List<Part> left(Details details) {
    return details.tickets().isEmpty()
        ? details.itinerary().parts()
        : details.itinerary().segments().stream()
            .map(segment -> new Part(segment.flight(), details.open(segment)))
            .filter(part -> !part.passengers().isEmpty())
            .toList();
  }

  /** What was flown is not left. */
  private static boolean isAllThatIsLeft(Details details, List<Part> parts) {
    return details.tickets().isEmpty()
        ? parts.equals(details.itinerary().parts())
        : details.openCoupons(parts).size() == details.openCoupons().size();
  }

  /** Whether those who stay can fly: nobody below twelve without somebody grown up. */
  public static boolean leavesChildrenAlone(Details details, List<Part> parts) {
    return childrenAlone(
        details, details.itinerary().without(parts, ItinerarySegment.Standing.CANCELLED));
  }

  static boolean childrenAlone(Details details, Itinerary itinerary) {
    return itinerary.active().stream()
        .collect(
            Collectors.groupingBy(
                ItinerarySegment::flight,
                Collectors.flatMapping(
                    segment -> segment.passengers().stream().map(details::type),
                    Collectors.toList())))
        .values()
        .stream()
        .anyMatch(types -> areChildrenAlone(details, types));
  }

  /** Whether a part of an order that has adults has fewer of them than infants, or none. */
  static boolean areChildrenAlone(Details details, Collection<PassengerType> types) {
    return Collections.frequency(types, PassengerType.INFANT)
            > Collections.frequency(types, PassengerType.ADULT)
        || (!types.contains(PassengerType.ADULT) && isAccompanied(details));
  }

  private static boolean isAccompanied(Details details) {
    return details.placed().travellers().stream().anyMatch(t -> t.type() == PassengerType.ADULT);
  }

  /**
   * The facts of a customer who confirms a quote.
   *
   * @throws OrderRefused when the order cannot be cancelled now
   */
  public static List<OrderEvent> cancel(Cancel cancel, Known state) {
    var details = state.details();
    var parts = cancel.quote().parts();
    var given = parts == null ? details.openCoupons() : details.openCoupons(parts);
    return switch (state) {
      case Waitlisted _ when parts != null ->
          throw new OrderRefused(
              ILLEGAL_STATE, "The party waits as a whole: cancel the order, place another.");
      case Held _ when parts != null && details.undecidedPayment().isPresent() ->
          throw new OrderRefused(
              ILLEGAL_STATE, "A payment of the whole is under way: wait for its outcome.");
      case Waitlisted _, Held _ ->
          cancelled(
              state,
              cancel.cancellation(),
              CancellationCause.CUSTOMER,
              cancel.quote(),
              cancel.at());
      case Ticketed _ when given.stream().anyMatch(details::isAtAirport) ->
          throw new OrderRefused(ILLEGAL_STATE, AT_AIRPORT);
      case Ticketed _ -> {
        ChangeRules.requireNoneUnderWay(details);
        var facts = new ArrayList<>(ChangeRules.abandoned(state, ChangeEnd.WITHDRAWN, cancel.at()));
        facts.addAll(
            cancelled(
                state,
                cancel.cancellation(),
                CancellationCause.CUSTOMER,
                cancel.quote(),
                cancel.at()));
        yield facts;
      }
      case Placed _, Confirming _, Completed _, Rejected _, Failed _, Expired _, Cancelled _ ->
          throw new OrderRefused(ILLEGAL_STATE, "The order is " + state.status() + ".");
    };
  }

  /**
   * The airline does not fly one of the flights of an order that has no documents yet. Those that
   * have some are told of other flights, or that there are none.
   */
  static List<OrderEvent> cancelForFlight(CancelForFlight cancel, Known state) {
    var details = state.details();
    if (!details.itinerary().has(cancel.flight())) {
      return List.of(); // he waited for it, and has another one now
    }
    return switch (state) {
      case Waitlisted _ -> List.of(); // until there is nothing left to wait for
      case Placed _, Held _ ->
          cancelled(
              state,
              cancel.cancellation(),
              CancellationCause.FLIGHT_CANCELLED,
              Quotes.nothingPaid(details, null),
              cancel.at());
      case Confirming _ ->
          List.of(
              new OrderEvent.Failed(
                  details.placed().order(), cancel.flight() + ": cancelled", cancel.at()));
      case Ticketed _, Completed _, Rejected _, Failed _, Expired _, Cancelled _ -> List.of();
    };
  }

  /** What is quoted is given up, and its coupons with it. */
  static List<OrderEvent> cancelled(
      Known state,
      UUID cancellation,
      CancellationCause cause,
      CancellationQuote quote,
      Instant at) {
    var details = state.details();
    var order = details.placed().order();
    var parts = quote.parts();
    var facts = new ArrayList<OrderEvent>();
    facts.add(
        parts == null
            ? new OrderEvent.CancellationConfirmed(
                order, cancellation, cause, quote.refund(), quote.penalty(), at)
            : new OrderEvent.PartCancelled(
                order,
                cancellation,
                cause,
                parts,
                quote.refund(),
                quote.penalties() == null ? List.of() : quote.penalties(),
                quote.price(),
                at));
    List<CouponRef> given = parts == null ? details.openCoupons() : details.openCoupons(parts);
    if (!given.isEmpty()) {
      facts.add(
          quote.voided()
              ? new OrderEvent.CouponsVoided(order, given, at)
              : new OrderEvent.CouponsRefunded(order, given, at));
    }
    return facts;
  }
}
