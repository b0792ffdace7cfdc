package aero.contrail.order;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.RecordLocator;
import aero.contrail.order.OrderState.BoardingPass;
import aero.contrail.order.OrderState.FlownEarly;
import aero.contrail.order.OrderState.IssuedTicket;
import aero.contrail.order.OrderState.Payment;
import aero.contrail.order.OrderState.PaymentStatus;
import aero.contrail.order.OrderState.Refund;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What an order consists of, whatever its status. */
record Details(
    OrderEvent.Placed placed,
    @Nullable RecordLocator locator,
    Instant payBy,
    List<Payment> payments,
    List<IssuedTicket> tickets,
    List<Refund> refunds,
    List<FlownEarly> flownEarly,
    List<BoardingPass> boardingPasses) {

  public Details {
    payments = List.copyOf(payments);
    tickets = List.copyOf(tickets);
    refunds = List.copyOf(refunds);
    flownEarly = List.copyOf(flownEarly);
    boardingPasses = List.copyOf(boardingPasses);
  }

  Details held(@Nullable RecordLocator newLocator, Instant newPayBy) {
    return new Details(
        placed, newLocator, newPayBy, payments, tickets, refunds, flownEarly, boardingPasses);
  }

  /** With another itinerary than was ordered first. */
  Details chosen(int choice) {
    var waitlist = placed.waitlist();
    if (choice == 0 || waitlist == null) {
      return this;
    }
    var chosen = waitlist.anyOf().get(choice - 1);
    return new Details(
        new OrderEvent.Placed(
            placed.order(),
            placed.channel(),
            chosen.segments(),
            placed.travellers(),
            new OrderEvent.Terms(chosen.price(), chosen.conditions(), placed.terms().payBy()),
            placed.prepayment(),
            placed.group(),
            waitlist,
            placed.at()),
        locator,
        payBy,
        payments,
        tickets,
        refunds,
        flownEarly,
        boardingPasses);
  }

  Details withPayments(List<Payment> changed) {
    return new Details(
        placed, locator, payBy, changed, tickets, refunds, flownEarly, boardingPasses);
  }

  Details withTickets(List<IssuedTicket> changed) {
    return new Details(
        placed, locator, payBy, payments, changed, refunds, flownEarly, boardingPasses);
  }

  Details withRefunds(List<Refund> changed) {
    return new Details(
        placed, locator, payBy, payments, tickets, changed, flownEarly, boardingPasses);
  }

  Details withFlownEarly(List<FlownEarly> changed) {
    return new Details(placed, locator, payBy, payments, tickets, refunds, changed, boardingPasses);
  }

  Details withBoardingPasses(List<BoardingPass> changed) {
    return new Details(placed, locator, payBy, payments, tickets, refunds, flownEarly, changed);
  }

  Optional<Payment> payment(PaymentId id) {
    return payments.stream().filter(payment -> payment.id().equals(id)).findFirst();
  }

  Optional<Payment> payment(PaymentStatus status) {
    return payments.stream().filter(payment -> payment.status() == status).findFirst();
  }

  Optional<Refund> refund(PaymentId id) {
    return refunds.stream().filter(refund -> refund.payment().equals(id)).findFirst();
  }

  Optional<BoardingPass> boardingPass(CouponRef coupon) {
    return boardingPasses.stream().filter(pass -> pass.coupon().equals(coupon)).findFirst();
  }

  /** The ticket of a passenger. */
  Optional<IssuedTicket> ticket(PassengerId passenger) {
    return tickets.stream().filter(t -> t.ticket().passenger().equals(passenger)).findFirst();
  }

  /** Whether somebody is checked in or aboard: the airport has to let him go first. */
  boolean isAtAirport() {
    return openCoupons().stream().anyMatch(this::isAtAirport);
  }

  /** Whether somebody is checked in or aboard a flight other than this. */
  boolean isAtAirportForOtherThan(FlightId flight) {
    return openCoupons().stream()
        .anyMatch(coupon -> !coupon.flight().equals(flight) && isAtAirport(coupon));
  }

  /** Whether its passenger is checked in or aboard. */
  boolean isAtAirport(CouponRef coupon) {
    return tickets.stream()
        .filter(ticket -> ticket.number().equals(coupon.ticket()))
        .map(ticket -> ticket.status(coupon.flight()))
        .anyMatch(status -> status == CouponStatus.C || status == CouponStatus.L);
  }

  /** The coupons of which something can still become. */
  List<CouponRef> openCoupons() {
    return tickets.stream().flatMap(ticket -> ticket.open().stream()).toList();
  }

  Money total() {
    return placed.terms().price().total();
  }
}
