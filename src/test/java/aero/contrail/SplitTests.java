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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Passengers who get an order of their own: of two adults, P1 and P2, a child, P3, and an infant,
 * P4.
 */
class SplitTests extends TwoFlights {

  @Autowired JdbcClient jdbc;
  private String id = "";

  @BeforeEach
  void aFamily() {
    id = sales.family(morning, "Y").at("/id");
  }

  private Answer family() {
    return web.get("/orders/" + id).expect(200);
  }

  private Answer split(String... passengers) {
    return splitOnce(id, UUID.randomUUID().toString(), passengers);
  }

  private Answer splitOnce(String order, String key, String... passengers) {
    return web.post(
        "/orders/" + order + "/split",
        Map.of("passengerIds", List.of(passengers)),
        "Idempotency-Key",
        key,
        "Prefer",
        "wait=20");
  }

  private static List<String> passengers(Answer order) {
    return order.json().at("/passengers").valueStream().map(p -> p.at("/id").asString()).toList();
  }

  @Test
  void takeTheirDocumentsSeatsAndMoneyAlong() {
    web.put(
            "/orders/" + id + "/seats",
            Map.of("passengerId", "P2", "flightId", morning, "seat", "9A"))
        .expect(200);
    var family = family();
    var own = split("P2").expect(201);
    assertThat(own.header("Location")).endsWith("/orders/" + own.at("/id"));
    assertThat(own.at("/status")).isEqualTo("TICKETED");
    assertThat(passengers(own)).containsExactly("P2");
    assertThat(own.at("/passengers/0/givenName")).isEqualTo("William");
    assertThat(own.at("/passengers/0/tickets/0/number"))
        .isEqualTo(family.at("/passengers/1/tickets/0/number"));
    assertThat(own.at("/passengers/0/tickets/0/coupons/0/status")).isEqualTo("O");
    assertThat(own.at("/recordLocator")).hasSize(6).isNotEqualTo(family.at("/recordLocator"));

    var rest = web.get("/orders/" + id).expect(200);
    assertThat(passengers(rest)).containsExactly("P1", "P3", "P4");
    assertThat(amount(rest, "/total").add(amount(own, "/total")))
        .isEqualByComparingTo(amount(family, "/total"));
    assertThat(amount(rest, "/payments/0/amount").add(amount(own, "/payments/0/amount")))
        .isEqualByComparingTo(amount(family, "/payments/0/amount"));
    assertThat(seats(morning)).isEqualTo("3 sold, 0 held");
    var reserved = web.get("/reservations/" + own.at("/recordLocator")).expect(200);
    assertThat(reserved.text()).contains("P2", "9A").doesNotContain("P1");
    assertThat(web.get("/reservations/" + family.at("/recordLocator")).expect(200).text())
        .contains("P1", "P3", "P4")
        .doesNotContain("P2");
    var ticket = "/tickets/" + own.at("/passengers/0/tickets/0/number");
    assertThat(web.get(ticket).expect(200).text()).contains(own.at("/id"));
    Awaitility.await("his name")
        .untilAsserted(
            () ->
                assertThat(web.get("/orders?name=William%20King&limit=200").text())
                    .contains(own.at("/id")));
    assertThat(sales.history(own.at("/id"))).containsExactly("OrderSplitOff");
    assertThat(sales.history(id)).contains("SplitRequested", "OrderSplit");
  }

  /** Each is cancelled by itself; together as much goes back as was paid, of one payment. */
  @Test
  void areCancelledByThemselves() {
    var own = split("P2").expect(201);
    var his = own.at("/id");
    var quote = web.create("/orders/" + his + "/cancellations", "").expect(201);
    assertThat(amount(quote, "/refund")).isEqualByComparingTo(amount(own, "/payments/0/amount"));
    web.create("/orders/%s/cancellations/%s/confirm".formatted(his, quote.at("/id")), "")
        .expect(200);
    var refunded = web.await("/orders/" + his, "/refunds/0/status", "DONE");
    assertThat(refunded.at("/status")).isEqualTo("CANCELLED");
    assertThat(refunded.json().at("/refunds/0/amount")).isEqualTo(own.json().at("/total"));
    awaitSeats(morning, "2 sold, 0 held");
    assertThat(web.get("/orders/" + id).json().at("/refunds")).isEmpty();
    var rest = family();
    var other = web.create("/orders/" + id + "/cancellations", "").expect(201);
    web.create("/orders/%s/cancellations/%s/confirm".formatted(id, other.at("/id")), "")
        .expect(200);
    var all = web.await("/orders/" + id, "/refunds/0/status", "DONE");
    assertThat(all.json().at("/refunds/0/amount")).isEqualTo(rest.json().at("/total"));
    awaitSeats(morning, "0 sold, 0 held");
  }

  /** A booking from before it was recorded who travels. */
  @Test
  void leaveNoSeatBehindWhereNobodyWasRecorded() {
    assertThat(
            jdbc.sql("update reservation.reservation set party = '' where order_id = :order")
                .param("order", UUID.fromString(id))
                .update())
        .isEqualTo(1);
    var own = split("P2").expect(201);
    for (var order : List.of(id, own.at("/id"))) {
      var quote = web.create("/orders/" + order + "/cancellations", "").expect(201);
      web.create("/orders/%s/cancellations/%s/confirm".formatted(order, quote.at("/id")), "")
          .expect(200);
    }
    awaitSeats(morning, "0 sold, 0 held");
  }

  @Test
  void checkInWithTheirOwnLocatorAndFly() {
    var family = family();
    var own = split("P2").expect(201);
    tell(family.at("/recordLocator"), "CHECK_IN", "P2", morning).problem(404, "not_found");
    tell(own.at("/recordLocator"), "CHECK_IN", "P2", morning).expect(201);
    web.await("/orders/" + own.at("/id"), "/passengers/0/tickets/0/coupons/0/status", "C");
    tell(own.at("/recordLocator"), "BOARD", "P2", morning).expect(201);
    operate(morning, "depart").expect(200);
    web.await("/orders/" + own.at("/id"), "/status", "COMPLETED");
    awaitCoupon(id, "P1", "S"); // the others did not come
  }

  @Test
  void aFlightThatIsCancelledIsTheMatterOfBoth() {
    var gone = sales.flightAlone();
    var to = operations.get("/flights/" + gone).at("/destination");
    var later = sales.flight("BUF", "14:00", to, "15:00", "ER4");
    id = sales.family(gone, "Y").at("/id");
    var own = split("P2").expect(201);
    operate(gone, "cancel").expect(200);
    for (var order : List.of(id, own.at("/id"))) {
      web.await("/orders/" + order, "/actionRequired", "true");
      assertThat(changes(order).at("/items/0/kind")).isEqualTo("CANCELLED");
      assertThat(changes(order).at("/items/0/added/0/flightId")).isEqualTo(later);
    }
    awaitSeats(later, "3 sold, 0 held");
  }

  @Test
  void changeToAnotherFlightByThemselves() {
    var own = split("P2").expect(201);
    var quote = quote(own.at("/id"), morning, sales.offerId(evening, "Y")).expect(201);
    var due = amount(quote, "/addCollect");
    confirm(quote, due.signum() > 0 ? paidWith("tok_ok") : Map.of()).expect(200);
    awaitSeats(morning, "2 sold, 0 held");
    awaitSeats(evening, "1 sold, 0 held");
  }

  /** Those who were split off can be split again; nobody twice. */
  @Test
  void askedTwiceOrAtTheSameTimeItIsDoneOnce() throws Exception {
    var key = UUID.randomUUID().toString();
    var first = splitOnce(id, key, "P2").expect(201);
    var again = splitOnce(id, key, "P2").expect(201);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.at("/id")).isEqualTo(first.at("/id"));
    invalid(split("P2"), "/passengerIds/0", "unknown");

    var other = sales.family(morning, "Y").at("/id");
    var tasks = new ArrayList<Callable<Answer>>();
    for (var i = 0; i < 8; i++) {
      tasks.add(() -> splitOnce(other, UUID.randomUUID().toString(), "P2"));
    }
    try (var clients = Executors.newFixedThreadPool(8)) {
      var done = clients.invokeAll(tasks).stream().map(task -> task.resultNow().status()).toList();
      assertThat(done.stream().filter(status -> status == 201)).hasSize(1);
      assertThat(done).isSubsetOf(201, 409, 422);
    }
    assertThat(seats(morning)).isEqualTo("6 sold, 0 held");
  }

  @Test
  void whatIsWrongSaysWhy() {
    invalid(split("P1", "P2", "P3", "P4"), "/passengerIds", "everybody");
    invalid(split("P9"), "/passengerIds/0", "unknown");
    invalid(split("Ada"), "/passengerIds/0", "unknown");
    invalid(split("P2", "P2"), "/passengerIds/1", "duplicate");
    split("P3").problem(409, "illegal_state");
    split("P1", "P2").problem(409, "illegal_state");
    split().problem(422, "validation_failed");
    web.post("/orders/" + id + "/split", Map.of("passengerIds", List.of("P2")))
        .problem(400, "idempotency_key_missing");
    var held = sales.hold(morning, "Y").at("/id");
    invalid(splitOnce(held, UUID.randomUUID().toString(), "P1"), "/passengerIds", "everybody");
    var seen = web.get("/orders/" + id);
    web.create(
            "/orders/" + id + "/split", Map.of("passengerIds", List.of("P2")), "If-Match", "\"1\"")
        .problem(412, "precondition_failed");
    assertThat(web.get("/orders/" + id).header("ETag")).isEqualTo(seen.header("ETag"));
  }

  private static void invalid(Answer answer, String pointer, String code) {
    answer.problem(422, "validation_failed");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
    assertThat(answer.at("/errors/0/code")).isEqualTo(code);
  }
}
