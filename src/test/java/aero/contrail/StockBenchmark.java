package aero.contrail;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The same sales flow on stock Spring Modulith and here, taking turns on one PostgreSQL, each
 * loaded over 32 connections. Needs {@code wrk}, and a folder with the built stock application, its
 * schema and its load: {@code mvn -Pbenchmark verify -Dit.test=StockBenchmark -Dstock.folder=…
 * -Dstock.jar=…}.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS) // the default is for tests
class StockBenchmark {

  private static final int PORT = 18_130;
  private static final int STOCK_PORT = 8080;
  private static final int SECONDS = Integer.getInteger("benchmark.seconds", 15);
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
  private static final int WARM_UP_SECONDS = Integer.getInteger("benchmark.warmup", 60);
  private static final int CONNECTIONS = 32;
  private static final String FOLDER = System.getProperty("stock.folder", "");
  private static final String JAR = System.getProperty("stock.jar", "");

  private final String database = TestDatabase.create();
  private final JdbcClient ours = Shop.jdbc(database);
  private final JdbcClient stock = Shop.jdbc(database.replaceAll("/test_[0-9]+\\?", "/postgres?"));

  private interface Side {
    double settled(double seconds) throws Exception;
  }

  @Test
  void takingTurns() throws Exception {
    assumeTrue(!FOLDER.isEmpty() && !JAR.isEmpty(), "say where the stock application is");
    stock.sql(Files.readString(Path.of(FOLDER, "schema.sql"))).update();
    var installation = Installation.extract();
    var server = URI.create(database.replace("jdbc:", "")).getPort();
    var builder = new ProcessBuilder(Installation.JAVA, "-Xmx512m", "-jar", JAR);
    builder.environment().put("PGPORT", "" + server);
    var process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "stock.log").toFile())
            .start();
    try (var instance =
        installation
            .start(PORT, database, "--contrail.shopping.offer-lifetime=PT12H")
            .awaitReady()) {
      Shop.stock(instance.api(), ours);
      var bodies = Shop.orders(instance.api(), ours);
      var load = new Load(PORT, instance.api().token("web"), "respond-async", bodies);
      Side here = seconds -> here(load, seconds);
      here.settled(WARM_UP_SECONDS);
      stock(WARM_UP_SECONDS);
      var stocks = new ArrayList<Double>();
      var heres = new ArrayList<Double>();
      for (var round = 1; round <= ROUNDS; round++) {
        stocks.add(stock(SECONDS));
        heres.add(here.settled(SECONDS));
        System.out.printf(
            "round %d: stock %.0f/s, here %.0f/s%n", round, stocks.getLast(), heres.getLast());
      }
      System.out.printf(
          "settled, drain included: stock %.0f/s, here %.0f/s, ratio %.1f%n",
          median(stocks), median(heres), median(heres) / median(stocks));
    } finally {
      process.destroyForcibly();
    }
  }

  private double here(Load load, double seconds) throws Exception {
    var before = Shop.count(ours, "select count(*) from loyalty.entry");
    var begun = System.nanoTime();
    var result = load.closed(CONNECTIONS, seconds);
    var due = before + result.count(202) + result.count(201);
    return drained(ours, "select count(*) from loyalty.entry", before, due, begun);
  }

  private double stock(double seconds) throws IOException, InterruptedException {
    var before = Shop.count(stock, "select count(*) from points");
    var orders = "select count(*) from order_event where version = 1";
    var ordersBefore = Shop.count(stock, orders);
    var begun = System.nanoTime();
    new ProcessBuilder(
            "wrk",
            "-t1",
            "-c" + CONNECTIONS,
            "-d" + (int) seconds + "s",
            "-s",
            FOLDER + "/post.lua",
            "http://127.0.0.1:" + STOCK_PORT + "/orders")
        .inheritIO()
        .start()
        .waitFor();
    var due = before + Shop.count(stock, orders) - ordersBefore;
    return drained(stock, "select count(*) from points", before, due, begun);
  }

  private static double drained(
      JdbcClient jdbc, String counter, long before, long due, long begunNanos) {
    Awaitility.await("all to be settled")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> Shop.count(jdbc, counter) >= due);
    return (due - before) / ((System.nanoTime() - begunNanos) / 1e9);
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }
}
