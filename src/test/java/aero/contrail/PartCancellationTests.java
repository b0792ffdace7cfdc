package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Some passengers, or some flights, are given up; the rest of the order stays. */
class PartCancellationTests extends AtTheAirport {

  private String flight = "";

  @BeforeEach
  void aFlight() {
    flight = sales.flightAlone();
  }

  private Answer quote(String order, Map<String, Object> what) {
    return web.create("/orders/" + order + "/cancellations", what);
  }

  private Answer confirm(String order, Answer quote) {
    return web.create("/orders/%s/cancellations/%s/confirm".formatted(order, quote.at("/id")), "");
  }

  private void cancel(String order, Map<String, Object> what) {
    confirm(order, quote(order, what).expect(201)).expect(200);
  }

  private Answer reservation(Answer order) {
    return web.get("/reservations/" + order.at("/recordLocator")).expect(200);
  }

  @Test
  void aPassengerGivesUpHisSeatAndGetsHisMoney() {
    var order = sales.family(flight, "Y");
    var id = order.at("/id");
    var quote = quote(id, Map.of("passengerIds", List.of("P2"))).expect(201);
    assertThat(quote.json().at("/void").asBoolean()).isTrue();
    assertThat(quote.json().at("/parts/0/passengers").toString()).isEqualTo("[\"P2\"]");
    confirm(id, quote).expect(200);

    var refunded = web.await("/orders/" + id, "/refunds/0/status", "DONE");
    assertThat(refunded.at("/status")).isEqualTo("TICKETED");
    assertThat(refunded.at("/refunds/0/amount/amount")).isEqualTo(quote.at("/refund/amount"));
    assertThat(refunded.at("/passengers/1/tickets/0/coupons/0/status")).isEqualTo("V");
    assertThat(refunded.at("/passengers/0/tickets/0/coupons/0/status")).isEqualTo("O");
    assertThat(refunded.json().at("/flights/0/passengerIds").toString())
        .isEqualTo("[\"P1\",\"P3\",\"P4\"]");
    assertThat(refunded.at("/flights/1/status")).isEqualTo("XX");
    Awaitility.await("the seat to be free")
        .until(
            () ->
                sales.inventory(flight, "sold") == 2 && !reservation(order).text().contains("P2"));
    assertThat(onFlight(flight, "passengerId")).doesNotContain("P2");
  }

  @Test
  void hisSeatOnTheMapIsFreeAgain() {
    var order = sales.family(flight, "Y");
    var id = order.at("/id");
    var seat = Map.of("passengerId", "P2", "flightId", flight, "seat", "7A");
    web.put("/orders/" + id + "/seats", seat).expect(200);
    cancel(id, Map.of("passengerIds", List.of("P2")));
    var other = sales.ticket(flight, "Y").at("/id");
    Awaitility.await("the seat to be free")
        .until(
            () ->
                web.put(
                            "/orders/" + other + "/seats",
                            Map.of("passengerId", "P1", "flightId", flight, "seat", "7A"))
                        .status()
                    == 200);
  }

  @Test
  void theRestFliesWithoutHim() {
    var order = sales.family(flight, "Y");
    cancel(order.at("/id"), Map.of("passengerIds", List.of("P2")));
    Awaitility.await("the seat to be free").until(() -> sales.inventory(flight, "sold") == 2);
    operate(flight, "depart");
    web.await("/orders/" + order.at("/id"), "/status", "COMPLETED");
  }

  @Test
  void whoIsLeftPaysForWhoIsLeft() {
    var offer = sales.offer(flight, "Y", "adults=2&children=1&infants=1").at("/offerId").asString();
    var people =
        List.of(
            Sales.person("ADULT", "Ada", "1990-12-10"),
            Sales.person("ADULT", "William", "1985-02-21"),
            Sales.person("CHILD", "Byron", Sales.day().minusYears(6) + ""),
            Sales.person("INFANT", "Anne", Sales.day().minusYears(1) + ""));
    var held =
        web.create(
                "/orders",
                Map.of("offerId", offer, "passengers", people, "contact", Sales.CONTACT),
                "Prefer",
                "wait=20")
            .expect(201);
    var id = held.at("/id");
    assertThat(sales.inventory(flight, "held")).isEqualTo(3);
    cancel(id, Map.of("passengerIds", List.of("P1")));
    Awaitility.await("the seat to be free").until(() -> sales.inventory(flight, "held") == 2);

    var paid =
        web.create("/orders/" + id + "/payments", Sales.card("tok_ok"), "Prefer", "wait=20")
            .expect(201);
    assertThat(paid.at("/status")).isEqualTo("TICKETED");
    assertThat(new BigDecimal(paid.at("/total/amount")))
        .isLessThan(new BigDecimal(held.at("/total/amount")));
    assertThat(paid.json().at("/passengers/0/tickets").size()).isZero();
    assertThat(paid.json().at("/passengers/1/tickets").size()).isEqualTo(1);
    assertThat(sales.inventory(flight, "sold")).isEqualTo(2);
  }

  @Test
  void anotherAndAnotherUntilNobodyIsLeft() {
    var order = sales.family(flight, "Y").at("/id");
    cancel(order, Map.of("passengerIds", List.of("P2")));
    web.await("/orders/" + order, "/refunds/0/status", "DONE");
    cancel(order, Map.of());
    var ended = web.await("/orders/" + order, "/refunds/1/status", "DONE");
    assertThat(ended.at("/status")).isEqualTo("CANCELLED");
    var refunds =
        new BigDecimal(ended.at("/refunds/0/amount/amount"))
            .add(new BigDecimal(ended.at("/refunds/1/amount/amount")));
    assertThat(refunds).isEqualByComparingTo(ended.at("/total/amount"));
    Awaitility.await("all seats to be free").until(() -> sales.inventory(flight, "sold") == 0);
  }

  @Test
  void whatIsWrongSaysWhy() {
    var order = sales.family(flight, "Y").at("/id");
    invalid(order, Map.of("passengerIds", List.of("P1", "P9")), "/passengerIds/1", "unknown");
    invalid(order, Map.of("flightIds", List.of("UA1-2030-01-01-EWR")), "/flightIds/0", "unknown");
    invalid(order, Map.of("passengerIds", List.of("P1", "P2")), "/passengerIds", "child_alone");
    var held = sales.hold(flight, "Y").at("/id");
    assertThat(quote(held, Map.of("flightIds", List.of(flight))).expect(201).json().at("/parts"))
        .isEmpty();
    cancel(order, Map.of("passengerIds", List.of("P2")));
    invalid(order, Map.of("passengerIds", List.of("P2")), "/passengerIds/0", "unknown");
    web.create("/orders/" + UUID.randomUUID() + "/cancellations", Map.of())
        .problem(404, "not_found");
  }

  private void invalid(String order, Map<String, Object> what, String pointer, String code) {
    var answer = quote(order, what).problem(422, "validation_failed");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
    assertThat(answer.at("/errors/0/code")).isEqualTo(code);
  }

  /** Two agents at once, each about another passenger: one was quoted for what is no more. */
  @Test
  void atTheSameTimeOneGoesFirst() throws Exception {
    for (var round = 0; round < 5; round++) {
      var order = sales.family(flight, "Y").at("/id");
      var quote = quote(order, Map.of("passengerIds", List.of("P2"))).expect(201);
      var confirmations = new ArrayList<Callable<Answer>>();
      for (var i = 0; i < 4; i++) {
        confirmations.add(() -> confirm(order, quote));
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var answers = new ArrayList<Integer>();
        for (var future : threads.invokeAll(confirmations)) {
          answers.add(future.get().status());
        }
        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
      }
      assertThat(sales.history(order)).containsOnlyOnce("PartCancelled");
    }
  }
}
