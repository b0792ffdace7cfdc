package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Kills the application ({@code kill -9}) in the middle of 500 orders, starts it again, and counts:
 * a real process, a real PostgreSQL that lives on.
 */
class CrashTests {

  private static final int ORDERS = 500;
  private static final int KILL_AFTER = 150;
  private static final int PORT = 18_091;

  private final String database = TestDatabase.create();

  @Test
  void everyAcceptedOrderReachesAnEndAndAllCountersAgree() throws Exception {
    var accepted = ConcurrentHashMap.<String>newKeySet();
    var application = start();
    try {
      var flights = flights();
      sellUntilKilled(application, flights, accepted);
      application = start();
      var jdbc = jdbc();
      Awaitility.await("all orders to reach an end")
          .atMost(Duration.ofSeconds(90))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> undecided(jdbc) == 0 && openInstructions(jdbc) == 0);

      var web = Api.anonymous(PORT).as("web");
      for (var order : accepted) {
        assertThat(web.get("/orders/" + order).expect(200).at("/status"))
            .isIn("TICKETED", "REJECTED");
      }
      var tickets = count(jdbc, "select count(*) from orders.ticket");
      assertThat(tickets).isGreaterThanOrEqualTo(KILL_AFTER / 2);
      assertThat(
              count(jdbc, "select sum((select sum(s) from unnest(sold) s)) from reservation.cabin"))
          .as("seats sold")
          .isEqualTo(tickets);
      assertThat(
              count(jdbc, "select sum((select sum(h) from unnest(held) h)) from reservation.cabin"))
          .as("seats held")
          .isZero();
      assertThat(
              count(
                  jdbc, "select count(*) from orders.sandbox_payment where operation = 'CAPTURE'"))
          .as("captures at the provider")
          .isEqualTo(tickets);
      Awaitility.await("points")
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  count(jdbc, "select count(*) from loyalty.journal where entry = 'FORECAST'")
                      == tickets);
      assertThat(
              count(
                  jdbc,
                  """
                  select count(*)
                    from (select lot
                            from loyalty.journal
                           group by lot, entry
                          having count(*) > 1) twice
                  """))
          .isZero();
    } finally {
      application.destroyForcibly().waitFor();
    }
  }

  private void sellUntilKilled(Process application, List<String> flights, Set<String> accepted)
      throws InterruptedException {
    var web = Api.anonymous(PORT).as("web");
    var sales = new Sales(web);
    var offers = flights.stream().map(flight -> sales.offerId(flight, "Y")).toList();
    var enough = new CountDownLatch(KILL_AFTER);
    try (var clients = Executors.newFixedThreadPool(16)) {
      for (var i = 0; i < ORDERS; i++) {
        var offer = offers.get(i % offers.size());
        clients.execute(
            () -> {
              try {
                var preference = accepted.size() % 2 == 0 ? "respond-async" : "wait=5";
                var order = web.create("/orders", Sales.ada(offer, "tok_ok"), "Prefer", preference);
                if (order.status() < 300) {
                  accepted.add(order.at("/id"));
                }
              } catch (RuntimeException | AssertionError killed) {
                // The process is gone, and with it the answer.
              }
              enough.countDown();
            });
      }
      assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
      application.destroyForcibly().waitFor();
    }
    assertThat(accepted).hasSizeGreaterThan(KILL_AFTER / 2);
  }

  private static List<String> flights() {
    var sales = new Sales(Api.anonymous(PORT));
    var flights = new ArrayList<String>();
    for (var i = 0; i < 5; i++) {
      flights.add(sales.flight("ORD", "CR2"));
    }
    return flights;
  }

  private static long undecided(JdbcClient jdbc) {
    return count(
        jdbc,
        """
        select count(*)
          from orders.order_index
         where status not in ('TICKETED', 'REJECTED', 'FAILED', 'EXPIRED', 'CANCELLED')
        """);
  }

  private static long openInstructions(JdbcClient jdbc) {
    return count(jdbc, "select count(*) from orders.payment_instruction where status = 'OPEN'");
  }

  private static long count(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql).query((row, _) -> row.getLong(1)).single();
  }

  private JdbcClient jdbc() {
    var source = new PGSimpleDataSource();
    source.setUrl(database);
    return JdbcClient.create(source);
  }

  private Process start() throws IOException {
    var log = Path.of("target", "crash-test.log");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Contrail.class.getName(),
                "--spring.profiles.active=demo",
                "--contrail.demo.week=",
                "--server.port=" + PORT,
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Awaitility.await("the application to be ready, see " + log)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> Api.anonymous(PORT).get("/actuator/health/readiness").status() == 200);
    Files.createDirectories(Path.of("target"));
    return process;
  }
}
