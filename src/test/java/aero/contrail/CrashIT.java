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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three instances sell over HTTP while they are killed, frozen and cut off; then everything is
 * counted. A minute of it; more with {@code mvn verify -Dit.test=CrashIT -Dcrash.seconds=300}, the
 * same again with {@code -Dcrash.seed=…}. What was done stands in {@code target/crash-history.log}.
 */
class CrashIT {

  private static final int SECONDS = Integer.getInteger("crash.seconds", 60);
  private static final long SEED =
      Long.getLong("crash.seed", Clock.systemUTC().millis() % 1_000_000);

  private static final int INSTANCES = 3;
  private static final int FIRST_PORT = 18_111;
  private static final int CLIENTS = 24;

  /** The last flights have so few seats that they sell out. */
  private static final int SCARCE = 10;

  private static final int SEATS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final String database = TestDatabase.create();
  private final JdbcClient jdbc = Shop.jdbc(database);
  private final Instance[] instances = new Instance[INSTANCES];
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  @Test
  void everyAcknowledgedOrderEndsAndEveryEffectHappensOnce() throws Exception {
    System.out.printf("crash test: seed %d, %d seconds%n", SEED, SECONDS);
    var installation = Installation.extract();
    try (var history =
        new PrintWriter(Files.newBufferedWriter(Path.of("target", "crash-history.log")), true)) {
      history.printf("seed %d%n", SEED);
      for (var i = 0; i < INSTANCES; i++) {
        instances[i] = start(installation, i);
        if (i == 0) {
          instances[0].awaitReady();
        }
      }
      for (var instance : instances) {
        instance.awaitReady();
      }
      Shop.stock(instances[0].api(), jdbc);
      makeScarce();
      var bodies = Shop.orders(instances[0].api(), jdbc);
      var end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
      var nemesis =
          new Nemesis(
              SEED,
              jdbc,
              number -> start(installation, number),
              instances,
              line -> {
                history.println(Clock.systemUTC().instant() + " " + line);
                System.out.println("  " + line);
              });
      try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        var token = instances[0].api().token("web");
        for (var i = 0; i < CLIENTS; i++) {
          var random = new Random(SEED + i);
          clients.execute(() -> sell(random, bodies, token, end, history));
        }
        nemesis.rage(end);
      }
      for (var instance : instances) {
        instance.awaitReady();
      }
      settle();
      check();
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

  private Instance start(Installation installation, int number) throws IOException {
    return installation.start(
        FIRST_PORT + number,
        database,
        "-Xms256m",
        "-Xmx256m",
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

  /** Orders until the time is over, and asks for each until it has an answer. */
  private void sell(
      Random random, List<String> bodies, String token, long end, PrintWriter history) {
    while (System.nanoTime() < end) {
      var key = UUID.randomUUID().toString();
      var body = bodies.get(random.nextInt(bodies.size()));
      var prefer = random.nextBoolean() ? "respond-async" : "wait=5";
      var tries = 0;
      var answer = "";
      while (answer.isEmpty()) {
        answer = ask(FIRST_PORT + random.nextInt(INSTANCES), key, body, prefer, token);
        tries++;
      }
      answers.put(key, answer);
      history.printf("%s %s after %d tries: %s%n", Clock.systemUTC().instant(), key, tries, answer);
    }
  }

  /** The order's id, or why there is none; empty when nobody knows yet. */
  private String ask(int port, String key, String body, String prefer, String token) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:%d/orders".formatted(port)))
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
        return json.at("/id").asString();
      }
      if (json.at("/code").asString().equals("space_unavailable")) {
        return "space_unavailable";
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
                             where (e.tx, e.position) > (c.tx, c.position)
                               and e.type = any (k.types)
                            """)
                        == 0);
  }

  private void check() {
    var web = instances[0].api().as("web");
    var acknowledged = answers.values().stream().filter(a -> a.length() == 36).distinct().toList();
    assertThat(acknowledged).as("orders, each with a key of its own").hasSizeGreaterThan(SECONDS);
    for (var order : acknowledged) {
      assertThat(web.get("/orders/" + order).expect(200).at("/status"))
          .isIn("TICKETED", "REJECTED");
    }
    assertThat(count("select count(*) from orders.order_index"))
        .as("one order for each key, however often it was sent")
        .isEqualTo(answers.size());

    var tickets = count("select count(*) from orders.ticket");
    assertThat(count("select sum(n) from reservation.cabin, unnest(sold) n"))
        .as("seats sold")
        .isEqualTo(tickets);
    assertThat(count("select sum(n) from reservation.cabin, unnest(held) n"))
        .as("seats held")
        .isZero();
    assertThat(count("select count(*) from orders.sandbox_payment where operation = 'CAPTURE'"))
        .as("captures at the provider")
        .isEqualTo(tickets);
    assertThat(events("order.PaymentCaptured.v1")).isEqualTo(tickets);
    assertThat(events("order.OrderTicketed.v1")).isEqualTo(tickets);
    assertThat(events("loyalty.AccrualForecast.v1")).isEqualTo(tickets);
    assertThat(count("select count(*) from loyalty.journal where entry = 'FORECAST'"))
        .isEqualTo(tickets);
    assertThat(
            count(
                """
                select count(*)
                  from reservation.cabin
                 where authorised < (select sum(n) from unnest(sold) n)
                """))
        .as("cabins oversold")
        .isZero();
    assertThat(events("reservation.SpaceHeld.v1") + events("reservation.SpaceRefused.v1"))
        .as("answers to placed orders")
        .isEqualTo(events("order.OrderPlaced.v1"));

    assertThat(
            count(
                """
                select count(*)
                  from (select 1
                          from eventlog.event
                         where causation_id is not null and stream not like 'flight-%'
                         group by causation_id, stream, type
                        having count(*) > 1) twice
                """))
        .as("effects that an event had twice")
        .isZero();
    assertThat(
            count(
                """
                select count(*)
                  from (select version, row_number() over (partition by stream
                                                               order by tx, position) as place
                          from eventlog.event) e
                 where version <> place
                """))
        .as("events out of the order of their stream, or missing")
        .isZero();
    assertThat(count("select count(*) from eventlog.parked_stream")).as("parked").isZero();
    System.out.printf(
        "crash test: %d keys, %d acknowledged orders, %d tickets = seats = captures = forecasts%n",
        answers.size(), acknowledged.size(), tickets);
  }

  /** For how long nothing was settled after a fault: how long others took to take over. */
  private void report(List<Nemesis.Fault> faults) {
    var gaps =
        faults.stream()
            .collect(
                Collectors.groupingBy(
                    Nemesis.Fault::kind,
                    Collectors.mapping(fault -> gapAfter(fault.at()), Collectors.toList())));
    gaps.forEach(
        (kind, millis) -> {
          var sorted = new ArrayList<>(millis).stream().sorted().toList();
          System.out.printf(
              "%s x %d: longest pause of settling afterwards: median %d ms, most %d ms%n",
              kind, sorted.size(), sorted.get(sorted.size() / 2), sorted.getLast());
        });
  }

  private long gapAfter(Instant fault) {
    return jdbc.sql(
            """
            select coalesce(max(extract(epoch from recorded_at - before) * 1000), 0)::bigint as gap
              from (select recorded_at,
                           lag(recorded_at, 1, :fault) over (order by recorded_at) as before
                      from eventlog.event
                     where actor in ('system:reservation.space', 'system:order.progress')
                       and recorded_at between :fault and :fault + interval '15 s') e
            """)
        .param("fault", fault.atOffset(ZoneOffset.UTC))
        .query((row, _) -> row.getLong("gap"))
        .single();
  }

  private long events(String type) {
    return count("select count(*) from eventlog.event where type = '" + type + "'");
  }

  private long count(String sql) {
    return jdbc.sql(sql).query((row, _) -> row.getLong(1)).single();
  }
}
