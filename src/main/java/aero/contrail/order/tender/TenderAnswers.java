package aero.contrail.order.tender;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.LoyaltyEvent.OfAward;
import aero.contrail.events.LoyaltyEvent.PointsHeld;
import aero.contrail.events.LoyaltyEvent.PointsHoldRefused;
import aero.contrail.events.LoyaltyEvent.PointsHoldReleased;
import aero.contrail.events.LoyaltyEvent.PointsRedeemed;
import aero.contrail.events.LoyaltyEvent.PointsRedeposited;
import aero.contrail.order.Orders;
import aero.contrail.order.Orders.Intent;
import aero.contrail.order.model.OrderCommand;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Moves orders on with what loyalty says of the points that are to pay for them. */
@Component
class TenderAnswers {

  static final String CONSUMER = "order.tenders";

  private final Orders orders;
  private final Clock clock;

  TenderAnswers(Orders orders, Clock clock) {
    this.orders = orders;
    this.clock = clock;
  }

  @EventHandler(CONSUMER)
  void on(List<Recorded<OfAward>> batch) {
    var now = clock.instant();
    orders.handle(
        batch.stream()
            .flatMap(
                cause ->
                    command(cause.event(), now).stream()
                        .map(command -> new Intent(cause.event().order(), command, cause)))
            .toList());
  }

  private static Optional<OrderCommand> command(OfAward answer, Instant now) {
    return switch (answer) {
      case PointsHeld held -> Optional.of(new OrderCommand.RecordPointsHeld(held.payment(), now));
      case PointsHoldRefused refused ->
          Optional.of(
              new OrderCommand.RecordPointsRefusal(refused.payment(), refused.reason(), now));
      // What the order decided itself, or has no say in: it takes points that were let go, too.
      case PointsHoldReleased _, PointsRedeemed _, PointsRedeposited _ -> Optional.empty();
    };
  }
}
