package aero.contrail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures the log where it matters: orders that come in over HTTP and are settled, every step
 * durable, against the same statements row by row. Figures are ratios within this run; nothing is
 * asserted. {@code mvn -Pbenchmark verify}.
 */
class LogBenchmark {

  private static final int PORT = 18_100;
  private static final int SECONDS = Integer.getInteger("benchmark.seconds", 20);
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);

  private static final String OFFERS = "--contrail.shopping.offer-lifetime=PT12H";

  private final String database = TestDatabase.create();
  private final JdbcClient jdbc = Shop.jdbc(database);
  private final List<String> table = new ArrayList<>();

  @Test
  void settledOrders() throws Exception {
    var installation = Installation.extract();
    List<String> bodies;
    try (var instance = installation.start(PORT, database, OFFERS).awaitReady()) {
      Shop.stock(instance.api(), jdbc);
      bodies = Shop.orders(instance.api(), jdbc);
      new Load(PORT, instance.api().token("web"), "wait=20", bodies.subList(0, 1)).closed(1, 0.5);
    }
    var reference = new RowByRow(copy(), payloads());
    try (var instance = installation.start(PORT, database, OFFERS).awaitReady()) {
      measure(
          reference,
          new Load(PORT, instance.api().token("web"), "respond-async", bodies),
          new Load(PORT, instance.api().token("web"), "wait=20", bodies),
          new Load(PORT, instance.api().token("web"), "respond-async", bodies.subList(0, 1)));
    }
    System.out.println();
    System.out.println("| What | Figure | Ratio |");
    System.out.println("|---|---|---|");
    table.forEach(System.out::println);
  }

  private void measure(RowByRow reference, Load async, Load waiting, Load hot) throws Exception {
    progress("warming up");
    async.closed(32, 30);
    awaitSettled();
    var limits = new ArrayList<Double>();
    var rates = new ArrayList<Double>();
    var hots = new ArrayList<Double>();
    for (var round = 1; round <= ROUNDS; round++) {
      progress("round %d: row by row".formatted(round));
      limits.add(
          Math.max(reference.perSecond(16, SECONDS / 2.0), reference.perSecond(32, SECONDS / 2.0)));
      progress("  %.0f/s; now many flights".formatted(limits.getLast()));
      rates.add(settled(async));
      progress("  %.0f/s; now one hot flight".formatted(rates.getLast()));
      hots.add(settled(hot));
      progress("  %.0f/s".formatted(hots.getLast()));
    }
    var limit = median(limits);
    var rate = median(rates);
    row(
        "Row by row over plain JDBC (%d statements, %d transactions an order)"
            .formatted(reference.statementsPerOrder(), reference.transactionsPerOrder()),
        "%.0f orders/s %s".formatted(limit, limits),
        "1");
    var pgbench = reference.perSecondInPgbench(16, SECONDS);
    row(
        "The same in pgbench",
        "%.0f orders/s".formatted(pgbench),
        "%.2f".formatted(pgbench / limit));
    row(
        "Settled orders, many flights",
        "%.0f orders/s %s".formatted(rate, rates),
        "%.2f of row by row".formatted(rate / limit));
    row(
        "Settled orders, one hot flight",
        "%.0f orders/s".formatted(median(hots)),
        "%.2f of many".formatted(median(hots) / rate));
    progress("half load");
    var half = waiting.open(200, rate / 2, SECONDS);
    row(
        "To the ticket at half load, %.0f/s".formatted(half.rate(201)),
        "p50 %.0f ms, p99 %.0f ms".formatted(half.percentile(201, 0.5), half.percentile(201, 0.99)),
        "-");
    awaitSettled();
    progress("waiting clients");
    var full = waiting.closed(128, SECONDS);
    row(
        "128 clients that wait for their tickets",
        "%.0f orders/s, p50 %.0f ms, p99 %.0f ms"
            .formatted(full.rate(201), full.percentile(201, 0.5), full.percentile(201, 0.99)),
        "%.2f of row by row".formatted(full.rate(201) / limit));
    idle(waiting);
  }

  private double settled(Load load) throws Exception {
    var before = forecasts();
    var watch = new Backlog();
    var begun = System.nanoTime();
    var watching = Thread.ofPlatform().daemon().start(watch);
    var result = load.closed(32, SECONDS);
    var rate = (forecasts() - before) / ((System.nanoTime() - begun) / 1e9);
    watching.interrupt();
    awaitSettled();
    progress(
        ("    accepted %.0f/s, refused %.0f/s, p99 of the answer %.0f ms, undecided at most %d,"
                + " settled %.1f s after the end")
            .formatted(
                result.rate(202) + result.rate(201),
                result.rate(503),
                result.percentile(202, 0.99),
                watch.most,
                (System.nanoTime() - begun) / 1e9 - SECONDS));
    return rate;
  }

  private final class Backlog implements Runnable {
    private volatile long most;

    @Override
    public void run() {
      try {
        while (true) {
          Thread.sleep(500);
          most = Math.max(most, undecided());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void idle(Load waiting) throws Exception {
    awaitSettled();
    progress("idle");
    var before = transactions();
    Thread.sleep(10_000);
    row("Idle cost", "%.1f transactions/s".formatted((transactions() - before) / 10.0), "-");
    var begun = jdbc.sql("select clock_timestamp()").query(java.time.OffsetDateTime.class).single();
    waiting.open(4, 10, 20);
    jdbc.sql(
            """
            select percentile_disc(0.5) within group (order by ms) as p50,
                   percentile_disc(0.99) within group (order by ms) as p99
              from (select extract(epoch from h.recorded_at - p.recorded_at) * 1000 as ms
                      from eventlog.event p
                      join eventlog.event h on h.causation_id = p.id
                     where p.type = 'order.OrderPlaced.v1' and p.recorded_at > :begun
                       and h.type = 'reservation.SpaceHeld.v1' and h.recorded_at > :begun) l
            """)
        .param("begun", begun)
        .query(
            (r, _) -> {
              row(
                  "Publication to handler when idle, commit included",
                  "p50 %.1f ms, p99 %.1f ms".formatted(r.getDouble("p50"), r.getDouble("p99")),
                  "-");
              return true;
            })
        .single();
  }

  private void row(String what, String figure, String ratio) {
    table.add("| %s | %s | %s |".formatted(what, figure, ratio));
    progress(table.getLast());
  }

  private static void progress(String text) {
    System.out.println(java.time.LocalTime.now(java.time.ZoneOffset.UTC).withNano(0) + " " + text);
  }

  private void awaitSettled() {
    Awaitility.await("all orders to be settled")
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> undecided() == 0);
  }

  private long undecided() {
    return count(
        "select count(*) from orders.order_index where status in ('PLACED', 'HELD', 'CONFIRMING')");
  }

  private long forecasts() {
    return count("select count(*) from loyalty.journal where entry = 'FORECAST'");
  }

  private long transactions() {
    return count(
        "select xact_commit + xact_rollback from pg_stat_database where datname ="
            + " current_database()");
  }

  private long count(String sql) {
    return jdbc.sql(sql).query((r, _) -> r.getLong(1)).single();
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  /** A database with the same flights for the rival, and members whose numbers it can count. */
  private String copy() {
    var name = database.replaceAll(".*/([a-z_0-9]+)\\?.*", "$1");
    var server = Shop.jdbc(database.replace("/" + name + "?", "/postgres?"));
    server.sql("create database row_by_row template " + name).update();
    var copy = database.replace("/" + name + "?", "/row_by_row?");
    Shop.jdbc(copy)
        .sql(
            """
            insert into loyalty.member (number, given_name, family_name, enrolled_at)
            select (5000000000 + n)::text, 'Ada', 'Lovelace', now()
              from generate_series(1, 200) n
            """)
        .update();
    return copy;
  }

  /** What the application stores of one order, for the rival to store the same. */
  private Map<String, String> payloads() {
    var given = new HashMap<String, String>();
    given.put("day", Sales.day().toString());
    given.put("people", one("select passengers::text from orders.personal_data limit 1"));
    given.put(
        "answer",
        one(
            "select convert_from(body, 'UTF8') from web.idempotency where status = 201 and route ="
                + " 'POST /orders' limit 1"));
    var types =
        Map.of(
            "placed", "order.OrderPlaced.v1",
            "held", "reservation.SpaceHeld.v1",
            "authorised", "order.PaymentAuthorized.v1",
            "confirmed", "reservation.SpaceConfirmed.v1",
            "captured", "order.PaymentCaptured.v1",
            "ticketed", "order.OrderTicketed.v1",
            "forecast", "loyalty.AccrualForecast.v1",
            "availability", "reservation.AvailabilityChanged.v1");
    types.forEach(
        (name, type) ->
            given.put(
                name,
                one("select data::text from eventlog.event where type = '" + type + "' limit 1")));
    return given;
  }

  private String one(String sql) {
    return jdbc.sql(sql).query(String.class).single();
  }
}
