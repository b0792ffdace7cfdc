package aero.contrail.order;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.FlightCancelled;
import aero.contrail.events.ReservationEvent.PassengerBoarded;
import aero.contrail.events.ReservationEvent.PassengerCheckedIn;
import aero.contrail.events.ReservationEvent.PassengerDeniedBoarding;
import aero.contrail.events.ReservationEvent.PassengerNoShow;
import aero.contrail.events.ReservationEvent.PassengerOffloaded;
import aero.contrail.events.ReservationEvent.SeatAssigned;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import aero.contrail.events.ReservationEvent.SpaceConfirmationRefused;
import aero.contrail.events.ReservationEvent.SpaceConfirmed;
import aero.contrail.events.ReservationEvent.SpaceHeld;
import aero.contrail.events.ReservationEvent.SpaceHoldLapsed;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.events.ReservationEvent.SpaceReleased;
import aero.contrail.events.ReservationEvent.WaitlistCleared;
import aero.contrail.events.ReservationEvent.WaitlistJoined;
import aero.contrail.events.ReservationEvent.WaitlistLapsed;
import aero.contrail.order.Orders.Intent;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Moves orders on with what becomes of their space and their flights. */
@Component
class OrderProgress {

  static final String CONSUMER = "order.progress";

  private final Orders orders;
  private final FlightCancellations cancellations;
  private final Clock clock;

  OrderProgress(Orders orders, FlightCancellations cancellations, Clock clock) {
    this.orders = orders;
    this.cancellations = cancellations;
    this.clock = clock;
  }

  @EventHandler(CONSUMER)
  void on(List<Recorded<ReservationEvent.OfOrder>> batch) {
    orders.handle(
        batch.stream()
            .flatMap(
                cause ->
                    command(cause.event())
                        .map(command -> new Intent(cause.event().order(), command, cause))
                        .stream())
            .toList());
  }

  private Optional<OrderCommand> command(ReservationEvent.OfOrder event) {
    var now = clock.instant();
    return Optional.ofNullable(
        switch (event) {
          case SpaceHeld held -> new OrderCommand.RecordHold(held.locator(), now);
          case SpaceRefused refused -> new OrderCommand.RecordRefusal(refused.refusal(), now);
          case SpaceConfirmed _ -> new OrderCommand.Capture(now);
          case SpaceConfirmationRefused refused ->
              new OrderCommand.RecordConfirmationRefusal(refused.refusal(), now);
          case SpaceHoldLapsed _, WaitlistLapsed _ -> new OrderCommand.RecordLapse(now);
          case WaitlistJoined joined -> new OrderCommand.RecordWaiting(joined.until(), now);
          case WaitlistCleared cleared ->
              new OrderCommand.RecordClearance(
                  cleared.choice(), cleared.locator(), cleared.payBy(), now);
          case SegmentFlown flown ->
              new OrderCommand.RecordFlown(flown.flight(), flown.passengers(), flown.at());
          case ReservationEvent.OfPassenger passenger -> command(passenger);
          case SpaceReleased _ -> null; // the order gave it back itself
        });
  }

  private static OrderCommand command(ReservationEvent.OfPassenger event) {
    var flight = event.flight();
    var passenger = event.passenger();
    var at = event.at();
    return switch (event) {
      case PassengerCheckedIn in ->
          new OrderCommand.RecordCheckIn(flight, passenger, in.seat(), in.sequence(), at);
      case SeatAssigned seat -> new OrderCommand.RecordSeat(flight, passenger, seat.seat(), at);
      case PassengerBoarded _ ->
          new OrderCommand.RecordCoupon(flight, passenger, CouponStatus.L, at);
      case PassengerOffloaded _, PassengerDeniedBoarding _ ->
          new OrderCommand.RecordCoupon(flight, passenger, CouponStatus.O, at);
      case PassengerNoShow _ ->
          new OrderCommand.RecordCoupon(flight, passenger, CouponStatus.S, at);
    };
  }

  @EventHandler(CONSUMER)
  void on(FlightCancelled cancelled) {
    cancellations.add(cancelled.flight());
  }
}
