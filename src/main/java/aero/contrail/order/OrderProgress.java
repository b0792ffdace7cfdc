package aero.contrail.order;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.FlightCancelled;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import aero.contrail.events.ReservationEvent.SpaceConfirmationRefused;
import aero.contrail.events.ReservationEvent.SpaceConfirmed;
import aero.contrail.events.ReservationEvent.SpaceHeld;
import aero.contrail.events.ReservationEvent.SpaceHoldLapsed;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.order.Orders.Intent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
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
  void onHeld(List<SpaceHeld> batch) {
    handle(batch, held -> new OrderCommand.RecordHold(held.locator(), now()));
  }

  @EventHandler(CONSUMER)
  void onRefused(List<SpaceRefused> batch) {
    handle(batch, refused -> new OrderCommand.RecordRefusal(refused.refusal(), now()));
  }

  @EventHandler(CONSUMER)
  void onConfirmed(List<SpaceConfirmed> batch) {
    orders.capture(batch.stream().map(SpaceConfirmed::order).toList());
  }

  @EventHandler(CONSUMER)
  void onConfirmationRefused(List<SpaceConfirmationRefused> batch) {
    handle(batch, refused -> new OrderCommand.RecordConfirmationRefusal(refused.refusal(), now()));
  }

  @EventHandler(CONSUMER)
  void onLapsed(List<SpaceHoldLapsed> batch) {
    handle(batch, _ -> new OrderCommand.Expire(now()));
  }

  @EventHandler(CONSUMER)
  void onFlown(List<SegmentFlown> batch) {
    handle(batch, flown -> new OrderCommand.RecordFlown(flown.flight(), flown.at()));
  }

  @EventHandler(CONSUMER)
  void on(FlightCancelled cancelled) {
    cancellations.add(cancelled.flight());
  }

  private <E extends ReservationEvent.OfOrder> void handle(
      List<E> batch, Function<E, OrderCommand> command) {
    orders.handle(
        batch.stream().map(event -> new Intent(event.order(), command.apply(event))).toList());
  }

  private Instant now() {
    return clock.instant();
  }
}
