package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Searches over HTTP; each test has airports of its own. */
@HttpTest
class OfferSearchTests {

  private static final AtomicInteger NUMBER = new AtomicInteger(1);
  private static final AtomicInteger AIRPORT = new AtomicInteger();

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  private Api web = Api.anonymous(0);
  private Sales sales = new Sales(web);
  private final String here = airport();
  private final String there = airport();

  /** Not that of any airport of the world. */
  private static String airport() {
    var number = AIRPORT.getAndIncrement();
    return "Q%c%c".formatted((char) ('A' + number / 26), (char) ('A' + number % 26));
  }

  @BeforeEach
  void connect() {
    web = Api.anonymous(port).as("web");
    sales = new Sales(web);
    sales.importFile(
        "iata,name,lat,lon,tz\n%s,Here,40.7,-74.2,America/New_York\n".formatted(here)
            + "%s,There,41.9,-87.9,America/New_York\n".formatted(there),
        "skip");
  }

  private String row(String from, String to, int days, String departs, String arrives) {
    return "ZQ,%d,%s,%s,%s,%s,%s,ER4\n"
        .formatted(
            NUMBER.getAndIncrement(), Sales.day().plusDays(days), from, to, departs, arrives);
  }

  /** Schedules flights, and waits until searches know the last. */
  private void scheduled(String... rows) {
    var done = sales.importFile(Sales.FLIGHTS + String.join("", rows), "reject_all");
    assertThat(done.at("/created")).as(done.text()).isEqualTo("" + rows.length);
    var last = rows[rows.length - 1].split(",", -1);
    Awaitility.await("the last flight on sale")
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                web.get(
                        "/offers?origin=%s&destination=%s&date=%s&adults=1"
                            .formatted(last[3], last[4], last[2]))
                    .text()
                    .contains("ZQ" + last[1] + "-"));
  }

  private List<JsonNode> offers(String query) {
    var path =
        "/offers?origin=%s&destination=%s&date=%s&%s".formatted(here, there, Sales.day(), query);
    var all = new ArrayList<JsonNode>();
    for (var next = ""; next != null; ) {
      var page = web.get(path + next).expect(200).json();
      page.at("/items").forEach(all::add);
      next = page.at("/next").isString() ? "&cursor=" + page.at("/next").asString() : null;
    }
    return all;
  }

  private static List<String> flights(JsonNode offer) {
    return offer.at("/flights").valueStream().map(f -> f.at("/designator").asString()).toList();
  }

  /** Twenty flights each way: four hundred ways to go there and back, each class with each. */
  @Test
  void everyWayThereAndBackIsFoundPageByPage() {
    var rows = new ArrayList<String>();
    for (var i = 0; i < 20; i++) {
      rows.add(row(here, there, 0, "%02d:00".formatted(i), "%02d:30".formatted(i + 2)));
      rows.add(row(there, here, 3, "%02d:00".formatted(i), "%02d:30".formatted(i + 2)));
    }
    scheduled(rows.toArray(String[]::new));
    var query = "adults=1&limit=200&returnDate=" + Sales.day().plusDays(3);
    var offers = offers(query);
    assertThat(offers).hasSize(20 * 20 * 7 * 7);
    var ways = new HashSet<List<String>>();
    var last = 0.0;
    for (var offer : offers) {
      ways.add(flights(offer));
      var total = offer.at("/total/amount").asString();
      assertThat(Double.parseDouble(total)).isGreaterThanOrEqualTo(last);
      last = Double.parseDouble(total);
    }
    assertThat(ways).hasSize(400);
  }

  @Test
  void eachBoundHasItsOwnClassAndCanBeBought() {
    scheduled(row(here, there, 0, "08:00", "10:00"), row(there, here, 3, "08:00", "10:00"));
    var offer =
        offers("adults=1&limit=200&returnDate=" + Sales.day().plusDays(3)).stream()
            .filter(o -> o.at("/bounds/0/fareClass").asString().equals("Y"))
            .filter(o -> o.at("/bounds/1/fareClass").asString().equals("L"))
            .findFirst()
            .orElseThrow();
    assertThat(offer.at("/bounds/0/brand/code").asString()).isEqualTo("FLEX");
    assertThat(offer.at("/bounds/0/brand/bags").asInt()).isEqualTo(1);
    assertThat(offer.at("/bounds/1/brand/code").asString()).isEqualTo("LIGHT");
    assertThat(offer.at("/bounds/1/brand/seatChoice").asString()).isEqualTo("FOR_A_FEE");
    assertThat(offer.at("/conditions/refundable").asBoolean()).isFalse();

    var id = offer.at("/offerId").asString();
    var repriced = web.post("/offers/price", Map.of("offerId", id)).expect(200);
    assertThat(repriced.at("/total/amount")).isEqualTo(offer.at("/total/amount").asString());
    assertThat(repriced.at("/bounds/1/fareClass")).isEqualTo("L");
    var order = web.create("/orders", Sales.ada(id, "tok_ok"), "Prefer", "wait=20").expect(201);
    assertThat(order.at("/flights/0/fareClass")).isEqualTo("Y");
    assertThat(order.at("/flights/1/fareClass")).isEqualTo("L");
  }

  @Test
  void oneMayComeBackOnTheSameDay() {
    scheduled(
        row(here, there, 0, "08:00", "10:00"),
        row(there, here, 0, "10:30", "12:30"),
        row(there, here, 0, "18:00", "20:00"));
    var offers = offers("adults=1&limit=200&returnDate=" + Sales.day());
    assertThat(offers).isNotEmpty().allMatch(offer -> flights(offer).size() == 2);
    assertThat(offers.stream().map(o -> o.at("/flights/1/departure").asString()).distinct())
        .allMatch(time -> time.contains("T18:00"));
  }

  /** One fare in another currency is left out; it spoils no search. */
  @Test
  void aFareInAnotherCurrencyIsNotSoldAndNothingElseIsLost() {
    scheduled(row(here, there, 0, "08:00", "10:00"));
    jdbc.sql(
            """
            insert into shopping.fare
            select 'M', cabin, min_miles, max_miles, current_date, 'EUR', amount_minor, refundable,
                   refund_penalty_minor, changeable, change_penalty_minor
              from shopping.fare
             where fare_class = 'M' and effective_from = '2013-01-01'
            """)
        .update();
    try {
      awaitClasses("L", "K", "Q", "H", "B", "Y");
    } finally {
      jdbc.sql("delete from shopping.fare where currency = 'EUR'").update();
    }
    awaitClasses("L", "K", "Q", "H", "M", "B", "Y");
  }

  private void awaitClasses(String... classes) {
    Awaitility.await("the fares of these classes alone")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(offers("adults=1&limit=200"))
                    .extracting(offer -> offer.at("/fareClass").asString())
                    .containsExactly(classes));
  }

  @Test
  void anOfferOfAFlightThatWasRetimedOrCancelledIsNotPricedAnew() {
    var row = row(here, there, 0, "08:00", "10:00");
    scheduled(row);
    var offer = Map.of("offerId", offers("adults=1").getFirst().at("/offerId").asString());
    var retimed = Sales.FLIGHTS + row.replace("08:00,10:00", "09:00,11:00");
    assertThat(sales.importFile(retimed, "skip").at("/changed")).isEqualTo("1");
    Awaitility.await("the new times")
        .atMost(Duration.ofSeconds(20))
        .until(() -> web.post("/offers/price", offer).status() == 409);
    web.post("/offers/price", offer).problem(409, "schedule_changed");

    var flight = "ZQ%s-%s-%s".formatted(row.split(",", -1)[1], Sales.day(), here);
    web.as("operations").create("/flights/" + flight + "/cancel", "").expect(200);
    Awaitility.await("the flight off sale")
        .atMost(Duration.ofSeconds(20))
        .until(() -> offers("adults=1").isEmpty());
    web.post("/offers/price", offer).problem(409, "space_unavailable");
  }

  @Test
  void aPartyIsOfferedOnlyWhatItCanHave() {
    scheduled(row(here, there, 0, "08:00", "10:00"));
    assertThat(offers("adults=9&limit=200"))
        .extracting(offer -> offer.at("/fareClass").asString())
        .containsExactly("K", "Q", "H", "M", "B", "Y"); // L has seven of fifty seats
    assertThat(offers("adults=1&cabin=J")).isEmpty();
  }

  private List<String> codes(Api.Answer services) {
    return services
        .json()
        .at("/items")
        .valueStream()
        .map(item -> item.at("/code").asString() + " " + item.at("/price/amount").asString())
        .toList();
  }

  /** What a brand includes costs nothing more; what does not go with a cabin is not offered. */
  @Test
  void servicesAreOfferedForTheFlightsOfAnOffer() {
    scheduled(row(here, there, 0, "08:00", "10:00"));
    var all = offers("adults=1&limit=200");
    var light = all.getFirst().at("/offerId").asString();
    var services = web.post("/offers/services", Map.of("offerId", light)).expect(200);
    assertThat(codes(services))
        .containsExactly(
            "KSML 0.00",
            "LEGR 39.00",
            "MOML 0.00",
            "PETC 95.00",
            "SEAT 12.00",
            "SPEQ 75.00",
            "UMNR 100.00",
            "VGML 0.00",
            "WCHR 0.00",
            "XBAG 35.00");
    assertThat(services.at("/items/0/flightId")).startsWith("ZQ");
    assertThat(services.at("/items/6/passengerTypes/0")).isEqualTo("CHILD");
    assertThat(services.at("/items/9/maxQuantity")).isEqualTo("3");

    var flex = Map.of("flightId", services.at("/items/0/flightId"), "fareClass", "Y");
    var included = web.post("/offers/services", Map.of("flights", List.of(flex))).expect(200);
    assertThat(codes(included)).contains("SEAT 0.00", "LEGR 0.00", "XBAG 35.00");
  }

  @Test
  void servicesOfNothingAreRefused() {
    var path = "/offers/services";
    web.post(path, Map.of()).problem(422, "validation_failed");
    web.post(path, Map.of("offerId", "none")).problem(422, "offer_invalid");
    var unknown = Map.of("flightId", "ZQ9999-2030-01-01-EWR", "fareClass", "Y");
    web.post(path, Map.of("flights", List.of(unknown))).problem(409, "space_unavailable");
    var none = Map.of("flightId", "ZQ", "fareClass", "Y");
    assertThat(
            web.post(path, Map.of("flights", List.of(none)))
                .problem(422, "validation_failed")
                .at("/errors/0/pointer"))
        .isEqualTo("/flights/0/flightId");
  }

  /** A service is no offer of a flight, though both are signed. */
  @Test
  void aServiceIsNoOffer() {
    scheduled(row(here, there, 0, "08:00", "10:00"));
    var offer = offers("adults=1").getFirst().at("/offerId").asString();
    var service =
        web.post("/offers/services", Map.of("offerId", offer)).at("/items/0/serviceOfferId");
    web.post("/offers/price", Map.of("offerId", service)).problem(422, "offer_invalid");
    web.create("/orders", Sales.ada(service, "tok_ok")).problem(422, "offer_invalid");
  }
}
