package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Installation.Instance;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three instances sell over HTTP whatever customers buy, while they are killed, frozen and cut off,
 * or their database is; then everything is compared. A minute of it; more with {@code mvn verify
 * -Dit.test=CrashIT -Dcrash.seconds=300}, the same again with {@code -Dcrash.seed=…}. What was done
 * stands in {@code target/crash-history.log}.
 */
class CrashIT {

  private static final int SECONDS = Integer.getInteger("crash.seconds", 60);
  private static final long SEED =
      Long.getLong("crash.seed", Clock.systemUTC().millis() % 1_000_000);

  private static final int INSTANCES = 3;
  private static final int FIRST_PORT = 18_111;
  private static final int DATABASE_PORT = 18_119;
  private static final int CLIENTS = 24;

  /** The last flights have so few seats that they sell out. */
  private static final int SCARCE = 10;

  private static final int SEATS = 8;

  /** So many flights are cancelled while they are sold. */
  private static final int CANCELLED = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** How long an id is. */
  private static final int ID = 36;

  /** Beyond it late payments arrive, and what nobody paid expires. */
  private static final Duration LATE = Duration.ofMinutes(25);

  /** Answers that end a request: sold out, cancelled or expired meanwhile, not paid. */
  private static final Set<String> REFUSALS =
      Set.of(
          "space_unavailable",
          "illegal_state",
          "order_expired",
          "payment_declined",
          "quote_superseded",
          "quote_expired");

  private final Instance[] instances = new Instance[INSTANCES];
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private String database = "";
  private JdbcClient jdbc = Shop.jdbc("jdbc:postgresql:none");

  @Test
  void instancesAreKilledFrozenAndCutOff() throws Exception {
    run(TestDatabase.create(), SECONDS, Nemesis::ofInstances);
  }

  @Test
  void theDatabaseIsKilled() throws Exception {
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
        new PrintWriter(Files.newBufferedWriter(Path.of("target", "crash-history.log")), true)) {
      history.printf("seed %d%n", SEED);
      startAll(installation);
      Shop.stock(instances[0].api(), jdbc);
      Shop.connect(instances[0].api(), jdbc);
      makeScarce();
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
          tasks.add(clients.submit(() -> sell(random, basket, token, end, history)));
        }
        var operations = instances[0].api().token("operations");
        var flights = cancelled();
        tasks.add(
            clients.submit(
                () -> {
                  cancelFlights(flights, operations, end, history);
                  return null;
                }));
        nemesis.rage(end);
        for (var task : tasks) {
          task.get();
        }
      }
      letTimePass(installation);
      settle();
      check(seconds);
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
        FIRST_PORT + number,
        database,
        "-Xms256m",
        "-Xmx256m",
        "--contrail.order.hold-time=PT20S",
        "--contrail.shopping.offer-lifetime=PT2H");
  }

  private void makeScarce() {
    jdbc.sql(
            """
            update reservation.cabin
               set authorised = :seats, limits = array_fill(:seats, array[array_length(limits, 1)])
             where flight_id in (select id from reservation.flight order by id desc limit :scarce)
            """)
        .param("seats", SEATS)
        .param("scarce", SCARCE)
        .update();
  }

  /** Half-way, at flights with seats that have been sold all along. */
  private void cancelFlights(List<String> flights, String token, long end, PrintWriter history)
      throws InterruptedException {
    Thread.sleep(Math.max(0, (end - System.nanoTime()) / 2_000_000));
    var random = new Random(SEED);
    for (var flight : flights) {
      var path = "/flights/%s/cancel".formatted(flight);
      var answer = persist(random, path, "{}", "wait=5", token, end);
      history.printf("%s %s: %s%n", Clock.systemUTC().instant(), path, answer);
    }
  }

  private List<String> cancelled() {
    return jdbc.sql("select id from reservation.flight order by id limit " + CANCELLED)
        .query((row, _) -> row.getString("id"))
        .list();
  }

  /** Orders until the time is over, and asks for each until it has an answer; gives some up. */
  private void sell(Random random, Basket basket, String token, long end, PrintWriter history) {
    while (System.nanoTime() < end) {
      var prefer = random.nextBoolean() ? "respond-async" : "wait=5";
      var answer = persist(random, "/orders", basket.order(random), prefer, token, end);
      answers.add(answer);
      history.printf("%s %s%n", Clock.systemUTC().instant(), answer);
      if (random.nextInt(5) == 0 && answer.length() == ID) {
        giveUp(random, answer, token, end, history);
      }
    }
  }

  private void giveUp(Random random, String order, String token, long end, PrintWriter history) {
    var path = "/orders/" + order + "/cancellations";
    var quote = persist(random, path, "{}", "wait=5", token, end);
    if (quote.length() == ID) {
      var confirmed = persist(random, path + "/" + quote + "/confirm", "{}", "wait=5", token, end);
      history.printf("%s gave up %s: %s%n", Clock.systemUTC().instant(), order, confirmed);
    }
  }

  /** Sends a request, under one key, to one instance after the other until one answers. */
  private String persist(
      Random random, String path, String body, String prefer, String token, long end) {
    var key = UUID.randomUUID().toString();
    var answer = "";
    while (answer.isEmpty()) {
      assertThat(System.nanoTime() - end)
          .as("time without an answer to %s, key %s", path, key)
          .isLessThan(Duration.ofMinutes(2).toNanos());
      var port = FIRST_PORT + random.nextInt(INSTANCES);
      answer = ask(port, path, key, body, prefer, token);
    }
    return answer;
  }

  /** The id of what was made, or why there is none; empty when nobody knows yet. */
  private String ask(int port, String path, String key, String body, String prefer, String token) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", key)
            .header("Prefer", prefer)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      var json = JsonMapper.shared().readTree(answer.body());
      if (answer.statusCode() < 300) {
        return json.at("/id").asString(json.at("/flightId").asString());
      }
      if (REFUSALS.contains(json.at("/code").asString())) {
        return json.at("/code").asString();
      }
      assertThat(answer.statusCode()).as(answer.body()).isIn(409, 500, 503);
      Thread.sleep(200);
    } catch (IOException lost) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
    return "";
  }

  private void settle() {
    Awaitility.await("all orders to end and all events to be handled")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                count(
                            """
                            select count(*) from orders.order_index
                             where status in ('PLACED', 'HELD', 'CONFIRMING')
                            """)
                        == 0
                    && count(
                            "select count(*) from orders.payment_instruction where status = 'OPEN'")
                        == 0
                    && count(
                            """
                            select count(*)
                              from eventlog.consumer k
                              join eventlog.cursor c on c.consumer = k.id
                              join eventlog.event e on e.partition = c.partition
                             where e.position > c.position
                               and e.type = any (k.types)
                            """)
                        == 0
                    && count("select count(*) from orders.order_to_cancel") == 0
                    && count("select count(*) from eventlog.parked_stream") == 0);
  }

  private void check(int seconds) {
    var web = instances[0].api().as("web");
    var acknowledged = answers.stream().filter(answer -> answer.length() == ID).toList();
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
        .isEqualTo(answers.size());
    try (var connection = new SingleConnectionDataSource(database, true)) {
      var audit = new Audit(JdbcClient.create(connection));
      audit.check(CANCELLED);
      System.out.printf(
          "crash test: %d keys, %d acknowledged orders, %s%n",
          answers.size(), acknowledged.size(), audit);
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
