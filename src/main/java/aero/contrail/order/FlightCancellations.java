package aero.contrail.order;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Origin;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.order.Orders.Intent;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Cancels the orders of cancelled flights, a hundred at a time: sales go on meanwhile, and what a
 * crash interrupts goes on after it. Safe to run in several instances.
 */
@Repository
class FlightCancellations {

  private static final Logger log = LoggerFactory.getLogger(FlightCancellations.class);

  private static final int AT_A_TIME = 100;
  private static final String ACTOR = "system:order.flight-cancellation";

  /** Whatever is on the flight and not over. */
  private static final String ADD =
      """
      insert into orders.order_to_cancel (flight_id, order_id, correlation_id, causation_id)
      select f.flight_id, f.order_id, :correlation, :causation
        from orders.order_flight f
        join orders.order_index i on i.order_id = f.order_id
       where f.flight_id = :flight
         and i.status in ('PLACED', 'HELD', 'CONFIRMING', 'TICKETED')
          on conflict do nothing
      """;

  private static final String TAKE =
      """
      delete from orders.order_to_cancel c
       using (select flight_id, order_id
                from orders.order_to_cancel
               order by flight_id, order_id
               limit :most
                 for update skip locked) t
       where c.flight_id = t.flight_id and c.order_id = t.order_id
      returning c.flight_id, c.order_id, c.correlation_id, c.causation_id
      """;

  private static final String IS_ANY = "select exists (select from orders.order_to_cancel)";

  private final JdbcClient jdbc;
  private final ObjectProvider<Orders> orders;
  private final TransactionOperations transaction;
  private final Clock clock;

  FlightCancellations(
      JdbcClient jdbc,
      ObjectProvider<Orders> orders,
      TransactionOperations transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.orders = orders;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Why orders are cancelled. */
  private record Cause(FlightId flight, String correlationId, UUID causationId) {}

  private record ToCancel(OrderId order, Cause cause) {}

  /** Keeps the orders of a flight in mind; within the handling of the event that cancelled it. */
  void add(FlightId flight) {
    jdbc.sql(ADD)
        .param("flight", flight.value())
        .param("correlation", Origin.current().correlationId())
        .param("causation", EventLog.CAUSE.get())
        .update();
  }

  @Scheduled(fixedDelayString = "PT0.2S")
  void cancel() {
    if (jdbc.sql(IS_ANY).query((row, _) -> row.getBoolean(1)).single()) {
      var cancelled = 0;
      for (var some = cancelSome(); some > 0; some = cancelSome()) {
        cancelled += some;
      }
      log.info("Dealt with {} orders on cancelled flights", cancelled);
    }
  }

  private int cancelSome() {
    return transaction.execute(_ -> cancel(take()));
  }

  private List<ToCancel> take() {
    return jdbc.sql(TAKE)
        .param("most", AT_A_TIME)
        .query(
            (row, _) ->
                new ToCancel(
                    new OrderId(row.getObject("order_id", UUID.class)),
                    new Cause(
                        new FlightId(row.getString("flight_id")),
                        row.getString("correlation_id"),
                        row.getObject("causation_id", UUID.class))))
        .list();
  }

  private int cancel(List<ToCancel> taken) {
    var locked = new TreeSet<>(Comparator.comparing(OrderId::value));
    taken.forEach(one -> locked.add(one.order()));
    orders.getObject().lockAll(locked);
    Map<Cause, List<ToCancel>> byCause =
        taken.stream().collect(Collectors.groupingBy(ToCancel::cause));
    byCause.forEach(
        (cause, some) ->
            ScopedValue.where(Origin.CURRENT, new Origin(ACTOR, null, cause.correlationId()))
                .where(EventLog.CAUSE, cause.causationId())
                .run(() -> orders.getObject().handle(intents(cause, some))));
    return taken.size();
  }

  private List<Intent> intents(Cause cause, List<ToCancel> some) {
    var now = clock.instant();
    Function<ToCancel, Intent> intent =
        one ->
            new Intent(
                one.order(),
                new OrderCommand.CancelForFlight(UUID.randomUUID(), cause.flight(), now));
    return some.stream().map(intent).toList();
  }
}
