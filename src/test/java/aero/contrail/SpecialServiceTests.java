package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What passengers need beside their seat: wheelchairs, meals and the like. */
class SpecialServiceTests extends TwoFlights {

  private Answer ask(String order, String passenger, String flight, String code) {
    return web.create(
        "/orders/" + order + "/special-services",
        Map.of("passengerId", passenger, "flightId", flight, "code", code));
  }

  private List<String> known(String order) {
    var known = new ArrayList<String>();
    web.get("/orders/" + order + "/special-services")
        .expect(200)
        .json()
        .at("/items")
        .forEach(
            service ->
                known.add(
                    service.at("/flightId").asString().equals(morning)
                        ? "morning " + service.at("/status").asString()
                        : "evening " + service.at("/status").asString()));
    return known;
  }

  @Test
  void areConfirmedAsLongAsTheFlightHasThem() {
    var one = sales.ticket(morning, "Y").at("/id");
    var two = sales.family(morning, "Y").at("/id");
    assertThat(ask(one, "P1", morning, "WCHC").expect(201).at("/status")).isEqualTo("HK");
    var second = ask(two, "P2", morning, "WCHC").expect(201);
    ask(two, "P1", morning, "WCHC").problem(409, "special_service_unavailable");
    ask(two, "P2", morning, "WCHC").problem(409, "illegal_state");
    ask(two, "P1", morning, "VGML").expect(201);
    assertThat(onFlight(morning, "specialServices"))
        .containsExactlyInAnyOrder("[\"WCHC\"]", "[\"VGML\"]", "[\"WCHC\"]", "[]", "[]");

    var given =
        web.delete("/orders/%s/special-services/%s".formatted(two, second.at("/id"))).expect(200);
    assertThat(given.at("/status")).isEqualTo("XX");
    ask(two, "P1", morning, "WCHC").expect(201);
  }

  @Test
  void ofWhoLeavesAreFree() {
    var order = sales.family(morning, "Y").at("/id");
    ask(order, "P1", morning, "WCHC").expect(201);
    ask(order, "P2", morning, "WCHC").expect(201);
    var other = sales.ticket(morning, "Y").at("/id");
    ask(other, "P1", morning, "WCHC").problem(409, "special_service_unavailable");
    var quote =
        web.create("/orders/" + order + "/cancellations", Map.of("passengerIds", List.of("P2")));
    web.create("/orders/%s/cancellations/%s/confirm".formatted(order, quote.at("/id")), "")
        .expect(200);
    awaitSeats(morning, "3 sold, 0 held");
    ask(other, "P1", morning, "WCHC").expect(201);
  }

  @Test
  void goAlongToOtherFlights() {
    var id = sales.ticket(morning, "Y").at("/id");
    ask(id, "P1", morning, "WCHC").expect(201);
    var quote = quote(id, morning, sales.offerId(evening, "Y")).expect(201);
    confirm(quote, Map.of()).expect(200);
    assertThat(known(id)).containsExactly("morning XX", "evening HK");
  }

  @Test
  void whereTheyCanBeHad() {
    var there = sales.family(evening, "Y").at("/id");
    ask(there, "P1", evening, "WCHC").expect(201);
    ask(there, "P2", evening, "WCHC").expect(201);
    var id = sales.ticket(morning, "Y").at("/id");
    ask(id, "P1", morning, "WCHC").expect(201);
    var quote = quote(id, morning, sales.offerId(evening, "Y")).expect(201);
    confirm(quote, Map.of()).expect(200);
    assertThat(known(id)).containsExactly("morning XX", "evening UC");
  }

  @Test
  void alsoWhenTheAirlineChangesThem() {
    var lost = sales.flightAlone();
    var destination = operations.get("/flights/" + lost).at("/destination");
    var instead = sales.flight("BUF", "12:00", destination, "13:00", "ER4");
    var id = sales.ticket(lost, "Y").at("/id");
    ask(id, "P1", lost, "WCHR").expect(201);
    operate(lost, "cancel");
    Awaitility.await("the wheelchair to be there")
        .until(() -> onFlight(instead, "specialServices").contains("[\"WCHR\"]"));
  }

  @Test
  void thatCannotBeSayWhy() {
    var order = sales.family(morning, "Y").at("/id");
    invalid(ask(order, "P1", morning, "BSCT"), "/code", "not_for_passenger");
    ask(order, "P4", morning, "BSCT").expect(201);
    invalid(ask(order, "P9", morning, "WCHR"), "/passengerId", "not_travelling");
    invalid(ask(order, "P1", evening, "WCHR"), "/passengerId", "not_travelling");
    ask(order, "P1", morning, "NONE").problem(400, "malformed_request");
    ask(UUID.randomUUID().toString(), "P1", morning, "WCHR").problem(404, "not_found");
    web.delete("/orders/%s/special-services/%s".formatted(order, UUID.randomUUID()))
        .problem(404, "not_found");
    operate(morning, "depart");
    ask(order, "P1", morning, "WCHR").problem(409, "illegal_state");
  }

  private static void invalid(Answer answer, String pointer, String code) {
    answer.problem(422, "validation_failed");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
    assertThat(answer.at("/errors/0/code")).isEqualTo(code);
  }

  @Test
  void theirLimitsAreFiledByCarrierAndDay() {
    var limit =
        Map.of("carrier", "UA", "code", "DBML", "effectiveFrom", Sales.day() + "", "perFlight", 1);
    operations.create("/inventory/service-limits", limit).expect(201);
    operations.create("/inventory/service-limits", limit).problem(409, "illegal_state");
    assertThat(operations.get("/inventory/service-limits").text()).contains("DBML");
    var order = sales.family(morning, "Y").at("/id");
    ask(order, "P1", morning, "DBML").expect(201);
    ask(order, "P2", morning, "DBML").problem(409, "special_service_unavailable");
  }

  /** Ten want the last two at the same time. */
  @Test
  void noMoreAreConfirmedThanThereAre() throws Exception {
    var orders = new ArrayList<String>();
    for (var i = 0; i < 10; i++) {
      orders.add(sales.ticket(morning, "Y").at("/id"));
    }
    var asked = new ArrayList<Callable<Answer>>();
    orders.forEach(order -> asked.add(() -> ask(order, "P1", morning, "WCHC")));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var confirmed = 0;
      for (var future : threads.invokeAll(asked)) {
        confirmed += future.get().status() == 201 ? 1 : 0;
      }
      assertThat(confirmed).isEqualTo(2);
    }
  }
}
