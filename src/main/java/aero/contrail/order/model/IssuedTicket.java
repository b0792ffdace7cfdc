package aero.contrail.order.model;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PassengerId;
import aero.contrail.events.Ticket;
import aero.contrail.events.TicketNumber;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A document, and what has become of its coupons.
 *
 * @param conditions that hold for it
 * @param isExchange whether its customer gave other documents for it
 */
public record IssuedTicket(
    Ticket ticket,
    Instant issuedAt,
    FareConditions conditions,
    boolean isExchange,
    List<CouponStatus> coupons) {

  public IssuedTicket {
    coupons = List.copyOf(coupons);
  }

  /** A new document: nothing has become of it yet. */
  static IssuedTicket of(Ticket ticket, Instant at, FareConditions conditions, boolean isExchange) {
    return new IssuedTicket(
        ticket,
        at,
        conditions,
        isExchange,
        Collections.nCopies(ticket.coupons().size(), CouponStatus.O));
  }

  public TicketNumber number() {
    return ticket.number();
  }

  public PassengerId passenger() {
    return ticket.passenger();
  }

  /** The coupons of which something can still become. */
  List<CouponRef> open() {
    return IntStream.range(0, coupons.size())
        .filter(i -> !coupons.get(i).isFinal())
        .mapToObj(this::coupon)
        .toList();
  }

  CouponRef coupon(int index) {
    return new CouponRef(number(), ticket.coupons().get(index).flight());
  }

  /** Null when it has no coupon for the flight. */
  public @Nullable CouponStatus status(FlightId flight) {
    for (var i = 0; i < coupons.size(); i++) {
      if (ticket.coupons().get(i).flight().equals(flight)) {
        return coupons.get(i);
      }
    }
    return null;
  }

  IssuedTicket with(FlightId flight, CouponStatus status) {
    return new IssuedTicket(
        ticket,
        issuedAt,
        conditions,
        isExchange,
        IntStream.range(0, coupons.size())
            .mapToObj(
                i -> ticket.coupons().get(i).flight().equals(flight) ? status : coupons.get(i))
            .toList());
  }
}
