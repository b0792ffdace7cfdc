package aero.contrail.order;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Origin;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.order.Orders.Intent;
import java.sql.ResultSet;
import java.sql.SQLException;
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
  private static final int STEPS = 5;
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
               where due_at <= clock_timestamp()
               order by due_at, flight_id, order_id
               limit :most
                 for update skip locked) t
       where c.flight_id = t.flight_id and c.order_id = t.order_id
      returning c.flight_id, c.order_id, c.correlation_id, c.causation_id
      """;

  private static final String DUE =
      """
      select flight_id, order_id
        from orders.order_to_cancel
       where due_at <= clock_timestamp()
       order by due_at, flight_id, order_id
       limit :most
      """;

  private static final String TAKE_ONE =
      """
      delete from orders.order_to_cancel
       where flight_id = :flight and order_id = :order
      returning flight_id, order_id, correlation_id, causation_id
      """;

  private static final String POSTPONE =
      """
      update orders.order_to_cancel
         set attempts = attempts + 1, error = :error,
             due_at = clock_timestamp() + least(interval '1 s' * (2 ^ least(attempts, 10)),
                                                interval '5 min')
       where flight_id = :flight and order_id = :order
      """;

  private static final String IS_ANY =
      """
      select exists (select
                       from orders.order_to_cancel
                      where due_at <= clock_timestamp())
      """;

  private final JdbcClient jdbc;
  private final Orders orders;
  private final TransactionOperations transaction;
  private final Clock clock;

  FlightCancellations(
      JdbcClient jdbc, Orders orders, TransactionOperations transaction, Clock clock) {
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

  /** A few steps at a time: other timed work of the instance has its turn in between. */
  @Scheduled(fixedDelayString = "PT0.5S")
  void cancel() {
    if (jdbc.sql(IS_ANY).query((row, _) -> row.getBoolean(1)).single()) {
      var some = cancelSome();
      var cancelled = some;
      for (var step = 1; some > 0 && step < STEPS; step++) {
        some = cancelSome();
        cancelled += some;
      }
      log.info("Dealt with {} orders on cancelled flights", cancelled);
    }
  }

  private int cancelSome() {
    try {
      return transaction.execute(_ -> cancel(take()));
    } catch (RuntimeException | StackOverflowError e) {
      log.info("Some orders on cancelled flights failed, each is tried by itself", e);
      return due().stream().mapToInt(this::cancelAlone).sum();
    }
  }

  /** One that fails must not hold up the others. */
  private int cancelAlone(Due due) {
    try {
      return transaction.execute(_ -> cancel(take(due)));
    } catch (RuntimeException | StackOverflowError e) {
      log.error("Order {} on cancelled flight {} is tried again", due.order(), due.flight(), e);
      bind(POSTPONE, due).param("error", e.toString()).update();
      return 0;
    }
  }

  private record Due(String flight, UUID order) {}

  private List<Due> due() {
    return jdbc.sql(DUE)
        .param("most", AT_A_TIME)
        .query(
            (row, _) -> new Due(row.getString("flight_id"), row.getObject("order_id", UUID.class)))
        .list();
  }

  private List<ToCancel> take() {
    return jdbc.sql(TAKE).param("most", AT_A_TIME).query((row, _) -> toCancel(row)).list();
  }

  private List<ToCancel> take(Due due) {
    return bind(TAKE_ONE, due).query((row, _) -> toCancel(row)).list();
  }

  private JdbcClient.StatementSpec bind(String sql, Due due) {
    return jdbc.sql(sql).param("flight", due.flight()).param("order", due.order());
  }

  private static ToCancel toCancel(ResultSet row) throws SQLException {
    return new ToCancel(
        new OrderId(row.getObject("order_id", UUID.class)),
        new Cause(
            new FlightId(row.getString("flight_id")),
            row.getString("correlation_id"),
            row.getObject("causation_id", UUID.class)));
  }

  private int cancel(List<ToCancel> taken) {
    var locked = new TreeSet<>(Comparator.comparing(OrderId::value));
    taken.forEach(one -> locked.add(one.order()));
    orders.lockAll(locked);
    Map<Cause, List<ToCancel>> byCause =
        taken.stream().collect(Collectors.groupingBy(ToCancel::cause));
    byCause.forEach(
        (cause, some) ->
            ScopedValue.where(Origin.CURRENT, new Origin(ACTOR, null, cause.correlationId()))
                .where(EventLog.CAUSE, cause.causationId())
                .run(() -> orders.handle(intents(cause, some))));
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
