package aero.contrail.order;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Origin;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent;
import aero.contrail.order.Orders.Intent;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.model.OrderStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Tells the orders of a flight what has become of it, a hundred at a time: sales go on meanwhile,
 * and what a crash interrupts goes on after it. Safe to run in several instances.
 */
final class FlightNews {

  private static final Logger log = LoggerFactory.getLogger(FlightNews.class);

  private static final int AT_A_TIME = 100;
  private static final int STEPS = 5;

  private final JdbcClient jdbc;
  private final Orders orders;
  private final TransactionOperations transaction;
  private final String table;
  private final String actor;
  private final Telling telling;

  /**
   * @param table where orders are kept that are still to be told
   * @param actor who tells them
   */
  FlightNews(
      JdbcClient jdbc,
      Orders orders,
      TransactionOperations transaction,
      String table,
      String actor,
      Telling telling) {
    this.jdbc = jdbc;
    this.orders = orders;
    this.transaction = transaction;
    this.table = table;
    this.actor = actor;
    this.telling = telling;
  }

  /** What an order is told. */
  interface Telling {
    /**
     * The command.
     *
     * @param news what else was kept; null when nothing was
     */
    OrderCommand of(FlightId flight, @Nullable String news);
  }

  /** Why orders are told. */
  private record Cause(
      FlightId flight, @Nullable String news, String correlationId, UUID causationId) {}

  private record ToTell(OrderId order, Cause cause) {}

  private record Due(String flight, UUID order) {}

  /** What is kept of a flight is that of its newest news. */
  private String add() {
    return """
    insert into orders.%1$s as o (flight_id, order_id, news, correlation_id, causation_id)
    select f.flight_id, f.order_id, n.news, n.correlation_id, n.causation_id
      from unnest(:flights, :news, :correlations, :causations)
        as n (flight_id, news, correlation_id, causation_id)
      join orders.order_flight f on f.flight_id = n.flight_id
      join orders.order_index i on i.order_id = f.order_id
     where i.status = any (:statuses)
        on conflict (flight_id, order_id) do update
       -- A great change that was not told yet stays one, whatever small one follows.
       set news = case when o.news::jsonb ->> 'severity' = 'MAJOR'
                       then jsonb_set(excluded.news::jsonb, '{severity}', '"MAJOR"')::text
                       else excluded.news end
    """
        .formatted(table);
  }

  private String take() {
    return """
    delete from orders.%1$s c
     using (select flight_id, order_id
              from orders.%1$s
             where due_at <= clock_timestamp()
             order by due_at, flight_id, order_id
             limit :most
               for update skip locked) t
     where c.flight_id = t.flight_id and c.order_id = t.order_id
    returning c.flight_id, c.order_id, c.news, c.correlation_id, c.causation_id
    """
        .formatted(table);
  }

  private String due() {
    return """
    select flight_id, order_id
      from orders.%1$s
     where due_at <= clock_timestamp()
     order by due_at, flight_id, order_id
     limit :most
    """
        .formatted(table);
  }

  private String takeOne() {
    return """
    delete from orders.%1$s
     where flight_id = :flight and order_id = :order
    returning flight_id, order_id, news, correlation_id, causation_id
    """
        .formatted(table);
  }

  private String postpone() {
    return """
    update orders.%1$s
       set attempts = attempts + 1, error = :error,
           due_at = clock_timestamp() + least(interval '1 s' * (2 ^ least(attempts, 10)),
                                              interval '5 min')
     where flight_id = :flight and order_id = :order
    """
        .formatted(table);
  }

  private String isAny() {
    return """
    select exists (select
                     from orders.%1$s
                    where due_at <= clock_timestamp())
    """
        .formatted(table);
  }

  /**
   * Keeps the orders of flights in mind; of several news of a flight the last.
   *
   * @param content what is to be kept of each
   */
  <E extends ReservationEvent.OfFlight> void add(
      Collection<Recorded<E>> news,
      Function<E, @Nullable String> content,
      Collection<OrderStatus> statuses) {
    var last = new LinkedHashMap<FlightId, Recorded<E>>();
    news.forEach(one -> last.put(one.event().flight(), one));
    var all = List.copyOf(last.values());
    jdbc.sql(add())
        .param("flights", last.keySet().stream().map(FlightId::value).toArray(String[]::new))
        .param("news", all.stream().map(n -> content.apply(n.event())).toArray(String[]::new))
        .param(
            "correlations",
            all.stream().map(n -> n.origin().correlationId()).toArray(String[]::new))
        .param("causations", all.stream().map(Recorded::id).toArray(UUID[]::new))
        .param("statuses", statuses.stream().map(Enum::name).toArray(String[]::new))
        .update();
  }

  /** A few steps at a time: other timed work of the instance has its turn in between. */
  void tell() {
    if (jdbc.sql(isAny()).query((row, _) -> row.getBoolean(1)).single()) {
      var some = tellSome();
      var told = some;
      for (var step = 1; some > 0 && step < STEPS; step++) {
        some = tellSome();
        told += some;
      }
      log.info("Told {} orders what became of their flights, from {}", told, table);
    }
  }

  private int tellSome() {
    try {
      return transaction.execute(_ -> tell(taken()));
    } catch (RuntimeException | StackOverflowError e) {
      log.info("Some of {} failed, each is tried by itself", table, e);
      return allDue().stream().mapToInt(this::tellAlone).sum();
    }
  }

  /** One that fails must not hold up the others. */
  private int tellAlone(Due due) {
    try {
      return transaction.execute(_ -> tell(taken(due)));
    } catch (RuntimeException | StackOverflowError e) {
      log.error("Order {} on flight {} is told again", due.order(), due.flight(), e);
      bind(postpone(), due).param("error", e.toString()).update();
      return 0;
    }
  }

  private List<Due> allDue() {
    return jdbc.sql(due())
        .param("most", AT_A_TIME)
        .query(
            (row, _) -> new Due(row.getString("flight_id"), row.getObject("order_id", UUID.class)))
        .list();
  }

  private List<ToTell> taken() {
    return jdbc.sql(take()).param("most", AT_A_TIME).query((row, _) -> toTell(row)).list();
  }

  private List<ToTell> taken(Due due) {
    return bind(takeOne(), due).query((row, _) -> toTell(row)).list();
  }

  private JdbcClient.StatementSpec bind(String sql, Due due) {
    return jdbc.sql(sql).param("flight", due.flight()).param("order", due.order());
  }

  private static ToTell toTell(ResultSet row) throws SQLException {
    return new ToTell(
        new OrderId(row.getObject("order_id", UUID.class)),
        new Cause(
            new FlightId(row.getString("flight_id")),
            row.getString("news"),
            row.getString("correlation_id"),
            row.getObject("causation_id", UUID.class)));
  }

  private int tell(List<ToTell> taken) {
    var locked = new TreeSet<>(Comparator.comparing(OrderId::value));
    taken.forEach(one -> locked.add(one.order()));
    orders.lockAll(locked);
    Map<Cause, List<ToTell>> byCause = taken.stream().collect(Collectors.groupingBy(ToTell::cause));
    byCause.forEach(
        (cause, some) ->
            ScopedValue.where(Origin.CURRENT, new Origin(actor, null, cause.correlationId()))
                .where(EventLog.CAUSE, cause.causationId())
                .run(() -> orders.handle(intents(cause, some))));
    return taken.size();
  }

  private List<Intent> intents(Cause cause, List<ToTell> some) {
    return some.stream()
        .map(one -> new Intent(one.order(), telling.of(cause.flight(), cause.news())))
        .toList();
  }
}
