package aero.contrail;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Installation.Instance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Three instances sell over HTTP whatever customers buy, while they are killed, frozen and cut off,
 * or their database is; then everything is compared. Half a minute of each; more with {@code mvn
 * verify -Dit.test=CrashIT -Dcrash.seconds=300}, the same again with {@code -Dcrash.seed=…}. What
 * was done stands in {@code target/crash-history-….log}.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS) // the default is for tests
class CrashIT {

  private static final int SECONDS = Integer.getInteger("crash.seconds", 30);
  private static final long SEED =
      Long.getLong("crash.seed", Clock.systemUTC().millis() % 1_000_000);

  private static final int INSTANCES = 3;
  private static final int DATABASE_PORT = 18_119;
  private static final int CLIENTS = Integer.getInteger("crash.clients", 24);

  /** The last flights have so few seats that they sell out. */
  private static final int SCARCE = 10;

  private static final int SEATS = 8;

  /** What operators let those sell, now this, now that. */
  private static final List<Integer> LIMITS = List.of(4, 6, SEATS, 10, 12);

  /** So many flights are cancelled while they are sold. */
  private static final int CANCELLED = 5;

  /** Beyond it late payments arrive, and what nobody paid expires. */
  private static final Duration LATE = Duration.ofMinutes(25);

  private final Instance[] instances = new Instance[INSTANCES];
  private int firstPort;
  private String database = "";
  private JdbcClient jdbc = Shop.jdbc("jdbc:postgresql:none");

  @Test
  void instancesAreKilledFrozenAndCutOff() throws Exception {
    firstPort = 18_111;
    run(TestDatabase.create(), SECONDS, Nemesis::ofInstances);
  }

  @Test
  void theDatabaseIsKilled() throws Exception {
    firstPort = 18_121; // tokens of another installation are remembered by port
    try (var server = new KillableDatabase(Path.of("target", "killable"), DATABASE_PORT)) {
      run(server.url(), SECONDS, (seed, crash) -> Nemesis.ofDatabase(seed, crash, server));
    }
  }

  private interface Evil {
    Nemesis of(long seed, Nemesis.Victims victims);
  }

  private void run(String where, int seconds, Evil evil) throws Exception {
    database = where;
    jdbc = Shop.jdbc(database);
    System.out.printf("crash test: seed %d, %d seconds%n", SEED, seconds);
    var installation = Installation.extract();
    try (var history =
        new PrintWriter(
            Files.newBufferedWriter(Path.of("target", "crash-history-" + firstPort + ".log")),
            true)) {
      history.printf("seed %d%n", SEED);
      startAll(installation);
      Shop.stock(instances[0].api(), jdbc);
      Shop.connect(instances[0].api(), jdbc);
      makeScarce();
      var customers = new Customers(firstPort, INSTANCES, history);
      var basket = new Basket(instances[0].api().as("web"), Shop.DESTINATIONS);
      var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      var nemesis =
          evil.of(
              SEED,
              new Nemesis.Victims(
                  jdbc,
                  number -> start(installation, number),
                  Arrays.asList(instances),
                  line -> {
                    history.println(Clock.systemUTC().instant() + " " + line);
                    System.out.println("  " + line);
                  }));
      try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        var token = instances[0].api().token("web");
        var tasks = new ArrayList<Future<?>>();
        for (var i = 0; i < CLIENTS; i++) {
          var random = new Random(SEED + i);
          tasks.add(
              clients.submit(
                  () -> {
                    customers.sell(random, basket, token, end);
                    return null;
                  }));
        }
        var operations = instances[0].api().token("operations");
        var flights = cancelled();
        tasks.add(
            clients.submit(
                () -> {
                  cancelFlights(flights, customers, operations, end);
                  return null;
                }));
        tasks.add(
            clients.submit(
                () -> {
                  changeLimits(scarce(), customers, operations, end);
                  return null;
                }));
        nemesis.rage(end);
        for (var task : tasks) {
          task.get();
        }
      }
      letTimePass(installation);
      settle();
      check(customers, seconds);
      report(nemesis.faults());
    } finally {
      for (var instance : instances) {
        if (instance != null) {
          instance.signal("CONT");
          instance.kill();
        }
      }
    }
  }

  private void startAll(Installation installation) throws IOException {
    for (var i = 0; i < INSTANCES; i++) {
      instances[i] = start(installation, i);
      if (i == 0) {
        instances[0].awaitReady();
      }
    }
    for (var instance : instances) {
      instance.awaitReady();
    }
  }

  /** The sandbox's clock goes ahead for all instances: they read it when they start. */
  private void letTimePass(Installation installation) throws IOException {
    for (var instance : instances) {
      instance.kill();
    }
    jdbc.sql(
            """
            insert into web.sandbox_clock (advanced_nanos)
            values (:nanos)
                on conflict (id) do update
               set advanced_nanos = excluded.advanced_nanos
            """)
        .param("nanos", LATE.toNanos())
        .update();
    startAll(installation);
  }

  private Instance start(Installation installation, int number) throws IOException {
    return installation.start(
        firstPort + number,
        database,
        "-Xms256m",
        "-Xmx256m",
        "--contrail.order.hold-time=PT20S",
        "--contrail.shopping.offer-lifetime=PT2H",
        "--contrail.reservation.waitlist-hold-time=PT5S",
        "--contrail.order.hold-renewals=1000000"); // all customers have one address
  }

  private void makeScarce() {
    jdbc.sql(
            """
            update reservation.cabin
               set authorised = :seats, limits = array_fill(100, array[array_length(limits, 1)])
             where flight_id in (select id from reservation.flight order by id desc limit :scarce)
            """)
        .param("seats", SEATS)
        .param("scarce", SCARCE)
        .update();
  }

  /** Half-way, at flights with seats that have been sold all along. */
  private static void cancelFlights(
      List<String> flights, Customers customers, String token, long end)
      throws InterruptedException {
    Thread.sleep(Math.max(0, (end - System.nanoTime()) / 2_000_000));
    var random = new Random(SEED);
    for (var flight : flights) {
      var path = "/flights/%s/cancel".formatted(flight);
      customers.note(path, customers.persist(random, path, "{}", "wait=5", token, end));
    }
  }

  private static void changeLimits(
      List<String> flights, Customers customers, String token, long end)
      throws InterruptedException {
    var random = new Random(SEED);
    while (System.nanoTime() < end) {
      var flight = flights.get(random.nextInt(flights.size()));
      customers.limit(random, flight, LIMITS.get(random.nextInt(LIMITS.size())), token);
      Thread.sleep(50);
    }
  }

  private List<String> scarce() {
    return jdbc.sql("select id from reservation.flight order by id desc limit " + SCARCE)
        .query((row, _) -> row.getString("id"))
        .list();
  }

  private List<String> cancelled() {
    return jdbc.sql("select id from reservation.flight order by id limit " + CANCELLED)
        .query((row, _) -> row.getString("id"))
        .list();
  }

  private void settle() {
    Awaitility.await("all orders to end and all events to be handled")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> Audit.isSettled(jdbc));
  }

  private void check(Customers customers, int seconds) {
    var web = instances[0].api().as("web");
    var acknowledged = customers.acknowledged();
    assertThat(acknowledged)
        .as("orders, each with a key of its own")
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(seconds);
    for (var order : acknowledged.subList(0, Math.min(1000, acknowledged.size()))) {
      assertThat(web.get("/orders/" + order).expect(200).at("/status"))
          .isIn("TICKETED", "REJECTED", "CANCELLED", "FAILED", "EXPIRED");
    }
    assertThat(count("select count(*) from orders.order_index"))
        .as("one order for each key, however often it was sent")
        .isEqualTo(customers.orders());
    try (var connection = new SingleConnectionDataSource(database, true)) {
      var moments =
          Moments.check(
              JdbcClient.create(connection),
              scarce().stream().collect(toMap(flight -> flight, _ -> Set.copyOf(LIMITS))));
      var audit = new Audit(JdbcClient.create(connection));
      audit.check(CANCELLED);
      System.out.printf(
          "crash test: %d keys, %d acknowledged orders, %d moments of scarce flights, %s%n",
          customers.orders(), acknowledged.size(), moments, audit);
      assertThat(moments).isGreaterThan(seconds);
    }
  }

  /** For how long nothing was settled after a fault: how long others took to take over. */
  private void report(List<Nemesis.Fault> faults) {
    var gaps = new TreeMap<String, List<Long>>();
    for (var i = 0; i < faults.size(); i++) {
      var fault = faults.get(i);
      var end = fault.at().plusSeconds(15);
      var next = i + 1 < faults.size() ? faults.get(i + 1).at() : end;
      gaps.computeIfAbsent(fault.kind(), _ -> new ArrayList<>())
          .add(longestPause(fault.at(), next.isBefore(end) ? next : end));
    }
    gaps.forEach(
        (kind, millis) -> {
          var sorted = millis.stream().sorted().toList();
          System.out.printf(
              "%s x %d: longest pause of settling until the next: median %d ms, most %d ms%n",
              kind, sorted.size(), sorted.get(sorted.size() / 2), sorted.getLast());
        });
  }

  private long longestPause(Instant from, Instant to) {
    return jdbc.sql(
            """
            select coalesce(max(extract(epoch from recorded_at - before) * 1000), 0)::bigint as gap
              from (select recorded_at,
                           lag(recorded_at, 1, :from) over (order by recorded_at) as before
                      from eventlog.event
                     where actor in ('system:reservation.space', 'system:order.progress')
                       and recorded_at between :from and :to) e
            """)
        .param("from", from.atOffset(ZoneOffset.UTC))
        .param("to", to.atOffset(ZoneOffset.UTC))
        .query((row, _) -> row.getLong("gap"))
        .single();
  }

  private long count(String sql) {
    return Shop.count(jdbc, sql);
  }
}
