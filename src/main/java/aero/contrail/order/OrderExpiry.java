package aero.contrail.order;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.OrderId;
import aero.contrail.order.Orders.Intent;
import aero.contrail.order.model.OrderCommand;
import java.time.Clock;
import java.util.List;
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
          .run(
              () -> {
                transaction.executeWithoutResult(_ -> expireDue());
                transaction.executeWithoutResult(_ -> lapseDue());
              });
    }
  }

  private void expireDue() {
    var now = clock.instant();
    handle(index.due(now), new OrderCommand.Expire(now));
  }

  /**
   * Apart from the others: a refund that cannot be computed must not keep space from being free.
   */
  private void lapseDue() {
    var now = clock.instant();
    handle(index.unanswered(now), new OrderCommand.LapseChanges(now));
  }

  private void handle(List<OrderId> some, OrderCommand command) {
    orders.handle(some.stream().map(order -> new Intent(order, command)).toList());
  }
}
