package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** What tests of the waitlist ask for. */
abstract class WaitlistTest extends AtTheAirport {

  String flight = "";

  @BeforeEach
  void aFlight() {
    flight = sales.flight("ALB", "ER4");
  }

  String tomorrow() {
    return now().plus(Duration.ofDays(1)).toString();
  }

  /** What the flight may sell in its cabin Y. */
  void limit(String id, int seats) {
    var path = "/flights/" + id + "/inventory";
    var tag = operations.get(path).header("ETag");
    var limits = Map.of("cabins", List.of(Map.of("cabin", "Y", "authorised", seats)));
    operations.put(path, limits, "If-Match", tag).expect(200);
  }

  String offer(String id, int adults) {
    return sales.offer(id, "Y", "adults=" + adults).at("/offerId").asString();
  }

  Map<String, Object> waiting(String offer, int adults, String... anyOf) {
    var people = new ArrayList<Map<String, Object>>();
    for (var i = 0; i < adults; i++) {
      people.add(Sales.person("ADULT", "Ada" + (char) ('A' + i), "1990-12-10"));
    }
    return new HashMap<>(
        Map.of(
            "offerId",
            offer,
            "passengers",
            people,
            "contact",
            Sales.CONTACT,
            "waitlist",
            Map.of("until", tomorrow(), "anyOf", List.of(anyOf))));
  }

  Answer place(Map<String, Object> body) {
    return web.create("/orders", body, "Prefer", "wait=20");
  }

  Answer waits(String offer, int adults, String... anyOf) {
    var order = place(waiting(offer, adults, anyOf)).expect(201);
    assertThat(order.at("/status")).isEqualTo("WAITLISTED");
    return order;
  }

  void cancel(String order) {
    var path = "/orders/" + order + "/cancellations";
    var quote = web.create(path, Map.of()).expect(201).at("/id");
    web.create(path + "/" + quote + "/confirm", Map.of());
    web.await("/orders/" + order, "/status", "CANCELLED");
  }

  String status(String order) {
    return web.get("/orders/" + order).expect(200).at("/status");
  }

  JsonNode waitlist(String id) {
    return operations.get("/flights/" + id + "/waitlist").expect(200).json().at("/waiting");
  }
}
