package aero.contrail;

import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures the log where it matters: orders that come in over HTTP and are settled, every step
 * durable, against the same statements row by row. Figures are ratios within this run; nothing is
 * asserted. {@code mvn -Pbenchmark verify}.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS) // the default is for tests
class LogBenchmark {

  private static final int PORT = 18_100;
  private static final int SECONDS = Integer.getInteger("benchmark.seconds", 20);
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);

  private static final int WARM_UP_SECONDS = Integer.getInteger("benchmark.warmup", 90);
  private static final long MANY = Long.getLong("benchmark.events", 10_000_000);
  private static final long CHUNK = 250_000;
  private static final int SOAK_MINUTES = Integer.getInteger("benchmark.soak", 10);

  /** Which parts to measure: all, unless some are named. */
  private static final List<String> PARTS =
      List.of(
          System.getProperty("benchmark.parts", "latency,idle,elsewhere,rebuild,large,soak")
              .split(",", -1));

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
      var token = instance.api().token("web");
      var async = new Load(PORT, token, "respond-async", bodies);
      var waiting = new Load(PORT, token, "wait=20", bodies);
      var hot = new Load(PORT, token, "respond-async", bodies.subList(0, 1));
      progress("warming up, which is compiling above all");
      async.closed(32, WARM_UP_SECONDS);
      waiting.closed(64, WARM_UP_SECONDS / 3.0);
      waiting.open(200, 200, WARM_UP_SECONDS / 3.0);
      awaitSettled();
      // From now on the server reuses files of its write-ahead log, as one that has run for long.
      jdbc.sql("checkpoint").update();
      var speed = rounds(reference, async, hot);
      var rate = speed.settled();
      if (PARTS.contains("latency")) {
        latency(instance, waiting, speed);
      }
      if (PARTS.contains("idle")) {
        idle(waiting);
      }
      if (PARTS.contains("elsewhere")) {
        elsewhere(async);
      }
      if (PARTS.contains("rebuild")) {
        rebuild(instance, async);
      }
      if (PARTS.contains("large")) {
        large(async);
      }
      if (PARTS.contains("soak")) {
        soak(instance, waiting, rate);
      }
    }
    System.out.println();
    System.out.println("| What | Figure | Ratio |");
    System.out.println("|---|---|---|");
    table.forEach(System.out::println);
  }

  /** The rivals take turns, so that what disturbs the machine disturbs all. */
  private Speed rounds(RowByRow reference, Load async, Load hot) throws Exception {
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
        figures(limits),
        "1");
    var pgbench = reference.perSecondInPgbench(16, SECONDS);
    row("The same in pgbench", "%.0f orders/s".formatted(pgbench), ratio(pgbench, limit));
    row("Settled orders, many flights", figures(rates), ratio(rate, limit) + " of row by row");
    row("Settled orders, one hot flight", figures(hots), ratio(median(hots), rate) + " of many");
    return new Speed(limit, rate);
  }

  /** Orders a second at most. */
  private record Speed(double rowByRow, double settled) {}

  private void latency(Installation.Instance instance, Load waiting, Speed speed) throws Exception {
    var rate = speed.settled();
    progress("as many as row by row reaches at most");
    var many = waiting.open(200, speed.rowByRow(), 3 * SECONDS);
    row(
        "To the ticket at the most that row by row reaches, %.0f/s".formatted(many.rate(201)),
        percentiles(many),
        "");
    awaitSettled();
    progress("half load");
    var half = waiting.open(200, rate / 2, 3 * SECONDS);
    row("To the ticket at half load, %.0f/s".formatted(half.rate(201)), percentiles(half), "");
    hops(instance);
    awaitSettled();
    progress("128 clients that wait");
    var full = waiting.closed(128, SECONDS);
    row(
        "128 clients that wait for their tickets",
        "%.0f orders/s, %s".formatted(full.rate(201), percentiles(full)),
        ratio(full.rate(201), rate) + " of many");
  }

  /** Where the time went that an order took, by what the instance measured of late. */
  private void hops(Installation.Instance instance) {
    var metrics = instance.api().as("backoffice").get("/actuator/prometheus").expect(200).text();
    for (var consumer : List.of("reservation.space", "order.progress")) {
      row(
          "Hop of %s: woken to claimed; unsettled to settled; claimed to committed"
              .formatted(consumer),
          String.join("; ", quantiles(metrics, consumer)),
          "");
    }
  }

  private static List<String> quantiles(String metrics, String consumer) {
    return Stream.of("claimed", "settled", "committed")
        .map(
            step ->
                "p50 %s, p99 %s"
                    .formatted(
                        quantile(metrics, step, consumer, "0.5"),
                        quantile(metrics, step, consumer, "0.99")))
        .toList();
  }

  private static String quantile(String metrics, String step, String consumer, String quantile) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("contrail_eventlog_" + step + "_seconds{"))
        .filter(line -> line.contains("consumer=\"" + consumer + "\""))
        .filter(line -> line.contains("quantile=\"" + quantile + "\""))
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .map(seconds -> "%.1f ms".formatted(seconds * 1000))
        .findFirst()
        .orElse("-");
  }

  /** A transaction that stays open in another database of the server. */
  private void elsewhere(Load async) throws Exception {
    var without = settled(async);
    var other = TestDatabase.create();
    try (var connection = DriverManager.getConnection(other);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("create table open_for_long (n int)");
      statement.execute("insert into open_for_long values (1)");
      progress("a transaction stays open elsewhere");
      var settled = settled(async);
      row(
          "Settled orders while a transaction stays open elsewhere on the server",
          "%.0f orders/s".formatted(settled),
          ratio(settled, without) + " of right before");
      connection.rollback();
    }
  }

  /** Sales with and without a rebuild of the index, taking turns. */
  private void rebuild(Installation.Instance instance, Load async) throws Exception {
    var staff = instance.api().as("backoffice");
    var consumer = Map.<String, Object>of("consumer", "shopping.index");
    var without = new ArrayList<Double>();
    var with = new ArrayList<Double>();
    for (var round = 1; round <= ROUNDS; round++) {
      without.add(settled(async));
      staff.post("/actuator/eventlog/rebuild", consumer).expect(202);
      progress("a rebuild is on");
      with.add(settled(async));
      var running = staff.get("/actuator/eventlog").json().at("/rebuilds/0/fraction");
      progress("  rebuilt so far: " + running);
      staff.post("/actuator/eventlog/give-up", consumer);
    }
    row(
        "Settled orders while the index is rebuilt",
        figures(with),
        ratio(median(with), median(without)) + " of those without");
  }

  private void idle(Load waiting) throws Exception {
    awaitSettled();
    Thread.sleep(15_000); // idle backends report their statistics late
    progress("idle");
    var before = transactions();
    Thread.sleep(10_000);
    row("Idle cost", "%.1f transactions/s".formatted((transactions() - before) / 10.0), "");
    var begun = Clock.systemUTC().instant();
    waiting.open(4, 10, 30);
    row("Publication to handler when idle, the commit included", hop(begun), "");
  }

  /** From the moment that an order was published to that at which its handler answered. */
  private String hop(Instant begun) {
    return jdbc.sql(
            """
            select percentile_disc(0.5) within group (order by ms) as p50,
                   percentile_disc(0.99) within group (order by ms) as p99
              from (select extract(epoch from h.recorded_at - p.recorded_at) * 1000 as ms
                      from eventlog.event p
                      join eventlog.event h on h.causation_id = p.id
                     where p.type = 'order.OrderPlaced.v4' and p.recorded_at > :begun
                       and h.type = 'reservation.SpaceHeld.v2' and h.recorded_at > :begun) l
            """)
        .param("begun", begun.atOffset(ZoneOffset.UTC))
        .query((r, _) -> "p50 %.1f ms, p99 %.1f ms".formatted(r.getDouble(1), r.getDouble(2)))
        .single();
  }

  /** The same with a long past in the log: events that no consumer of today has to handle. */
  private void large(Load async) throws Exception {
    var without = rates(async);
    for (var from = 0L; from < MANY; from += CHUNK) {
      progress("%,d of %,d events".formatted(from, MANY));
      jdbc.sql(
              """
              insert into eventlog.event (partition, stream, version, id, type, occurred_at,
                                          recorded_at, actor, channel, correlation_id, data)
              select 0,
                     'order-past-' || lpad((n / 5)::text, 12, '0'), n % 5 + 1, gen_random_uuid(),
                     'order.OrderHeld.v1', now(), now(), 'system:benchmark', 'web', 'benchmark',
                     '{"order":"01990000-0000-7000-8000-000000000001","locator":"K3X9QD",'
                       '"payBy":"2026-12-01T12:00:00Z","at":"2026-12-01T11:45:00Z"}'
                from generate_series(:from, :to) n
              """)
          .param("from", from)
          .param("to", Math.min(from + CHUNK, MANY) - 1)
          .update();
    }
    awaitCaughtUp();
    // A past has been vacuumed and written back long ago: neither must be measured.
    jdbc.sql("vacuum (analyze) eventlog.event").update();
    jdbc.sql("checkpoint").update();
    var with = rates(async);
    row(
        "Settled orders with %,d events in the log".formatted(MANY),
        figures(with),
        ratio(median(with), median(without)) + " of right before");
  }

  private List<Double> rates(Load load) throws Exception {
    var rates = new ArrayList<Double>();
    for (var round = 1; round <= ROUNDS; round++) {
      rates.add(settled(load));
    }
    return rates;
  }

  private void awaitCaughtUp() {
    Awaitility.await("the consumers to have passed the past")
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                count(
                        """
                        select count(*)
                          from eventlog.cursor c
                         where (select max(e.position) from eventlog.event e
                                 where e.partition = c.partition) > c.position
                        """)
                    == 0);
  }

  /** What is alive on the heap after a collection, every minute of a steady load. */
  private void soak(Installation.Instance instance, Load waiting, double rate) throws Exception {
    var alive = new ArrayList<Long>();
    for (var minute = 1; minute <= SOAK_MINUTES; minute++) {
      waiting.open(200, rate * 0.6, 60);
      alive.add(instance.liveHeapMegabytes());
      progress("soak: %d MB alive after minute %d".formatted(alive.getLast(), minute));
    }
    row(
        "Alive on the heap (of 512 MB) minute by minute at 60 % load",
        alive + " MB", ratio(alive.getLast(), alive.getFirst()) + " from first to last");
  }

  private static String figures(List<Double> rates) {
    return "%.0f orders/s %s"
        .formatted(median(rates), rates.stream().map("%.0f"::formatted).toList());
  }

  private static String percentiles(Load.Result result) {
    return "p50 %.0f ms, p99 %.0f ms"
        .formatted(result.percentile(201, 0.5), result.percentile(201, 0.99));
  }

  private static String ratio(double figure, double other) {
    return "%.2f".formatted(figure / other);
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

  private void row(String what, String figure, String ratio) {
    table.add("| %s | %s | %s |".formatted(what, figure, ratio));
    progress(table.getLast());
  }

  private static void progress(String text) {
    System.out.println(LocalTime.now(ZoneOffset.UTC).withNano(0) + " " + text);
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
    return count("select count(*) from loyalty.entry where kind = 'FORECAST'");
  }

  private long transactions() {
    return count(
        "select xact_commit + xact_rollback from pg_stat_database where datname ="
            + " current_database()");
  }

  private long count(String sql) {
    return Shop.count(jdbc, sql);
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  /** A database with the same flights for the rival, and members whose numbers it can count. */
  private String copy() {
    var name = TestDatabase.nameOf(database);
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
    Shop.jdbc(copy)
        .sql(
            """
            insert into loyalty.account (member_number)
            select (5000000000 + n)::text
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
            "select repeat('x', octet_length(body)) from web.idempotency where status = 201"
                + " and route = 'POST /orders' limit 1"));
    var types =
        Map.of(
            "placed", "order.OrderPlaced.v4",
            "held", "reservation.SpaceHeld.v2",
            "authorised", "order.PaymentAuthorized.v1",
            "confirmed", "reservation.SpaceConfirmed.v2",
            "captured", "order.PaymentCaptured.v1",
            "ticketed", "order.OrderTicketed.v4",
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
