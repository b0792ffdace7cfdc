package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;

/**
 * A whole real day: all departures from New York of 1 July 2013, sold, checked in, boarded, and
 * flown as they were. Whoever had booked has flown, did not come, was offloaded or denied boarding,
 * or his flight was cancelled; on every flight, and in the orders as in the reservations. {@code
 * -Dday.seed=…} repeats a day.
 */
@DirtiesContext // its clock is months ahead
class RealDayIT extends AtTheAirport {

  private static final long SEED = Long.getLong("day.seed", System.nanoTime() % 1_000_000);

  @Autowired JdbcClient jdbc;

  private final Random random = new Random(SEED);
  private final RealDay day = RealDay.read();

  private record Sold(String order, String locator, String flight, int passengers) {}

  @Test
  void everyBookedPassengerIsAccountedFor() throws Exception {
    var done = sales.importFile(day.schedule(), "reject_all");
    assertThat(done.at("/created")).as(done.text()).isEqualTo("" + day.rows().size());
    sales.offer(RealDay.id(day.rows().getLast()), "Y", "adults=1");
    var sold = sell();
    sales.advance("P62D");
    clients(); // the tokens of before have expired
    var flights = flights();
    handle(sold, flights);
    happen(day.happenings(flights));
    settle();
    answerNobody();
    var coupons = coupons(sold);
    var totals = account(sold);
    System.out.printf(
        "real day: seed %d, %d flights, %d with bookings, %d orders: %s%n",
        SEED,
        day.rows().size(),
        sold.stream().map(Sold::flight).distinct().count(),
        sold.size(),
        totals);

    assertThat(totals.keySet())
        .containsExactly("CANCELLED", "DENIED_BOARDING", "FLOWN", "NO_SHOW", "OFFLOADED");
    assertThat(totals.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(sold.stream().mapToInt(Sold::passengers).sum());
    assertThat(coupons)
        .containsOnly(
            Map.entry("F", count(totals, "FLOWN")),
            Map.entry("S", count(totals, "NO_SHOW")),
            Map.entry("R", count(totals, "CANCELLED")),
            Map.entry("O", count(totals, "OFFLOADED") + count(totals, "DENIED_BOARDING")));
  }

  private static int count(Map<String, Integer> totals, String status) {
    return totals.getOrDefault(status, 0);
  }

  /** Two parties on each flight, one of them with a child. */
  private List<Sold> sell() throws Exception {
    var routes = new HashSet<String>();
    day.rows().forEach(row -> routes.add(row.get("origin") + row.get("destination")));
    var sold = new ArrayList<Sold>();
    for (var party : List.of("adults=1", "adults=2&children=1")) {
      inParallel(
          routes.stream()
              .sorted()
              .<Callable<List<Sold>>>map(
                  route ->
                      () ->
                          offers(route.substring(0, 3), route.substring(3), party)
                              .entrySet()
                              .stream()
                              .map(offer -> sold(offer.getKey(), offer.getValue(), party))
                              .toList())
              .toList(),
          sold::addAll);
    }
    return sold;
  }

  /** One for each direct flight of a route. */
  private Map<String, String> offers(String origin, String destination, String party) {
    var offers = new TreeMap<String, String>();
    var cursor = "";
    do {
      var page =
          web.get(
                  "/offers?origin=%s&destination=%s&date=%s&maxStops=0&limit=200&%s%s"
                      .formatted(origin, destination, Sales.day(), party, cursor))
              .expect(200)
              .json();
      page.at("/items")
          .valueStream()
          .forEach(
              offer ->
                  offers.putIfAbsent(
                      offer.at("/flights/0/flightId").asString(), offer.at("/offerId").asString()));
      cursor = page.at("/next").isNull() ? "" : "&cursor=" + page.at("/next").asString();
    } while (!cursor.isEmpty());
    return offers;
  }

  private Sold sold(String flight, String offer, String party) {
    var people =
        party.equals("adults=1")
            ? List.of(Sales.person("ADULT", "Ada", "1990-12-10"))
            : List.of(
                Sales.person("ADULT", "Ada", "1990-12-10"),
                Sales.person("ADULT", "William", "1985-02-21"),
                Sales.person("CHILD", "Byron", Sales.day().minusYears(6) + ""));
    var body =
        Map.of(
            "offerId",
            offer,
            "passengers",
            people,
            "contact",
            Sales.CONTACT,
            "payment",
            Sales.card("tok_ok"));
    var order = web.create("/orders", body, "Prefer", "wait=30").expect(201);
    assertThat(order.at("/status")).isEqualTo("TICKETED");
    return new Sold(order.at("/id"), order.at("/recordLocator"), flight, people.size());
  }

  private static <T> void inParallel(List<Callable<T>> tasks, Consumer<T> done) throws Exception {
    try (var clients = Executors.newFixedThreadPool(16)) {
      for (var result : clients.invokeAll(tasks)) {
        done.accept(result.get());
      }
    }
  }

  /** As operations see them, by id. */
  private Map<String, JsonNode> flights() {
    var flights = new HashMap<String, JsonNode>();
    for (var origin : List.of("EWR", "JFK", "LGA")) {
      var cursor = "";
      do {
        var page =
            operations
                .get(
                    "/flights?origin=%s&date=%s&limit=200%s".formatted(origin, Sales.day(), cursor))
                .expect(200)
                .json();
        page.at("/items")
            .valueStream()
            .forEach(flight -> flights.put(flight.at("/flightId").asString(), flight));
        cursor = page.at("/next").isNull() ? "" : "&cursor=" + page.at("/next").asString();
      } while (!cursor.isEmpty());
    }
    return flights;
  }

  /** Most check in and board; some do one thing or the other, or are told of twice. */
  private void handle(List<Sold> sold, Map<String, JsonNode> flights) throws Exception {
    var tasks = new ArrayList<Callable<Integer>>();
    for (var party : sold) {
      var departure =
          RealDay.planned(Objects.requireNonNull(flights.get(party.flight())), "departure");
      for (var i = 1; i <= party.passengers(); i++) {
        var passenger = "P" + i;
        var messages =
            switch (random.nextInt(20)) {
              case 0 -> List.<String>of();
              case 1 -> List.of("CHECK_IN");
              case 2 -> List.of("CHECK_IN", "BOARD", "OFFLOAD");
              case 3 -> List.of("CHECK_IN", "DENIED_BOARDING");
              case 4 -> List.of("CHECK_IN", "CHECK_IN", "BOARD");
              case 5 -> List.of("BOARD");
              default -> List.of("CHECK_IN", "BOARD");
            };
        tasks.add(() -> handle(party, passenger, messages, departure));
      }
    }
    inParallel(tasks, _ -> {});
  }

  private int handle(Sold party, String passenger, List<String> messages, Instant departure) {
    var at = departure.minus(Duration.ofHours(2));
    for (var type : messages) {
      at = at.plus(Duration.ofMinutes(20));
      var source = UUID.randomUUID().toString();
      tell(party.locator(), message(type, passenger, party.flight(), at, source)).expect(201);
    }
    return messages.size();
  }

  /** Told twice, it happens once. */
  private void happen(List<String> happenings) {
    var file = RealDay.HAPPENINGS + String.join("", happenings);
    var done = sales.importFile(file, "skip");
    assertThat(done.at("/rejectedCount")).as(done.text()).isEqualTo("0");
    assertThat(done.at("/changed")).isEqualTo("" + happenings.size());
    assertThat(sales.importFile(file, "skip").at("/unchanged")).isEqualTo("" + happenings.size());
  }

  private void settle() {
    Awaitility.await("the orders to have heard of it")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> Audit.isSettled(jdbc));
  }

  /** For those whose flights were cancelled there is no other one: in the end they are refunded. */
  private void answerNobody() {
    sales.advance("P4D");
    clients(); // the tokens of before have expired
    Awaitility.await("all questions to lapse")
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                Shop.count(
                        jdbc,
                        "select count(*) from orders.order_index where respond_by is not null")
                    == 0);
  }

  /** The statuses of all coupons, by what the orders show. */
  private Map<String, Integer> coupons(List<Sold> sold) throws Exception {
    settle();
    var statuses = new TreeMap<String, Integer>();
    inParallel(
        sold.stream()
            .<Callable<JsonNode>>map(
                party -> () -> web.get("/orders/" + party.order()).expect(200).json())
            .toList(),
        order ->
            order
                .at("/passengers")
                .valueStream()
                .forEach(
                    passenger ->
                        statuses.merge(
                            passenger.at("/tickets/0/coupons/0/status").asString(),
                            1,
                            Integer::sum)));
    return statuses;
  }

  /** Per flight: what became of whom, and that it is everybody. */
  private Map<String, Integer> account(List<Sold> sold) {
    var booked = new TreeMap<String, Integer>();
    sold.forEach(party -> booked.merge(party.flight(), party.passengers(), Integer::sum));
    var totals = new TreeMap<String, Integer>();
    booked.forEach(
        (flight, passengers) -> {
          var isCancelled =
              operations.get("/flights/" + flight).expect(200).at("/status").equals("CANCELLED");
          var statuses = onFlight(flight, "status");
          assertThat(statuses).as(flight).hasSize(isCancelled ? 0 : passengers);
          statuses.forEach(status -> totals.merge(status, 1, Integer::sum));
          if (isCancelled) {
            totals.merge("CANCELLED", passengers, Integer::sum);
          }
        });
    return totals;
  }
}
