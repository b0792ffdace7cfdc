package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blocks of seats for groups: names later, seats back in part, and by a deadline. */
class GroupTests extends AtTheAirport {

  private String flight = "";

  @BeforeEach
  void aFlight() {
    flight = sales.flight("ALB", "ER4");
  }

  private Map<String, Object> request(int seats, String... flights) {
    return new HashMap<>(
        Map.of(
            "flights",
            List.of(flights).stream().map(f -> Map.of("flightId", f, "fareClass", "Y")).toList(),
            "seats",
            seats,
            "releaseAt",
            now().plus(Duration.ofDays(10)).toString()));
  }

  private Answer block(int seats, String... flights) {
    return operations.create("/groups", request(seats, flights));
  }

  private Answer order(String offer, String group) {
    var body = new HashMap<>(Sales.ada(offer, "tok_ok"));
    body.put("groupId", group);
    return web.create("/orders", body, "Prefer", "wait=20");
  }

  private String left(String group) {
    return operations.get("/groups/" + group).expect(200).at("/flights/0/left");
  }

  @Test
  void itsSeatsAreKeptForItsOrdersAlone() {
    var offer = sales.offerId(flight, "Y");
    var group = block(50, flight).expect(201);
    assertThat(group.header("Location")).endsWith("/groups/" + group.at("/id"));
    assertThat(sales.inventory(flight, "blocked")).isEqualTo(50);
    assertThat(sales.inventory(flight, "held")).isZero();
    assertThat(sales.inventory(flight, "available")).isZero();
    web.create("/orders", Sales.ada(offer, "tok_ok"), "Prefer", "wait=20")
        .problem(409, "space_unavailable");

    var order = order(offer, group.at("/id")).expect(201);
    assertThat(order.at("/status")).isEqualTo("TICKETED");
    assertThat(left(group.at("/id"))).isEqualTo("49");
    assertThat(sales.inventory(flight, "sold")).isEqualTo(1);
    assertThat(sales.inventory(flight, "blocked")).isEqualTo(49);
  }

  @Test
  void itGivesBackInPartAndTheRestAtItsDeadline() {
    var request = request(10, flight);
    request.put("releaseAt", now().plusSeconds(3).toString());
    var group = operations.create("/groups", request).expect(201).at("/id");

    var path = "/groups/" + group + "/release";
    var key = UUID.randomUUID().toString();
    for (var i = 0; i < 2; i++) {
      var answer = operations.post(path, Map.of("seats", 4), "Idempotency-Key", key).expect(200);
      assertThat(answer.at("/flights/0/left")).isEqualTo("6");
    }
    assertThat(sales.inventory(flight, "blocked")).isEqualTo(6);
    Awaitility.await().untilAsserted(() -> assertThat(left(group)).isEqualTo("0"));
    assertThat(sales.inventory(flight, "available")).isEqualTo(50);
    order(sales.offerId(flight, "Y"), group).problem(409, "space_unavailable");
  }

  @Test
  void itHasSeatsOnAllItsFlightsOrNone() {
    var other = sales.flight("ALB", "ER4");
    block(50, other).expect(201);

    block(1, flight, other).problem(409, "space_unavailable");

    assertThat(sales.inventory(flight, "blocked")).isZero();
  }

  @Test
  void itCannotGiveMoreThanItHas() throws Exception {
    var offer = sales.offerId(flight, "Y");
    var group = block(5, flight).expect(201).at("/id");
    var statuses = new ArrayList<Integer>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Integer>>();
      for (var i = 0; i < 12; i++) {
        tasks.add(() -> order(offer, group).status());
      }
      for (var answer : clients.invokeAll(tasks)) {
        statuses.add(answer.get());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(5);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
    assertThat(left(group)).isEqualTo("0");
    assertThat(sales.inventory(flight, "sold")).isEqualTo(5);
    assertThat(sales.inventory(flight, "held")).isZero();
  }

  @Test
  void itMayBeForOneChannelAlone() {
    var offer = sales.offerId(flight, "Y");
    var request = request(5, flight);
    request.put("channel", "agency");
    var group = operations.create("/groups", request).expect(201).at("/id");

    order(offer, group).problem(409, "space_unavailable");
    order(offer, UUID.randomUUID().toString()).problem(409, "space_unavailable");
    assertThat(left(group)).isEqualTo("5");
  }

  @Test
  void aCancelledFlightHasNoBlocks() {
    var group = block(5, flight).expect(201).at("/id");
    operations.create("/flights/" + flight + "/cancel", Map.of()).expect(200);
    assertThat(left(group)).isEqualTo("0");
    operations.create("/groups/" + group + "/release", Map.of("seats", 5)).expect(200);
  }

  @Test
  void whatIsWrongSaysWhy() {
    invalid(request(5, "UA9999-2030-01-01-EWR"), "/flights/0", "unknown_class");
    invalid(request(5, "?"), "/flights/0/flightId", "unknown_flight");
    invalid(request(5, flight, flight), "/flights/1/flightId", "duplicate");
    var early = request(5, flight);
    early.put("releaseAt", "2020-01-01T00:00:00Z");
    invalid(early, "/releaseAt", "in_the_past");
    var late = request(5, flight);
    late.put("releaseAt", Sales.day().plusDays(1) + "T00:00:00Z");
    invalid(late, "/releaseAt", "too_late");
    operations.create("/groups", request(0, flight)).problem(422, "validation_failed");
    operations.post("/groups", request(5, flight)).problem(400, "idempotency_key_missing");
    operations.get("/groups/" + UUID.randomUUID()).problem(404, "not_found");
    operations.get("/groups/x").problem(404, "not_found");
    web.create("/groups", request(5, flight)).problem(403, "forbidden");
    assertThat(sales.inventory(flight, "blocked")).isZero();
  }

  private void invalid(Map<String, Object> request, String pointer, String code) {
    var answer = operations.create("/groups", request).problem(422, "validation_failed");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
    assertThat(answer.at("/errors/0/code")).isEqualTo(code);
  }
}
