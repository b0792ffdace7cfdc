package aero.contrail.order;

import aero.contrail.eventlog.Recorded;
import aero.contrail.events.ReservationEvent.FlightCancelled;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.model.OrderStatus;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends orders of cancelled flights that have no documents yet. Those that have some hear of other
 * flights, or that there are none.
 */
@Component
class FlightCancellations {

  private static final List<OrderStatus> WITHOUT_DOCUMENTS =
      List.of(OrderStatus.PLACED, OrderStatus.HELD, OrderStatus.CONFIRMING);

  private final FlightNews news;

  FlightCancellations(
      JdbcClient jdbc, Orders orders, TransactionOperations transaction, Clock clock) {
    this.news =
        new FlightNews(
            jdbc,
            orders,
            transaction,
            "order_to_cancel",
            "system:order.flight-cancellation",
            (flight, _) ->
                new OrderCommand.CancelForFlight(UUID.randomUUID(), flight, clock.instant()));
  }

  /** Keeps the orders of flights in mind. */
  void add(List<Recorded<FlightCancelled>> cancelled) {
    news.add(cancelled, _ -> null, WITHOUT_DOCUMENTS);
  }

  @Scheduled(fixedDelayString = "PT0.5S")
  void cancel() {
    news.tell();
  }
}
