package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Seats: their map, who chooses which, and what another aircraft does. */
@HttpTest
class SeatTests {

  @LocalServerPort int port;

  private Api web = Api.anonymous(0);
  private Api operations = Api.anonymous(0);
  private Sales sales = new Sales(web);

  @BeforeEach
  void clients() {
    web = Api.anonymous(port).as("web");
    operations = Api.anonymous(port).as("operations");
    sales = new Sales(web);
  }

  private Answer choose(String order, String passenger, String flight, @Nullable String seat) {
    var choice = new HashMap<String, Object>(Map.of("passengerId", passenger, "flightId", flight));
    if (seat != null) {
      choice.put("seat", seat);
    }
    return web.put("/orders/" + order + "/seats", choice);
  }

  private JsonNode seat(String flight, String number) {
    return operations
        .get("/flights/" + flight + "/seat-map")
        .expect(200)
        .json()
        .at("/cabins")
        .valueStream()
        .flatMap(cabin -> cabin.at("/rows").valueStream())
        .flatMap(row -> row.at("/seats").valueStream())
        .filter(seat -> seat.at("/seat").asString().equals(number))
        .findFirst()
        .orElseThrow();
  }

  private String seatOf(String locator, int passenger) {
    return web.get("/reservations/" + locator)
        .expect(200)
        .at("/segments/0/passengers/%d/seat".formatted(passenger));
  }

  @Test
  void aSeatIsChosenChangedAndGivenBack() {
    var flight = sales.flight("ORD", "E70");
    var order = sales.family(flight, "Y").at("/id");
    assertThat(seat(flight, "12A").at("/characteristics").toString())
        .isEqualTo("[\"WINDOW\",\"EXIT_ROW\"]");

    assertThat(choose(order, "P1", flight, "7A").expect(200).at("/seat")).isEqualTo("7A");
    assertThat(seat(flight, "7A").at("/state").asString()).isEqualTo("TAKEN");
    choose(order, "P1", flight, "7A").expect(200);
    choose(order, "P1", flight, "8C").expect(200);
    assertThat(seat(flight, "7A").at("/state").asString()).isEqualTo("FREE");
    choose(order, "P2", flight, "8C").problem(409, "seat_taken");
    choose(order, "P1", flight, null).expect(200);
    choose(order, "P2", flight, "8C").expect(200);

    invalid(choose(order, "P3", flight, "99A"), "/seat", "unknown_seat");
    invalid(choose(order, "P3", flight, "1A"), "/seat", "other_cabin");
    invalid(choose(order, "P3", flight, "12A"), "/seat", "exit_row");
    invalid(choose(order, "P2", flight, "12A"), "/seat", "exit_row");
    invalid(choose(order, "P4", flight, "9A"), "/passengerId", "no_seat_needed");
    choose(order, "P5", flight, "9A").problem(404, "not_found");
    choose(order, "P1", sales.flight("ORD", "E70"), "9A").problem(404, "not_found");
    choose(UUID.randomUUID().toString(), "P1", flight, "9A").problem(404, "not_found");
    choose("?", "P1", flight, "9A").problem(404, "not_found");
    choose(order, "P1", flight, "A9").problem(422, "validation_failed");
  }

  private static void invalid(Answer answer, String pointer, String code) {
    answer.problem(422, "validation_failed");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
    assertThat(answer.at("/errors/0/code")).isEqualTo(code);
  }

  @Test
  void aHeldOrderKeepsItsSeatUntilItGivesItsSpaceBack() {
    var flight = sales.flight("ORD", "E70");
    var held = sales.hold(flight, "Y").at("/id");
    choose(held, "P1", flight, "7A").expect(200);

    var quote = web.create("/orders/" + held + "/cancellations", Map.of()).expect(201).at("/id");
    web.create("/orders/" + held + "/cancellations/" + quote + "/confirm", Map.of());
    web.await("/orders/" + held, "/status", "CANCELLED");

    var other = sales.ticket(flight, "Y").at("/id");
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(seat(flight, "7A").at("/state").asString()).isEqualTo("FREE"));
    choose(other, "P1", flight, "7A").expect(200);
    choose(held, "P1", flight, "7B").problem(404, "not_found");
  }

  /** Many want the same few seats: each is one passenger's. */
  @Test
  void noSeatIsTwoPassengers() throws Exception {
    var flight = sales.flight("ORD", "E70");
    var orders = new ArrayList<String>();
    for (var i = 0; i < 12; i++) {
      orders.add(sales.ticket(flight, "Y").at("/id"));
    }
    var won = new TreeMap<Integer, Integer>();
    try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Integer>>();
      for (var order : orders) {
        for (var seat : List.of("7A", "7B", "7C")) {
          tasks.add(() -> choose(order, "P1", flight, seat).status());
        }
      }
      for (var answer : customers.invokeAll(tasks)) {
        won.merge(answer.get(), 1, Integer::sum);
      }
    }

    assertThat(won.keySet()).containsExactly(200, 409);
    var seats = new ArrayList<String>();
    operations
        .get("/flights/" + flight + "/passengers")
        .expect(200)
        .json()
        .at("/items")
        .valueStream()
        .map(passenger -> passenger.at("/seat").asString())
        .filter(seat -> !seat.isEmpty())
        .forEach(seats::add);
    assertThat(seats).doesNotHaveDuplicates().isNotEmpty().isSubsetOf("7A", "7B", "7C");
  }

  @Test
  void anotherAircraftMovesThoseWhoseSeatsItDoesNotHave() {
    var flight = sales.flight("ORD", "738");
    var family = sales.family(flight, "Y");
    var stays = sales.ticket(flight, "Y");
    choose(family.at("/id"), "P1", flight, "30A").expect(200);
    choose(family.at("/id"), "P3", flight, "30B").expect(200);
    choose(stays.at("/id"), "P1", flight, "7A").expect(200);

    var tag = operations.get("/flights/" + flight).header("ETag");
    operations.patch("/flights/" + flight, Map.of("aircraft", "E70"), "If-Match", tag).expect(200);

    var locator = family.at("/recordLocator");
    Awaitility.await().untilAsserted(() -> assertThat(seatOf(locator, 0)).matches("[4-9][A-D]"));
    assertThat(seatOf(locator, 2)).as("beside him").startsWith(seatOf(locator, 0).substring(0, 1));
    assertThat(seatOf(stays.at("/recordLocator"), 0)).isEqualTo("7A");
  }
}
