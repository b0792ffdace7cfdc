package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What most journeys begin with: a flight of their own, an offer, an order. */
final class Sales {

  /** Every flight of the tests has a number of its own. */
  private static final AtomicInteger NUMBER = new AtomicInteger(1000);

  private final Api operations;
  private final Api web;

  Sales(Api api) {
    this(api, "web");
  }

  /** Sales of another client than web. */
  Sales(Api api, String client) {
    this.operations = api.as("operations");
    this.web = api.as(client);
  }

  static LocalDate day() {
    return LocalDate.now(ZoneOffset.UTC).plusDays(60);
  }

  /** Schedules a flight from Newark with the aircraft; its id. */
  String flight(String destination, String aircraft) {
    return flight("EWR", "10:00", destination, "13:00", aircraft);
  }

  /** The same on a route that no other test flies: nobody is put on it, or from it on another. */
  String flightAlone() {
    return flight("BUF", "10:00", ALONE.remove(), "11:00", "ER4");
  }

  private static final Queue<String> ALONE =
      new ConcurrentLinkedQueue<>(
          List.of(
              "ROC", "SYR", "BGR", "BTV", "PWM", "MHT", "PVD", "BDL", "ORF", "RIC", "GSO", "CLT",
              "CHS", "SAV", "JAX", "TPA", "MSY", "MEM", "BNA", "SDF", "CVG", "CMH", "IND", "MKE",
              "DSM", "OMA", "MCI", "STL", "TUL", "OKC", "LIT", "SHV", "BHM", "HSV", "TYS", "GSP",
              "AVL", "TRI", "CRW", "ROA", "CHO", "ILM", "FAY", "CAE", "AGS", "TLH", "PNS", "MOB"));

  String flight(
      String origin, String departure, String destination, String arrival, String aircraft) {
    var number = NUMBER.getAndIncrement();
    var row =
        String.join(
            ",",
            List.of(
                "UA", "" + number, day() + "", origin, destination, departure, arrival, aircraft));
    var done = importFile(FLIGHTS + row + "\n", "skip");
    assertThat(done.at("/created")).as(done.text()).isEqualTo("1");
    return "UA%d-%s-%s".formatted(number, day(), origin);
  }

  static final String FLIGHTS =
      "carrier,flight_number,departure_date,origin,destination,scheduled_departure,"
          + "scheduled_arrival,aircraft_type\n";

  /** Imports a CSV file and waits for its end. */
  Answer importFile(String csv, String onError) {
    return importFile("text/csv", csv.getBytes(StandardCharsets.UTF_8), onError);
  }

  Answer importFile(String type, byte[] file, String onError) {
    return imported("onError=" + onError, type, file);
  }

  /** Imports a file as the query says, and waits for its end. */
  Answer imported(String query, String type, byte[] file) {
    var started =
        operations
            .send(
                "POST",
                "/flights/imports?" + query,
                type,
                file,
                "Idempotency-Key",
                UUID.randomUUID().toString())
            .expect(202);
    var path = URI.create(started.header("Location")).getPath();
    return Awaitility.await("the import to end")
        .atMost(Duration.ofMinutes(10)) // a year of changes beside sales takes a few
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> operations.get(path), answer -> answer.at("/status").matches("COMPLETED|FAILED"));
  }

  /** The offer for a flight in a class, as soon as the index knows the flight. */
  JsonNode offer(String flight, String fareClass, String party) {
    var origin = flight.substring(flight.length() - 3);
    var destination = operations.get("/flights/" + flight).expect(200).at("/destination");
    var search =
        "/offers?origin=%s&destination=%s&date=%s&limit=200&%s"
            .formatted(origin, destination, day(), party);
    return Awaitility.await("an offer for " + flight)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> found(search, flight, fareClass), offer -> !offer.isMissingNode());
  }

  /** On whichever page it is: other tests may fly the same route. */
  private JsonNode found(String search, String flight, String fareClass) {
    var cursor = "";
    do {
      var page = web.get(search + cursor).expect(200).json();
      var offer =
          page.at("/items")
              .valueStream()
              .filter(o -> o.at("/flights/0/flightId").asString().equals(flight))
              .filter(o -> o.at("/fareClass").asString().equals(fareClass))
              .findFirst();
      if (offer.isPresent()) {
        return offer.get();
      }
      cursor = page.at("/next").isNull() ? "" : "&cursor=" + page.at("/next").asString();
    } while (!cursor.isEmpty());
    return JsonNodeFactory.instance.missingNode();
  }

  String offerId(String flight, String fareClass) {
    return offer(flight, fareClass, "adults=1").at("/offerId").asString();
  }

  /** The body of an order of Ada's. */
  static Map<String, Object> ada(String offerId) {
    return Map.of("offerId", offerId, "passengers", List.of(ADA), "contact", CONTACT);
  }

  static Map<String, Object> ada(String offerId, String cardToken) {
    return Map.of(
        "offerId",
        offerId,
        "passengers",
        List.of(ADA),
        "contact",
        CONTACT,
        "payment",
        card(cardToken));
  }

  static final Map<String, Object> ADA =
      Map.of(
          "type", "ADULT",
          "givenName", "Ada",
          "familyName", "Lovelace",
          "bornOn", "1990-12-10",
          "memberNumber", "4000000010");

  static final Map<String, Object> CONTACT = Map.of("email", "ada@example.com");

  static Map<String, Object> card(String token) {
    return Map.of("tenders", List.of(Map.of("method", "CARD", "token", token)));
  }

  /** Sells a seat to Ada; the answer with the ticketed order. */
  Answer ticket(String flight, String fareClass) {
    var order =
        web.create("/orders", ada(offerId(flight, fareClass), "tok_ok"), "Prefer", "wait=20")
            .expect(201);
    assertThat(order.at("/status")).isEqualTo("TICKETED");
    return order;
  }

  /** Sells seats to two adults, P1 and P2, a child, P3, and an infant, P4. */
  Answer family(String flight, String fareClass) {
    var offer = offer(flight, fareClass, "adults=2&children=1&infants=1").at("/offerId").asString();
    var people =
        List.of(
            person("ADULT", "Ada", "1990-12-10"),
            person("ADULT", "William", "1985-02-21"),
            person("CHILD", "Byron", day().minusYears(6) + ""),
            person("INFANT", "Anne", day().minusYears(1) + ""));
    var body =
        Map.of(
            "offerId", offer,
            "passengers", people,
            "contact", CONTACT,
            "payment", card("tok_ok"));
    var order = web.create("/orders", body, "Prefer", "wait=20").expect(201);
    assertThat(order.at("/status")).isEqualTo("TICKETED");
    return order;
  }

  static Map<String, Object> person(String type, String name, String bornOn) {
    return Map.of("type", type, "givenName", name, "familyName", "King", "bornOn", bornOn);
  }

  /** Holds a seat for Ada; the answer with the held order. */
  Answer hold(String flight, String fareClass) {
    var order =
        web.create("/orders", ada(offerId(flight, fareClass)), "Prefer", "wait=20").expect(201);
    assertThat(order.at("/status")).isEqualTo("HELD");
    return order;
  }

  /** The names of an order's facts, oldest first. */
  List<String> history(String order) {
    var names = new ArrayList<String>();
    web.get("/orders/" + order + "/history")
        .expect(200)
        .json()
        .at("/items")
        .valueStream()
        .forEach(fact -> names.add(fact.at("/type").asString()));
    return names;
  }

  /** A figure of a flight's first cabin, for example sold. */
  int inventory(String flight, String figure) {
    return operations
        .get("/flights/" + flight + "/inventory")
        .expect(200)
        .json()
        .at("/cabins/0/" + figure)
        .asInt();
  }

  /** What time it is in the sandbox, whose clock other tests move forward. */
  Instant now() {
    var clock = web.post("/sandbox/clock", Map.of("advance", "PT0S")).expect(200);
    return Instant.parse(clock.at("/now"));
  }

  void advance(String duration) {
    web.post("/sandbox/clock", Map.of("advance", duration)).expect(200);
  }
}
