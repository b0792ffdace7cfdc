package aero.contrail.order;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.FlightCancelled;
import aero.contrail.events.ReservationEvent.FlightRetimed;
import aero.contrail.events.ReservationEvent.PassengerBoarded;
import aero.contrail.events.ReservationEvent.PassengerCheckedIn;
import aero.contrail.events.ReservationEvent.PassengerDeniedBoarding;
import aero.contrail.events.ReservationEvent.PassengerNoShow;
import aero.contrail.events.ReservationEvent.PassengerOffloaded;
import aero.contrail.events.ReservationEvent.PassengerReprotected;
import aero.contrail.events.ReservationEvent.ReprotectionCause;
import aero.contrail.events.ReservationEvent.ReprotectionUnavailable;
import aero.contrail.events.ReservationEvent.ReservationSplit;
import aero.contrail.events.ReservationEvent.SeatAssigned;
import aero.contrail.events.ReservationEvent.SeatingReason;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import aero.contrail.events.ReservationEvent.ServicesConfirmed;
import aero.contrail.events.ReservationEvent.ServicesRefused;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.events.ReservationEvent.SpaceConfirmationRefused;
import aero.contrail.events.ReservationEvent.SpaceConfirmed;
import aero.contrail.events.ReservationEvent.SpaceHeld;
import aero.contrail.events.ReservationEvent.SpaceHoldLapsed;
import aero.contrail.events.ReservationEvent.SpaceHoldLost;
import aero.contrail.events.ReservationEvent.SpaceReduced;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.events.ReservationEvent.SpaceReleased;
import aero.contrail.events.ReservationEvent.WaitlistCleared;
import aero.contrail.events.ReservationEvent.WaitlistJoined;
import aero.contrail.events.ReservationEvent.WaitlistLapsed;
import aero.contrail.order.Orders.Intent;
import aero.contrail.order.document.TicketSerials;
import aero.contrail.order.model.OrderCommand;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Moves orders on with what becomes of their space and their flights. */
@Component
class OrderProgress {

  static final String CONSUMER = "order.progress";

  private final Orders orders;
  private final OrderSplits splits;
  private final FlightCancellations cancellations;
  private final FlightRetimings retimings;
  private final TicketSerials serials;
  private final Clock clock;
  private final Duration respondWithin;
  private final Duration beforeDeparture;

  OrderProgress(
      Orders orders,
      OrderSplits splits,
      FlightCancellations cancellations,
      FlightRetimings retimings,
      TicketSerials serials,
      Clock clock,
      @Value("${contrail.order.respond-within:P3D}") Duration respondWithin,
      @Value("${contrail.order.respond-before-departure:PT3H}") Duration beforeDeparture) {
    this.serials = serials;
    this.respondWithin = respondWithin;
    this.beforeDeparture = beforeDeparture;
    this.retimings = retimings;
    this.orders = orders;
    this.splits = splits;
    this.cancellations = cancellations;
    this.clock = clock;
  }

  @EventHandler(CONSUMER)
  void on(List<Recorded<ReservationEvent.OfOrder>> batch) {
    var numbers =
        serials.next((int) batch.stream().filter(cause -> needsTickets(cause.event())).count());
    var intents = new ArrayList<Intent>();
    for (var cause : batch) {
      if (cause.event() instanceof ReservationSplit split) {
        // What follows may be about the order that begins here.
        orders.handle(intents);
        intents.clear();
        splits.split(split, cause);
      } else {
        command(cause.event(), numbers)
            .ifPresent(command -> intents.add(new Intent(cause.event().order(), command, cause)));
      }
    }
    orders.handle(intents);
  }

  private static boolean needsTickets(ReservationEvent.OfOrder event) {
    return event instanceof PassengerReprotected
        || event instanceof ServicesConfirmed
        || (event instanceof SpaceConfirmed(var order, var hold, _) && !hold.isOf(order));
  }

  private Optional<OrderCommand> command(ReservationEvent.OfOrder event, Deque<Long> numbers) {
    var now = clock.instant();
    return Optional.ofNullable(
        switch (event) {
          case SpaceHeld(var order, var hold, var locator, _) ->
              hold.isOf(order)
                  ? new OrderCommand.RecordHold(locator, now)
                  : new OrderCommand.RecordChangeHold(hold.value(), now);
          case SpaceRefused(var order, var hold, var refusal, _) ->
              hold.isOf(order)
                  ? new OrderCommand.RecordRefusal(refusal, now)
                  : new OrderCommand.RecordChangeRefusal(hold.value(), refusal, now);
          case SpaceConfirmed(var order, var hold, _) ->
              hold.isOf(order)
                  ? new OrderCommand.Capture(now)
                  : new OrderCommand.RecordChangeOfSpace(hold.value(), numbers.remove(), now);
          case SpaceConfirmationRefused(var order, var hold, var refusal, _) ->
              hold.isOf(order)
                  ? new OrderCommand.RecordConfirmationRefusal(refusal, now)
                  : new OrderCommand.RecordChangeOfSpaceRefusal(hold.value(), refusal, now);
          case SpaceHoldLapsed(var order, var hold, _) ->
              hold.isOf(order)
                  ? new OrderCommand.RecordLapse(now)
                  : new OrderCommand.RecordChangeLapse(hold.value(), now);
          case SpaceHoldLost(_, var hold, var refusal, _) ->
              new OrderCommand.RecordChangeLoss(hold.value(), refusal, now);
          case ServicesConfirmed(_, var sale, _) ->
              new OrderCommand.RecordServices(sale, numbers.remove(), now);
          case ServicesRefused(_, var sale, var refusal, _) ->
              new OrderCommand.RecordServicesRefusal(sale, refusal, now);
          case WaitlistLapsed _ -> new OrderCommand.RecordLapse(now);
          case WaitlistJoined joined -> new OrderCommand.RecordWaiting(joined.until(), now);
          case WaitlistCleared cleared ->
              new OrderCommand.RecordClearance(
                  cleared.choice(), cleared.locator(), cleared.payBy(), now);
          case SegmentFlown flown ->
              new OrderCommand.RecordFlown(flown.flight(), flown.passengers(), flown.at());
          case ReservationEvent.OfPassenger passenger -> command(passenger);
          case PassengerReprotected protectedOn ->
              new OrderCommand.OpenAirlineChange(
                  protectedOn.change(),
                  kind(protectedOn.cause()),
                  Severity.MAJOR,
                  protectedOn.passengers(),
                  protectedOn.removed(),
                  protectedOn.added(),
                  numbers.remove(),
                  respondWithin,
                  beforeDeparture,
                  now);
          case ReprotectionUnavailable gone ->
              new OrderCommand.OpenAirlineChange(
                  gone.change(),
                  kind(gone.cause()),
                  Severity.MAJOR,
                  gone.passengers(),
                  gone.removed(),
                  List.of(),
                  0, // no document is issued
                  respondWithin,
                  beforeDeparture,
                  now);
          case SpaceReleased _, SpaceReduced _ -> null; // the order gave it back itself
          case ReservationSplit _ -> null; // see above
        });
  }

  private static AirlineChangeKind kind(ReprotectionCause cause) {
    return switch (cause) {
      case FLIGHT_CANCELLED -> AirlineChangeKind.CANCELLED;
      case CONNECTION_MISSED -> AirlineChangeKind.CONNECTION_MISSED;
      case CABIN_GONE -> AirlineChangeKind.CABIN_GONE;
    };
  }

  private static OrderCommand command(ReservationEvent.OfPassenger event) {
    var flight = event.flight();
    var passenger = event.passenger();
    var at = event.at();
    return switch (event) {
      case PassengerCheckedIn in ->
          new OrderCommand.RecordCheckIn(flight, passenger, in.seat(), in.sequence(), at);
      case SeatAssigned seat ->
          new OrderCommand.RecordSeat(
              flight, passenger, seat.seat(), seat.reason() == SeatingReason.CHOSEN, at);
      case PassengerBoarded _ ->
          new OrderCommand.RecordCoupon(flight, passenger, CouponStatus.L, at);
      case PassengerOffloaded _, PassengerDeniedBoarding _ ->
          new OrderCommand.RecordCoupon(flight, passenger, CouponStatus.O, at);
      case PassengerNoShow _ ->
          new OrderCommand.RecordCoupon(flight, passenger, CouponStatus.S, at);
    };
  }

  @EventHandler(CONSUMER)
  void onCancelled(List<Recorded<FlightCancelled>> cancelled) {
    cancellations.add(cancelled);
  }

  @EventHandler(CONSUMER)
  void onRetimed(List<Recorded<FlightRetimed>> retimed) {
    retimings.add(retimed);
  }
}
