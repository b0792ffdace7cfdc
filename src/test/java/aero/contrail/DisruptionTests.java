package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flights that do not fly, and those who booked them. Each on a route that no other test flies. */
class DisruptionTests extends AtTheAirport {

  private static final String FROM = "BUF";

  private String to = "";
  private String gone = "";

  @BeforeEach
  void aFlight() {
    gone = sales.flightAlone();
    to = operations.get("/flights/" + gone).at("/destination");
  }

  private String flight(String departure, String arrival) {
    return sales.flight(FROM, departure, to, arrival, "ER4");
  }

  private Answer change(String order) {
    web.await("/orders/" + order, "/actionRequired", "true");
    return web.get("/orders/" + order + "/airline-changes").expect(200);
  }

  private Answer answer(String order, Answer change, String what) {
    return web.create(
        "/orders/%s/airline-changes/%s/%s".formatted(order, change.at("/items/0/id"), what), "");
  }

  private void cancel(String flight) {
    operations.create("/flights/" + flight + "/cancel", "").expect(200);
  }

  private String disrupt(List<String> flights) {
    var started =
        operations.create("/disruptions", Map.of("flights", flights, "reason", "snow")).expect(202);
    return Objects.requireNonNull(URI.create(started.header("Location")).getPath());
  }

  private Answer done(String disruption) {
    return Awaitility.await("the disruption to be over")
        .atMost(Duration.ofSeconds(30))
        .until(() -> operations.get(disruption).expect(200), d -> d.at("/done").equals("true"));
  }

  @Test
  void aPartyGetsAnotherFlightAndMayTakeIt() {
    var order = sales.family(gone, "Y");
    var id = order.at("/id");
    var later = flight("12:00", "13:00");
    cancel(gone);

    var change = change(id);
    assertThat(change.at("/items/0/kind")).isEqualTo("CANCELLED");
    assertThat(change.at("/items/0/status")).isEqualTo("OPEN");
    assertThat(change.at("/items/0/removed/0")).isEqualTo(gone);
    assertThat(change.at("/items/0/added/0/flightId")).isEqualTo(later);
    var asked = web.get("/orders/" + id).expect(200);
    assertThat(asked.at("/status")).isEqualTo("TICKETED");
    assertThat(asked.at("/flights/0/status")).isEqualTo("UN");
    assertThat(asked.at("/flights/1/status")).isEqualTo("TK");
    assertThat(asked.at("/passengers/0/tickets/0/coupons/0/status")).isEqualTo("E");
    assertThat(asked.at("/passengers/0/tickets/1/coupons/0/status")).isEqualTo("O");
    assertThat(asked.at("/passengers/0/tickets/1/coupons/0/flightId")).isEqualTo(later);
    assertThat(asked.json().at("/availableActions").toString())
        .contains("ACCEPT_AIRLINE_CHANGE", "DECLINE_AIRLINE_CHANGE");
    assertThat(sales.inventory(later, "sold")).isEqualTo(3);

    assertThat(answer(id, change, "accept").expect(200).at("/status")).isEqualTo("ACCEPTED");
    answer(id, change, "accept").problem(409, "illegal_state");
    answer(id, change, "decline").problem(409, "illegal_state");
    assertThat(web.get("/orders/" + id).at("/actionRequired")).isEqualTo("false");
    operate(later, "depart");
    web.await("/orders/" + id, "/status", "COMPLETED");
  }

  @Test
  void whoDoesNotTakeItGetsAllHisMoney() {
    var order = sales.ticket(gone, "L");
    var id = order.at("/id");
    var later = flight("12:00", "13:00");
    cancel(gone);
    var change = change(id);
    assertThat(answer(id, change, "decline").expect(200).at("/status")).isEqualTo("DECLINED");

    var refunded = web.await("/orders/" + id, "/refunds/0/status", "DONE");
    assertThat(refunded.at("/status")).isEqualTo("CANCELLED");
    assertThat(refunded.at("/statusReason")).isEqualTo("flight cancelled");
    assertThat(refunded.at("/refunds/0/amount/amount")).isEqualTo(order.at("/total/amount"));
    Awaitility.await("his seat to be free").until(() -> sales.inventory(later, "sold") == 0);
  }

  /** Nothing else flies: it is said, and settled when nobody answers. */
  @Test
  void withoutAnotherFlightSilenceGivesTheMoneyBack() {
    var order = sales.ticket(gone, "L");
    var id = order.at("/id");
    cancel(gone);
    var change = change(id);
    assertThat(change.json().at("/items/0/added")).isEmpty();
    sales.advance("P3D");
    var refunded = web.await("/orders/" + id, "/refunds/0/status", "DONE");
    assertThat(refunded.at("/status")).isEqualTo("CANCELLED");
    assertThat(refunded.at("/refunds/0/amount/amount")).isEqualTo(order.at("/total/amount"));
    assertThat(sales.history(id)).contains("AirlineChangeLapsed");
  }

  @Test
  void manyFlightsAtOnceServeThoseWhoBookedFirst() {
    var other = flight("11:00", "12:00");
    var orders = new ArrayList<String>();
    for (var flight : List.of(gone, other, gone)) {
      orders.add(sales.family(flight, "Y").at("/id"));
    }
    var later = flight("14:00", "15:00");
    limit(later, 7); // two families of three seats, and not three
    var request = Map.of("flights", List.of(gone, other), "reason", "snow");
    var dry = operations.post("/disruptions?dryRun=true", request).expect(200);
    assertThat(dry.at("/affected")).isEqualTo("3");
    assertThat(dry.at("/reprotected")).isEqualTo("2");
    assertThat(dry.at("/leftOver")).isEqualTo("1");
    assertThat(operations.get("/flights/" + gone).at("/status")).isEqualTo("OPEN");

    var disruption = disrupt(List.of(gone, other));
    var done = done(disruption);
    for (var figure : List.of("/flights", "/affected", "/reprotected", "/leftOver")) {
      assertThat(done.at(figure)).as(figure).isEqualTo(dry.at(figure));
    }
    var cases = operations.get(disruption + "/cases?limit=2").expect(200);
    assertThat(cases.at("/items/0/orderId")).isEqualTo(orders.get(0));
    assertThat(cases.at("/items/0/status")).isEqualTo("REPROTECTED");
    assertThat(cases.at("/items/0/added/0")).isEqualTo(later);
    assertThat(cases.at("/items/1/orderId")).isEqualTo(orders.get(1));
    var rest =
        operations.get(disruption + "/cases?limit=2&cursor=" + cases.at("/next")).expect(200);
    assertThat(rest.at("/items/0/orderId")).isEqualTo(orders.get(2));
    assertThat(rest.at("/items/0/status")).isEqualTo("LEFT_OVER");
    assertThat(operations.get(disruption + "/cases?status=LEFT_OVER").json().at("/items"))
        .hasSize(1);
    assertThat(operations.get(disruption + "/flights").at("/items/0/status"))
        .isEqualTo("CANCELLED");
    assertThat(sales.inventory(later, "sold")).isEqualTo(6);
    assertThat(operations.get("/disruptions?limit=1").at("/items/0/reason")).isNotEmpty();
  }

  private void limit(String flight, int seats) {
    operations
        .put(
            "/flights/" + flight + "/inventory",
            Map.of("cabins", List.of(Map.of("cabin", "Y", "authorised", seats))),
            "If-Match",
            operations.get("/flights/" + flight + "/inventory").header("ETag"))
        .expect(200);
  }

  /** He gave it up himself before anybody got to him. */
  @Test
  void whoHasLeftNeedsNothing() {
    var order = sales.ticket(gone, "Y").at("/id");
    var quote = web.create("/orders/" + order + "/cancellations", "").expect(201);
    web.create("/orders/%s/cancellations/%s/confirm".formatted(order, quote.at("/id")), "")
        .expect(200);
    Awaitility.await("the seat to be free").until(() -> sales.inventory(gone, "sold") == 0);
    var done = done(disrupt(List.of(gone)));
    assertThat(done.at("/affected")).isEqualTo("0");
    assertThat(sales.history(order)).doesNotContain("AirlineChangeOpened");
  }

  @Test
  void askedTwiceItIsDoneOnce() {
    var key = UUID.randomUUID().toString();
    var request = Map.of("flights", List.of(gone), "reason", "snow");
    var first = operations.post("/disruptions", request, "Idempotency-Key", key).expect(202);
    var again = operations.post("/disruptions", request, "Idempotency-Key", key).expect(202);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.at("/id")).isEqualTo(first.at("/id"));
    done("/disruptions/" + first.at("/id"));
    invalid(request, "/flights/0", "not_ahead");
  }

  @Test
  void whatIsWrongSaysWhy() {
    invalid(Map.of("flights", List.of("?"), "reason", "snow"), "/flights/0", "unknown_flight");
    invalid(
        Map.of("flights", List.of(gone, "UA1-2030-01-01-EWR"), "reason", "snow"),
        "/flights/1",
        "unknown_flight");
    invalid(Map.of("flights", List.of(gone, gone), "reason", "snow"), "/flights/1", "duplicate");
    var request = new HashMap<String, Object>(Map.of("flights", List.of(gone), "reason", " "));
    operations.create("/disruptions", request).problem(422, "validation_failed");
    request.put("reason", "snow");
    request.put("policy", Map.of("withinHours", 0));
    operations.create("/disruptions", request).problem(422, "validation_failed");
    request.put("policy", Map.of("cabins", "BEST"));
    operations.create("/disruptions", request).problem(400, "malformed_request");
    request.remove("policy");
    operations.post("/disruptions", request).problem(400, "idempotency_key_missing");
    web.create("/disruptions", request).problem(403, "forbidden");
    web.get("/disruptions").problem(403, "forbidden");
    operations.get("/disruptions/" + UUID.randomUUID()).problem(404, "not_found");
    operations.get("/disruptions/x/cases").problem(404, "not_found");
    var order = sales.ticket(gone, "Y").at("/id");
    web.get("/orders/" + order + "/airline-changes/x").problem(404, "not_found");
    web.create("/orders/" + order + "/airline-changes/" + UUID.randomUUID() + "/accept", "")
        .problem(404, "not_found");
  }

  private void invalid(Map<String, Object> request, String pointer, String code) {
    var answer = operations.create("/disruptions", request).problem(422, "validation_failed");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
    assertThat(answer.at("/errors/0/code")).isEqualTo(code);
  }
}
