package aero.contrail.order.model;

import static aero.contrail.events.OrderEvent.CouponStatus.A;
import static aero.contrail.events.OrderEvent.CouponStatus.C;
import static aero.contrail.events.OrderEvent.CouponStatus.E;
import static aero.contrail.events.OrderEvent.CouponStatus.F;
import static aero.contrail.events.OrderEvent.CouponStatus.L;
import static aero.contrail.events.OrderEvent.CouponStatus.O;
import static aero.contrail.events.OrderEvent.CouponStatus.R;
import static aero.contrail.events.OrderEvent.CouponStatus.S;
import static aero.contrail.events.OrderEvent.CouponStatus.V;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.order.model.OrderCommand.RecordCheckIn;
import aero.contrail.order.model.OrderCommand.RecordCoupon;
import aero.contrail.order.model.OrderCommand.RecordFlown;
import aero.contrail.order.model.OrderCommand.RecordSeat;
import aero.contrail.order.model.OrderState.Confirming;
import aero.contrail.order.model.OrderState.FlownEarly;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.Ticketed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of coupons at the airport. Pure functions, as all rules of an order. */
final class CouponRules {

  /**
   * The one table of what may become of a coupon. Messages of departure control may be missing or
   * late, so that an open coupon may be lifted, and one of a passenger who did not come be flown.
   */
  private static final Map<CouponStatus, Set<CouponStatus>> NEXT =
      Map.of(
          O, Set.of(A, C, L, F, E, R, V, S),
          A, Set.of(O, C, L, F, E, R, S),
          C, Set.of(O, A, L, F, E, R, S),
          L, Set.of(O, F, E, R, S),
          S, Set.of(O, C, L, F, E, R));

  private CouponRules() {}

  static boolean mayBecome(CouponStatus from, CouponStatus to) {
    return NEXT.getOrDefault(from, Set.of()).contains(to);
  }

  /** Coupons of passengers who flew; the last one of an order completes it. */
  static List<OrderEvent> flown(RecordFlown flown, Known state) {
    var details = state.details();
    var order = details.placed().order();
    var early = new FlownEarly(flown.flight(), flown.passengers());
    if (state instanceof Confirming && !details.documents().flownEarly().contains(early)) {
      return List.of(
          new OrderEvent.FlownAwaitingTicket(
              order, flown.flight(), flown.passengers(), flown.at()));
    }
    var tickets =
        details.tickets().stream()
            .filter(t -> flown.passengers() == null || flown.passengers().contains(t.passenger()))
            .filter(t -> isOpen(t.status(flown.flight())))
            .map(IssuedTicket::number)
            .toList();
    if (!(state instanceof Ticketed) || tickets.isEmpty()) {
      return List.of();
    }
    var fact = new OrderEvent.CouponsFlown(order, flown.flight(), tickets, flown.at());
    return tickets.size() == details.openCoupons().size()
        ? List.of(fact, new OrderEvent.Completed(order, flown.at()))
        : List.of(fact);
  }

  private static boolean isOpen(@Nullable CouponStatus status) {
    return status != null && !status.isFinal();
  }

  /** A coupon that is checked in, and the pass with which its passenger goes aboard. */
  static List<OrderEvent> checkIn(RecordCheckIn checkIn, Known state) {
    var facts =
        new ArrayList<>(
            status(
                new RecordCoupon(checkIn.flight(), checkIn.passenger(), C, checkIn.at()), state));
    coupon(checkIn.flight(), checkIn.passenger(), state)
        .filter(coupon -> !facts.isEmpty())
        .ifPresent(
            coupon ->
                facts.add(
                    pass(order(state), coupon, checkIn.seat(), checkIn.sequence(), checkIn.at())));
    return facts;
  }

  /** Who is checked in and sits elsewhere now goes aboard with another pass. */
  static List<OrderEvent> seat(RecordSeat seat, Known state) {
    return coupon(seat.flight(), seat.passenger(), state)
        .filter(coupon -> state.details().isAtAirport(coupon))
        .flatMap(coupon -> state.details().boardingPass(coupon))
        .filter(pass -> !Objects.equals(pass.seat(), seat.seat()))
        .map(pass -> pass(order(state), pass.coupon(), seat.seat(), pass.sequence(), seat.at()))
        .stream()
        .toList();
  }

  private static OrderEvent pass(
      OrderId order, CouponRef coupon, @Nullable String seat, int sequence, Instant at) {
    return new OrderEvent.BoardingPassIssued(order, coupon, seat, sequence, at);
  }

  /** Nothing when the coupon is so already, or may not become so any more. */
  static List<OrderEvent> status(RecordCoupon change, Known state) {
    var facts = new ArrayList<>(changed(change, state));
    if (change.to() == S && !facts.isEmpty()) {
      facts.addAll(NoShowRules.onward(change, state));
    }
    return facts;
  }

  private static List<OrderEvent> changed(RecordCoupon change, Known state) {
    return coupon(change.flight(), change.passenger(), state)
        .flatMap(
            coupon ->
                state
                    .details()
                    .ticket(change.passenger(), change.flight())
                    .map(ticket -> ticket.status(change.flight()))
                    .filter(from -> mayBecome(from, change.to()))
                    .<OrderEvent>map(
                        from ->
                            new OrderEvent.CouponStatusChanged(
                                order(state), coupon, from, change.to(), change.at())))
        .stream()
        .toList();
  }

  private static OrderId order(Known state) {
    return state.details().placed().order();
  }

  /** The coupon of a passenger; of an order that has ended none matters. */
  private static Optional<CouponRef> coupon(FlightId flight, PassengerId passenger, Known state) {
    return state instanceof Ticketed
        ? state
            .details()
            .ticket(passenger, flight)
            .map(ticket -> new CouponRef(ticket.number(), flight))
        : Optional.empty();
  }
}
