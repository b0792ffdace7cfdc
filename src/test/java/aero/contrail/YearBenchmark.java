package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A year of real flights and as many mirrored ones, so that there are returns and connections:
 * imported, searched at a steady rate, and sold beside an import that changes all of them. The
 * client has its share of the cores. {@code mvn -Pbenchmark verify -Dit.test=YearBenchmark}; {@code
 * -Dyear.rate} searches a second, {@code -Dyear.limit} offers each, {@code -Dyear.seconds}, {@code
 * -Dyear=} where the file is.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class YearBenchmark {

  private static final int PORT = 18_150;
  private static final int RATE = Integer.getInteger("year.rate", 500);
  private static final int ORDERS = Integer.getInteger("year.orders", 40);
  private static final int SECONDS = Integer.getInteger("year.seconds", 30);
  private static final int LIMIT = Integer.getInteger("year.limit", 10);

  /** Sold on one day, which the import changes like all others. */
  private static final int FLIGHTS = 40;

  private static final int DAY = 60;

  private final YearOfFlights year = YearOfFlights.read();
  private final String database = TestDatabase.create();

  @Test
  void imported() throws Exception {
    try (var instance =
        Installation.extract()
            .start(
                PORT,
                database,
                "-Xmx3g",
                "--contrail.shopping.offer-lifetime=PT12H",
                "--contrail.reservation.unpaid-percent=100")
            .awaitReady()) {
      var sales = new Sales(instance.api());
      var empty = instance.liveHeapMegabytes();
      var flights = imported("new", sales, year.csv());
      imported("unchanged", sales, year.csv());
      flights += imported("mirrored", sales, year.mirrored());
      awaitIndexed(flights);
      System.out.printf(
          "%d flights: %d MB of heap more than without%n",
          flights, instance.liveHeapMegabytes() - empty);
      search(instance.api());
      sell(instance.api(), sales);
    }
  }

  private static int imported(String kind, Sales sales, byte[] csv) {
    var began = System.nanoTime();
    var done = sales.importFile("text/csv", csv, "skip");
    var seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "%s: %s rows in %.1f s, %.0f a second; created %s, changed %s, unchanged %s, rejected %s%n",
        kind,
        done.at("/rowsRead"),
        seconds,
        Integer.parseInt(done.at("/rowsRead")) / seconds,
        done.at("/created"),
        done.at("/changed"),
        done.at("/unchanged"),
        done.at("/rejectedCount"));
    return Integer.parseInt(done.at("/created"));
  }

  private void awaitIndexed(int flights) {
    var began = System.nanoTime();
    var jdbc = Shop.jdbc(database);
    Awaitility.await("all flights to be indexed")
        .atMost(Duration.ofMinutes(20))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> Shop.count(jdbc, "select count(*) from shopping.flight") == flights);
    System.out.printf("indexed %.0f s later%n", (System.nanoTime() - began) / 1e9);
  }

  private void search(Api api) {
    var web = api.as("web");
    var random = new Random(7);
    for (var rate : new int[] {RATE / 10, RATE / 4, RATE / 2, RATE, RATE}) {
      var paths =
          IntStream.range(0, rate * SECONDS)
              .mapToObj(_ -> year.search(random) + "&limit=" + LIMIT)
              .toList();
      steadily(
          "searches with limit " + LIMIT,
          rate,
          paths.size(),
          i -> web.get(paths.get(i)).expect(200));
    }
  }

  /** Orders of flights that are being changed are refused, as long as their offers are old. */
  private void sell(Api api, Sales sales) throws Exception {
    var web = api.as("web");
    Supplier<List<Map<String, Object>>> orders =
        () -> {
          var random = new Random(3);
          return IntStream.range(0, FLIGHTS)
              .mapToObj(_ -> offer(web, year.flight(random, DAY)))
              .map(offer -> Sales.ada(offer, "tok_ok"))
              .toList();
        };
    var bodies = orders.get();
    IntConsumer order =
        i ->
            assertThat(web.create("/orders", bodies.get(i % FLIGHTS), "Prefer", "wait=30").status())
                .isIn(201, 409);
    steadily("orders to warm up", ORDERS, ORDERS * SECONDS / 2, order);
    steadily("orders alone", ORDERS, ORDERS * SECONDS, order);
    try (var importing = Executors.newSingleThreadExecutor()) {
      var done = importing.submit(() -> imported("five minutes later", sales, year.csv(5)));
      steadily("orders beside an import that changes all", ORDERS, ORDERS * SECONDS, order);
      done.get();
    }
    steadily("orders alone again", ORDERS, ORDERS * SECONDS, order);
  }

  private static String offer(Api web, String flight) {
    var origin = flight.substring(flight.length() - 3);
    var date = flight.substring(flight.length() - 14, flight.length() - 4);
    var destination = web.as("operations").get("/flights/" + flight).at("/destination");
    return web.get(
            "/offers?origin=%s&destination=%s&date=%s&adults=1&maxStops=0&limit=200"
                .formatted(origin, destination, date))
        .json()
        .at("/items")
        .valueStream()
        .filter(offer -> offer.at("/flights/0/flightId").asString().equals(flight))
        .filter(offer -> offer.at("/fareClass").asString().equals("Y"))
        .findFirst()
        .orElseThrow()
        .at("/offerId")
        .asString();
  }

  /** So many calls a second, however long they take: the time is from when each was due. */
  private static void steadily(String what, int rate, int count, IntConsumer call) {
    var nanos = new AtomicLongArray(count);
    var began = System.nanoTime();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < count; i++) {
        var due = began + i * 1_000_000_000L / rate;
        LockSupport.parkNanos(due - System.nanoTime());
        var number = i;
        clients.execute(
            () -> {
              call.accept(number);
              nanos.set(number, System.nanoTime() - due);
            });
      }
    }
    var sorted = IntStream.range(0, count).mapToLong(nanos::get).sorted().toArray();
    assertThat(Arrays.stream(sorted).filter(time -> time == 0).count()).as("failed").isZero();
    System.out.printf(
        "%d %s, %d/s: p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
        count,
        what,
        rate,
        sorted[count / 2] / 1e6,
        sorted[count * 99 / 100] / 1e6,
        sorted[count - 1] / 1e6);
  }
}
