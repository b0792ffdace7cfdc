package aero.contrail.order.model;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PassengerId;
import aero.contrail.order.model.OrderState.BoardingPass;
import aero.contrail.order.model.OrderState.FlownEarly;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What an order is flown with.
 *
 * @param flownEarly what was flown before there were tickets
 */
record Documents(
    List<IssuedTicket> tickets, List<FlownEarly> flownEarly, List<BoardingPass> boardingPasses) {

  static final Documents NONE = new Documents(List.of(), List.of(), List.of());

  Documents {
    tickets = List.copyOf(tickets);
    flownEarly = List.copyOf(flownEarly);
    boardingPasses = List.copyOf(boardingPasses);
  }

  Documents with(Collection<IssuedTicket> issued) {
    var all = new ArrayList<>(tickets);
    all.addAll(issued);
    return new Documents(all, flownEarly, boardingPasses);
  }

  Documents with(FlownEarly flown) {
    var all = new ArrayList<>(flownEarly);
    all.add(flown);
    return new Documents(tickets, all, boardingPasses);
  }

  /** A later pass takes the place of an earlier one. */
  Documents with(BoardingPass pass) {
    var passes = new ArrayList<>(boardingPasses);
    passes.removeIf(known -> known.coupon().equals(pass.coupon()));
    passes.add(pass);
    return new Documents(tickets, flownEarly, passes);
  }

  /** Those of some passengers. */
  Documents only(Collection<PassengerId> some) {
    var theirs = tickets.stream().filter(ticket -> some.contains(ticket.passenger())).toList();
    var numbers = theirs.stream().map(IssuedTicket::number).toList();
    return new Documents(
        theirs,
        flownEarly,
        boardingPasses.stream().filter(p -> numbers.contains(p.coupon().ticket())).toList());
  }

  Documents in(Collection<CouponRef> coupons, CouponStatus status) {
    var changed = new ArrayList<>(tickets);
    for (var coupon : coupons) {
      changed.replaceAll(
          ticket ->
              ticket.number().equals(coupon.ticket())
                  ? ticket.with(coupon.flight(), status)
                  : ticket);
    }
    return new Documents(changed, flownEarly, boardingPasses);
  }

  /** The document of a passenger for a flight; of several the last, which replaced the others. */
  Optional<IssuedTicket> ticket(PassengerId passenger, FlightId flight) {
    return tickets.stream()
        .filter(ticket -> ticket.passenger().equals(passenger) && ticket.status(flight) != null)
        .reduce((_, last) -> last);
  }

  /** Whether a coupon's passenger is checked in or aboard. */
  boolean isAtAirport(CouponRef coupon) {
    return tickets.stream()
        .filter(ticket -> ticket.number().equals(coupon.ticket()))
        .map(ticket -> ticket.status(coupon.flight()))
        .anyMatch(status -> status == CouponStatus.C || status == CouponStatus.L);
  }

  /** Whether a coupon is a passenger's. */
  boolean isOf(CouponRef coupon, String passenger) {
    return tickets.stream()
        .filter(ticket -> ticket.number().equals(coupon.ticket()))
        .anyMatch(ticket -> ticket.passenger().value().equals(passenger));
  }
}
