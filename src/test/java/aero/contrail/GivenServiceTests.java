package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What flights give to passengers who buy it, and take back. */
class GivenServiceTests extends ServiceCustomers {

  private void choose(String order, String seat) {
    var choice = Map.of("passengerId", "P1", "flightId", morning, "seat", seat);
    web.put("/orders/" + order + "/seats", choice).expect(200);
  }

  private String meals(String order) {
    return web.get("/orders/" + order + "/special-services").at("/items/0/status");
  }

  /** He chose the seat and asked for the meal before; a sale that fails takes neither away. */
  @Test
  void whatWasThereBeforeStays() {
    var id = sales.ticket(morning, "M").at("/id");
    choose(id, "9A");
    var meal = Map.of("passengerId", "P1", "flightId", morning, "code", "VGML");
    web.create("/orders/" + id + "/special-services", meal).expect(201);
    var wanted =
        List.of(
            wanted("P1", morning, "VGML"),
            seat("P1", morning, "7A"),
            wanted("P1", morning, "XBAG"));
    buy(id, "tok_declined", wanted).problem(402, "payment_declined");
    Awaitility.await("his seat")
        .untilAsserted(() -> assertThat(taken(morning)).containsExactly("9A"));
    assertThat(meals(id)).isEqualTo("HK");

    var other = sales.ticket(morning, "M").at("/id");
    buy(other, "tok_ok", List.of(seat("P1", morning, "7A"))).expect(201);
    buy(id, "tok_ok", wanted).problem(409, "seat_taken");
    assertThat(taken(morning)).containsExactlyInAnyOrder("7A", "9A");
    assertThat(meals(id)).isEqualTo("HK");
  }

  /** Two of them at a time, one of each kind. */
  @Test
  void nobodyHasTwoSeats() throws Exception {
    var id = sales.ticket(morning, "M").at("/id");
    var exit = wanted("P1", morning, "LEGR");
    exit.put("seat", "11A");
    var codes = new ArrayList<String>();
    try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> one = () -> buy(id, "tok_ok", List.of(seat("P1", morning, "7A"))).text();
      Callable<String> two = () -> buy(id, "tok_ok", List.of(exit)).text();
      for (var outcome : customers.invokeAll(List.of(one, two))) {
        codes.add(outcome.get().contains("\"illegal_state\"") ? "illegal_state" : "sold");
      }
    }
    assertThat(codes).containsExactlyInAnyOrder("illegal_state", "sold");
    assertThat(taken(morning)).hasSize(1);
  }

  /** Two pets a flight, also when one party brings three. */
  @Test
  void noMoreThanAFlightTakes() {
    var id = sales.family(morning, "M").at("/id");
    var pets = new ArrayList<Map<String, Object>>();
    for (var passenger : List.of("P1", "P2")) {
      pets.add(wanted(passenger, morning, "PETC"));
    }
    var other = sales.ticket(morning, "M").at("/id");
    buy(other, "tok_ok", List.of(wanted("P1", morning, "PETC"))).expect(201);
    buy(id, "tok_ok", pets).problem(409, "special_service_unavailable");
    buy(id, "tok_ok", pets.subList(0, 1)).expect(201);
  }

  /** What was bought is given up where it was bought. */
  @Test
  void boughtServicesAreNotGivenUpForNothing() {
    var id = sales.ticket(morning, "M").at("/id");
    buy(id, "tok_ok", List.of(wanted("P1", morning, "PETC"), seat("P1", morning, "7A")))
        .expect(201);
    var path = "/orders/" + id + "/special-services";
    var pet = web.get(path).at("/items/0/id");
    web.delete(path + "/" + pet).problem(409, "illegal_state");
    var free = Map.of("passengerId", "P1", "flightId", morning, "code", "PETC");
    web.create(path, free).problem(422, "validation_failed");
    var choice = Map.of("passengerId", "P1", "flightId", morning, "seat", "9A");
    web.put("/orders/" + id + "/seats", choice).problem(409, "illegal_state");
    for (var service : web.get("/orders/" + id + "/services").json().at("/items")) {
      web.delete("/orders/" + id + "/services/" + service.at("/id").asString()).expect(200);
    }
    Awaitility.await("both").untilAsserted(() -> assertThat(taken(morning)).isEmpty());
    assertThat(web.get(path).at("/items/0/status")).isEqualTo("XX");
  }

  /** Another aircraft, in which his seat is elsewhere. */
  @Test
  void aSeatThatIsNotThereAnyMoreIsPaidBack() {
    var flight = sales.flight("EWR", "07:00", "ALB", "08:00", "738");
    var id = sales.ticket(flight, "M").at("/id");
    buy(id, "tok_ok", List.of(seat("P1", flight, "28F"))).expect(201);
    var tag = operations.get("/flights/" + flight).header("ETag");
    operations.patch("/flights/" + flight, Map.of("aircraft", "ER4"), "If-Match", tag).expect(200);
    awaitRefunds(id, SEAT);
    assertThat(web.get("/orders/" + id).at("/services/0/status")).isEqualTo("GIVEN_UP");
  }
}
