package aero.contrail;

import aero.contrail.Api.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What tests of departure control say and see. */
@HttpTest
abstract class AtTheAirport {

  @LocalServerPort int port;

  Api web = Api.anonymous(0);
  Api operations = Api.anonymous(0);
  Sales sales = new Sales(web);

  @BeforeEach
  void clients() {
    web = Api.anonymous(port).as("web");
    operations = Api.anonymous(port).as("operations");
    sales = new Sales(web);
  }

  static Map<String, Object> message(
      String type, String passenger, String flight, Instant at, String source) {
    return new HashMap<>(
        Map.of(
            "type", type,
            "passengerId", passenger,
            "flightId", flight,
            "occurredAt", at.toString(),
            "sourceId", source));
  }

  Answer tell(String locator, Map<String, Object> message) {
    return operations.post("/reservations/" + locator + "/handling", message);
  }

  Answer tell(String locator, String type, String passenger, String flight) {
    return tell(locator, message(type, passenger, flight, now(), UUID.randomUUID().toString()));
  }

  Instant now() {
    return sales.now();
  }

  Answer operate(String flight, String what) {
    return operations.create("/flights/" + flight + "/" + what, Map.of());
  }

  static String coupon(String passenger) {
    return "/passengers/%d/tickets/0/coupons/0/status"
        .formatted(Integer.parseInt(passenger.substring(1)) - 1);
  }

  void awaitCoupon(String order, String passenger, String status) {
    web.await("/orders/" + order, coupon(passenger), status);
  }

  List<String> onFlight(String flight, String what) {
    var values = new ArrayList<String>();
    operations
        .get("/flights/" + flight + "/passengers?limit=200")
        .expect(200)
        .json()
        .at("/items")
        .valueStream()
        .forEach(item -> values.add(text(item.at("/" + what))));
    return values;
  }

  private static String text(JsonNode value) {
    return value.isContainer() ? value.toString() : value.asString();
  }

  /** A ticket of one traveller for two flights that connect. */
  Answer connecting(String first, String second) {
    return connecting(first, second, "Y");
  }

  Answer connecting(String first, String second, String fareClass) {
    var offer = connection(first, second, fareClass).at("/offerId").asString();
    var body = Sales.ada(offer, "tok_ok");
    return web.create("/orders", body, "Prefer", "wait=20").expect(201);
  }

  private JsonNode connection(String first, String second, String fareClass) {
    var origin = first.substring(first.length() - 3);
    var to = operations.get("/flights/" + second).at("/destination");
    return Awaitility.await("an offer for both flights")
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                web.get(
                        "/offers?origin=%s&destination=%s&date=%s&adults=1&limit=200"
                            .formatted(origin, to, Sales.day()))
                    .expect(200)
                    .json()
                    .at("/items")
                    .valueStream()
                    .filter(o -> o.at("/flights/0/flightId").asString().equals(first))
                    .filter(o -> o.at("/flights/1/flightId").asString().equals(second))
                    .filter(o -> o.at("/fareClass").asString().equals(fareClass))
                    .findFirst()
                    .orElseGet(JsonNodeFactory.instance::missingNode),
            offer -> !offer.isMissingNode());
  }

  Answer changes(String order) {
    return web.get("/orders/" + order + "/airline-changes").expect(200);
  }
}
