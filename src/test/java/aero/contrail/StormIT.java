package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;

/**
 * The day on which half the flights are cancelled: all departures from New York of 8 February 2013,
 * sold to parties as they book, one way, there and back, and on the way to somewhere else; then the
 * cancellations of that day in one request. Every party gets other flights or is left over, nobody
 * is lost. {@code -Dstorm.share=0.8} says how full the flights are, {@code -Dstorm.seed=…} repeats
 * a day.
 */
@DirtiesContext
class StormIT extends AtTheAirport {

  private static final long SEED = Long.getLong("storm.seed", System.nanoTime() % 1_000_000);
  private static final double SHARE = Double.parseDouble(System.getProperty("storm.share", "0.05"));

  @Autowired JdbcClient jdbc;
  @Autowired HikariDataSource database;

  private final Random random = new Random(SEED);
  private final Storm storm = Storm.read();
  private final List<String> parties = Storm.parties();

  /** What is sold on a flight to a party of a kind: the cheapest first. */
  private final Map<String, Deque<String>> offers = new ConcurrentHashMap<>();

  private final Map<String, Set<String>> sold = new ConcurrentHashMap<>();
  private final AtomicInteger seats = new AtomicInteger();

  @Test
  void everyPartyIsReprotectedOrLeftOver() throws Exception {
    var done = sales.importFile(storm.schedule(), "skip");
    assertThat(done.at("/rejectedCount")).as(done.text()).isEqualTo("0");
    sales.offer(storm.all().getLast(), "Y", "adults=1");
    sell();
    var cancelled = storm.cancelled();
    var affected = new HashSet<String>();
    sold.forEach(
        (order, flights) -> {
          if (!Collections.disjoint(flights, cancelled)) {
            affected.add(order);
          }
        });

    var request = Map.of("flights", cancelled, "reason", "snow");
    var dryBegun = System.nanoTime();
    var dry = operations.post("/disruptions?dryRun=true", request).expect(200);
    var drySeconds = (System.nanoTime() - dryBegun) / 1e9;
    var begun = System.nanoTime();
    var path =
        URI.create(operations.create("/disruptions", request).expect(202).header("Location"));
    var end =
        Awaitility.await("the storm to be over")
            .atMost(Duration.ofMinutes(20))
            .pollInterval(Duration.ofMillis(100))
            .until(
                () -> operations.get(path.getPath()).expect(200),
                d -> d.at("/done").equals("true"));
    var seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "storm: seed %d, %d seats in %d orders sold, %d of %d flights cancelled, %d parties:"
            + " %s reprotected, %s left over in %.1f s, %.0f parties/s; foreseen in %.1f s%n",
        SEED,
        seats.get(),
        sold.size(),
        cancelled.size(),
        storm.all().size(),
        affected.size(),
        end.at("/reprotected"),
        end.at("/leftOver"),
        seconds,
        affected.size() / seconds,
        drySeconds);

    for (var figure : List.of("/affected", "/reprotected", "/leftOver")) {
      assertThat(end.at(figure)).as(figure).isEqualTo(dry.at(figure));
    }
    assertThat(end.at("/affected")).isEqualTo("" + affected.size());
    var cases = cases(path.getPath());
    assertThat(cases.keySet()).isEqualTo(affected);
    settle();
    compare(cases);
    decline(cases);
    settle();
    try (var connection =
        new SingleConnectionDataSource(
            database.getJdbcUrl(), database.getUsername(), database.getPassword(), true)) {
      new Audit(JdbcClient.create(connection)).check(cancelledFlights());
    }
  }

  private int cancelledFlights() {
    return (int)
        Shop.count(jdbc, "select count(*) from reservation.flight where status = 'CANCELLED'");
  }

  private void settle() {
    Awaitility.await("the orders to have heard of it")
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> Audit.isSettled(jdbc));
  }

  /** What became of each party, by its order. */
  private Map<String, JsonNode> cases(String path) {
    var cases = new TreeMap<String, JsonNode>();
    var cursor = "";
    do {
      var page = operations.get(path + "/cases?limit=200" + cursor).expect(200).json();
      page.at("/items")
          .valueStream()
          .forEach(item -> assertThat(cases.put(item.at("/orderId").asString(), item)).isNull());
      cursor = page.at("/next").isNull() ? "" : "&cursor=" + page.at("/next").asString();
    } while (!cursor.isEmpty());
    return cases;
  }

  /** The customer is shown what the airline did. */
  private void compare(Map<String, JsonNode> cases) throws Exception {
    inParallel(
        cases.entrySet().stream()
            .filter(_ -> random.nextInt(10) == 0)
            .<Callable<Boolean>>map(
                one ->
                    () -> {
                      var change =
                          web.get("/orders/" + one.getKey() + "/airline-changes")
                              .expect(200)
                              .json()
                              .at("/items/0");
                      assertThat(change.at("/status").asString()).isEqualTo("OPEN");
                      assertThat(change.at("/added").size())
                          .isEqualTo(one.getValue().at("/added").size());
                      return true;
                    })
            .toList(),
        _ -> {});
  }

  /** Some want their money back. */
  private void decline(Map<String, JsonNode> cases) throws Exception {
    inParallel(
        cases.keySet().stream()
            .filter(_ -> random.nextInt(10) == 0)
            .<Callable<Integer>>map(
                order ->
                    () -> {
                      var changes = "/orders/" + order + "/airline-changes";
                      var change = web.get(changes).expect(200).at("/items/0/id");
                      return web.create(changes + "/" + change + "/decline", "")
                          .expect(200)
                          .status();
                    })
            .toList(),
        _ -> {});
  }

  private void sell() throws Exception {
    var tasks = new ArrayList<Callable<Boolean>>();
    for (var flight : storm.all()) {
      var free = (int) (sales.inventory(flight, "available") * SHARE);
      while (free > 0) {
        var party = parties.get(random.nextInt(parties.size()));
        free -= seatsOf(party);
        var isReturn = random.nextInt(5) == 0;
        tasks.add(() -> sell(flight, party, isReturn));
      }
    }
    Collections.shuffle(tasks, random);
    inParallel(tasks, _ -> {});
    connect();
  }

  /** Some come from elsewhere: the storm hits the second of their flights. */
  private void connect() throws Exception {
    var places = List.of("BOS", "ORD", "MIA", "LAX", "SFO", "ATL", "MCO", "DCA", "CLT", "DFW");
    var tasks = new ArrayList<Callable<Boolean>>();
    for (var origin : places) {
      for (var destination : places) {
        if (!origin.equals(destination)) {
          tasks.add(
              () -> {
                var found =
                    web.get(
                            "/offers?origin=%s&destination=%s&date=%s&adults=2&limit=20"
                                .formatted(origin, destination, Sales.day()))
                        .expect(200)
                        .json();
                found.at("/items").valueStream().limit(5).forEach(o -> buy(o, "adults=2"));
                return true;
              });
        }
      }
    }
    inParallel(tasks, _ -> {});
  }

  private static int seatsOf(String party) {
    return people(party).stream().mapToInt(p -> "INFANT".equals(p.get("type")) ? 0 : 1).sum();
  }

  private static List<Map<String, Object>> people(String party) {
    var people = new ArrayList<Map<String, Object>>();
    for (var part : party.split("&", -1)) {
      var count = Integer.parseInt(part.substring(part.indexOf('=') + 1));
      for (var i = 0; i < count; i++) {
        var name = "Passenger" + (char) ('A' + people.size());
        people.add(
            switch (part.substring(0, part.indexOf('='))) {
              case "adults" -> Sales.person("ADULT", name, "1990-12-10");
              case "children" -> Sales.person("CHILD", name, Sales.day().minusYears(6) + "");
              default -> Sales.person("INFANT", name, Sales.day().minusYears(1) + "");
            });
      }
    }
    return people;
  }

  /** The cheapest class that is left; which one that is changes while others buy. */
  private boolean sell(String flight, String party, boolean isReturn) {
    var key = flight + party + isReturn;
    var known = offers.computeIfAbsent(key, _ -> find(flight, party, isReturn));
    for (var offer = known.peek(); offer != null; offer = known.peek()) {
      if (buy(offer, party, Set.of(flight))) {
        return true;
      }
      known.remove(offer);
    }
    return false;
  }

  private Deque<String> find(String flight, String party, boolean isReturn) {
    var origin = flight.substring(flight.length() - 3);
    var destination = operations.get("/flights/" + flight).expect(200).at("/destination");
    var found = new ArrayDeque<String>();
    var cursor = "";
    do {
      var page =
          web.get(
                  "/offers?origin=%s&destination=%s&date=%s%s&maxStops=0&limit=200&%s%s"
                      .formatted(
                          origin,
                          destination,
                          Sales.day(),
                          isReturn ? "&returnDate=" + Sales.day().plusDays(1) : "",
                          party,
                          cursor))
              .expect(200)
              .json();
      page.at("/items")
          .valueStream()
          .filter(o -> o.at("/flights/0/flightId").asString().equals(flight))
          .forEach(o -> found.add(o.at("/offerId").asString()));
      cursor = page.at("/next").isNull() ? "" : "&cursor=" + page.at("/next").asString();
    } while (!cursor.isEmpty() && (!isReturn || found.isEmpty()));
    return found;
  }

  private void buy(JsonNode offer, String party) {
    var flights = new HashSet<String>();
    offer
        .at("/flights")
        .valueStream()
        .forEach(flight -> flights.add(flight.at("/flightId").asString()));
    buy(offer.at("/offerId").asString(), party, flights);
  }

  @CanIgnoreReturnValue
  private boolean buy(String offer, String party, Set<String> flights) {
    var body =
        Map.of(
            "offerId",
            offer,
            "passengers",
            people(party),
            "contact",
            Sales.CONTACT,
            "payment",
            Sales.card("tok_ok"));
    var order = web.create("/orders", body, "Prefer", "wait=30");
    if (order.status() != 201) {
      assertThat(order.at("/code")).isIn("space_unavailable", "offer_expired");
      return false;
    }
    assertThat(order.at("/status")).isEqualTo("TICKETED");
    sold.put(order.at("/id"), flights);
    seats.addAndGet(seatsOf(party));
    return true;
  }

  private static <T> void inParallel(List<Callable<T>> tasks, Consumer<T> done) throws Exception {
    try (var clients = Executors.newFixedThreadPool(16)) {
      for (var result : clients.invokeAll(tasks)) {
        done.accept(Objects.requireNonNull(result.get()));
      }
    }
  }
}
