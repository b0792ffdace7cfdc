package aero.contrail;

import aero.contrail.Api.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

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
}
