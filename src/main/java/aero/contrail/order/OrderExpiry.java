package aero.contrail.order;

import aero.contrail.eventlog.Origin;
import aero.contrail.order.Orders.Intent;
import aero.contrail.order.model.OrderCommand;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Ends orders that nobody paid in time, and questions that nobody answered. */
@Component
class OrderExpiry {

  private static final Origin ORIGIN = Origin.system("system:order-expiry");

  private final OrderIndex index;
  private final Orders orders;
  private final TransactionOperations transaction;
  private final Clock clock;

  OrderExpiry(OrderIndex index, Orders orders, TransactionOperations transaction, Clock clock) {
    this.index = index;
    this.orders = orders;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "PT0.5S")
  void expire() {
    if (index.isAnyDue(clock.instant())) {
      ScopedValue.where(Origin.CURRENT, ORIGIN)
          .run(() -> transaction.executeWithoutResult(_ -> expireDue()));
    }
  }

  private void expireDue() {
    var now = clock.instant();
    orders.handle(
        Stream.concat(
                index.due(now).stream()
                    .map(order -> new Intent(order, new OrderCommand.Expire(now))),
                index.unanswered(now).stream()
                    .map(order -> new Intent(order, new OrderCommand.LapseAirlineChanges(now))))
            .toList());
  }
}
