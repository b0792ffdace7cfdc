package aero.contrail.order;

import static aero.contrail.order.OrderRefused.Reason.ILLEGAL_STATE;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CancellationCause;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Ticket;
import aero.contrail.events.Traveller;
import aero.contrail.order.CancellationQuote.Kind;
import aero.contrail.order.CancellationQuote.Line;
import aero.contrail.order.OrderCommand.Cancel;
import aero.contrail.order.OrderCommand.CancelForFlight;
import aero.contrail.order.OrderState.Cancelled;
import aero.contrail.order.OrderState.Completed;
import aero.contrail.order.OrderState.Confirming;
import aero.contrail.order.OrderState.Expired;
import aero.contrail.order.OrderState.Failed;
import aero.contrail.order.OrderState.Held;
import aero.contrail.order.OrderState.IssuedTicket;
import aero.contrail.order.OrderState.Known;
import aero.contrail.order.OrderState.Placed;
import aero.contrail.order.OrderState.Rejected;
import aero.contrail.order.OrderState.Ticketed;
import aero.contrail.order.OrderState.Waitlisted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.joda.money.Money;

/**
 * What ends an order before it is flown, and what goes back to the customer. Unflown coupons give
 * back the fare by their share of the miles, less the penalty, when the fare allows it, and always
 * their share of the taxes; shares are rounded down.
 */
final class CancellationRules {

  static final String AT_AIRPORT = "Somebody is checked in: the airport has to offload him first.";

  private CancellationRules() {}

  /** The facts of a customer who confirms a quote. */
  static List<OrderEvent> cancel(Cancel cancel, Known state) {
    var details = state.details();
    var quote = cancel.quote();
    var confirmed =
        new OrderEvent.CancellationConfirmed(
            details.placed().order(),
            cancel.cancellation(),
            CancellationCause.CUSTOMER,
            quote.refund(),
            quote.penalty(),
            cancel.at());
    return switch (state) {
      case Held _, Waitlisted _ -> List.of(confirmed);
      case Ticketed _ when details.isAtAirport() ->
          throw new OrderRefused(ILLEGAL_STATE, AT_AIRPORT);
      case Ticketed _ -> List.of(confirmed, givenUp(state, quote.voided(), cancel.at()));
      case Placed _, Confirming _, Completed _, Rejected _, Failed _, Expired _, Cancelled _ ->
          throw new OrderRefused(ILLEGAL_STATE, "The order is " + state.status() + ".");
    };
  }

  /** The airline does not fly one of the flights. */
  static List<OrderEvent> cancelForFlight(CancelForFlight cancel, Known state) {
    var details = state.details();
    var order = details.placed().order();
    if (details.placed().segments().stream().noneMatch(s -> s.flight().equals(cancel.flight()))) {
      return List.of(); // he waited for it, and has another one now
    }
    return switch (state) {
      case Waitlisted _ -> List.of(); // until there is nothing left to wait for
      case Placed _, Held _ -> List.of(cancelled(cancel, state, nothingPaid(details)));
      case Confirming _ ->
          List.of(new OrderEvent.Failed(order, cancel.flight() + ": cancelled", cancel.at()));
      case Ticketed _ when isAtAirportForAnother(details, cancel.flight()) ->
          throw new OrderRefused(ILLEGAL_STATE, AT_AIRPORT); // asked again until he has flown
      case Ticketed _
          when details.openCoupons().stream().anyMatch(c -> c.flight().equals(cancel.flight())) ->
          List.of(
              cancelled(cancel, state, involuntary(details)), givenUp(state, false, cancel.at()));
      case Ticketed _, Completed _, Rejected _, Failed _, Expired _, Cancelled _ -> List.of();
    };
  }

  /** Who is aboard one flight keeps his place there when another one is cancelled. */
  private static boolean isAtAirportForAnother(Details details, FlightId cancelled) {
    return details.openCoupons().stream().anyMatch(c -> c.flight().equals(cancelled))
        && details.isAtAirportForOtherThan(cancelled);
  }

  private static OrderEvent cancelled(
      CancelForFlight cancel, Known state, CancellationQuote quote) {
    return new OrderEvent.CancellationConfirmed(
        state.details().placed().order(),
        cancel.cancellation(),
        CancellationCause.FLIGHT_CANCELLED,
        quote.refund(),
        quote.penalty(),
        cancel.at());
  }

  private static OrderEvent givenUp(Known state, boolean voided, Instant at) {
    var order = state.details().placed().order();
    List<CouponRef> open = state.details().openCoupons();
    return voided
        ? new OrderEvent.CouponsVoided(order, open, at)
        : new OrderEvent.CouponsRefunded(order, open, at);
  }

  /** The quote of a customer who wants to cancel. */
  static CancellationQuote voluntary(Details details, Instant now, ZoneId channelZone) {
    if (details.tickets().isEmpty()) {
      return nothingPaid(details);
    }
    return isVoidable(details, now, channelZone)
        ? quote(details, true, true)
        : quote(details, details.placed().terms().conditions().refundable(), false);
  }

  /** Everything unflown goes back: the airline does not fly. */
  static CancellationQuote involuntary(Details details) {
    var full = quote(details, true, true);
    return new CancellationQuote(full.refund(), full.penalty(), false, full.lines());
  }

  static CancellationQuote nothingPaid(Details details) {
    var zero = Money.zero(details.total().getCurrencyUnit());
    return new CancellationQuote(zero, zero, false, List.of());
  }

  /** Until midnight of the day of issue, in the time of the channel, while nothing is flown. */
  static boolean isVoidable(Details details, Instant now, ZoneId channelZone) {
    return now.isBefore(voidDeadline(details, channelZone))
        && details.tickets().stream()
            .flatMap(ticket -> ticket.coupons().stream())
            .allMatch(CouponStatus.O::equals);
  }

  static Instant voidDeadline(Details details, ZoneId channelZone) {
    return details
        .tickets()
        .getFirst()
        .issuedAt()
        .atZone(channelZone)
        .plusDays(1)
        .with(LocalTime.MIN)
        .toInstant();
  }

  /**
   * @param fareGoesBack whether the fare is given back at all
   * @param free whether it is given back without a penalty
   */
  private static CancellationQuote quote(Details details, boolean fareGoesBack, boolean free) {
    var zero = Money.zero(details.total().getCurrencyUnit());
    var lines = new ArrayList<Line>();
    var penalties = zero;
    for (var ticket : details.tickets()) {
      var price = price(details, ticket.ticket());
      var unflown = share(price.fare(), unflownMiles(ticket), miles(ticket));
      var penalty =
          free || !fareGoesBack
              ? zero
              : least(details.placed().terms().conditions().refundPenalty(), unflown);
      var refundable = fareGoesBack ? unflown.minus(penalty) : zero;
      penalties = penalties.plus(penalty);
      lines.add(new Line(ticket.number(), Kind.FARE, price.fare(), refundable));
      lines.add(
          new Line(
              ticket.number(),
              Kind.TAX,
              price.taxTotal(),
              share(price.taxTotal(), ticket.open().size(), ticket.coupons().size())));
    }
    var refund = lines.stream().map(Line::refundable).reduce(zero, Money::plus);
    return new CancellationQuote(refund, penalties, free, lines);
  }

  private static PassengerPrice price(Details details, Ticket ticket) {
    PassengerType type =
        details.placed().travellers().stream()
            .filter(traveller -> traveller.id().equals(ticket.passenger()))
            .map(Traveller::type)
            .findFirst()
            .orElseThrow();
    return details.placed().terms().price().of(type);
  }

  private static int miles(IssuedTicket ticket) {
    return ticket.ticket().coupons().stream().mapToInt(Ticket.Coupon::miles).sum();
  }

  private static int unflownMiles(IssuedTicket ticket) {
    return IntStream.range(0, ticket.coupons().size())
        .filter(i -> !ticket.coupons().get(i).isFinal())
        .map(i -> ticket.ticket().coupons().get(i).miles())
        .sum();
  }

  private static Money share(Money money, int part, int whole) {
    return part == whole
        ? money
        : Money.ofMinor(
            money.getCurrencyUnit(),
            BigDecimal.valueOf(money.getAmountMinorLong())
                .multiply(BigDecimal.valueOf(part))
                .divide(BigDecimal.valueOf(whole), RoundingMode.DOWN)
                .longValueExact());
  }

  private static Money least(Money one, Money other) {
    return one.isGreaterThan(other) ? other : one;
  }
}
