package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Flights that are flown at other times, and those who booked them. */
class RetimingTests extends AtTheAirport {

  private void retime(String flight, String departure, String arrival) {
    operations
        .patch(
            "/flights/" + flight,
            Map.of("departure", departure, "arrival", arrival),
            "If-Match",
            operations.get("/flights/" + flight).header("ETag"))
        .expect(200);
  }

  private Answer answer(String order, int change, String what) {
    var id = changes(order).at("/items/%d/id".formatted(change));
    return web.create("/orders/%s/airline-changes/%s/%s".formatted(order, id, what), "");
  }

  @Test
  void aGreatChangeIsShownAskedAndMayBeDeclined() {
    var flight = sales.flightAlone();
    var sold = sales.ticket(flight, "L");
    var order = sold.at("/id");
    retime(flight, "15:00", "16:00");
    web.await("/orders/" + order, "/actionRequired", "true");
    var seen = web.get("/orders/" + order).expect(200);
    assertThat(seen.at("/flights/0/departure")).startsWith(Sales.day() + "T15:00");
    assertThat(seen.at("/flights/0/status")).isEqualTo("TK");
    assertThat(seen.at("/passengers/0/tickets/0/coupons/0/status")).isEqualTo("O");
    assertThat(changes(order).at("/items/0/severity")).isEqualTo("MAJOR");

    answer(order, 0, "decline").expect(200);
    var refunded = web.await("/orders/" + order, "/refunds/0/status", "DONE");
    assertThat(refunded.at("/refunds/0/amount/amount")).isEqualTo(sold.at("/total/amount"));
  }

  @Test
  void aSmallOneCanOnlyBeAccepted() {
    var flight = sales.flightAlone();
    var order = sales.ticket(flight, "Y").at("/id");
    retime(flight, "10:05", "11:05");
    web.await("/orders/" + order, "/actionRequired", "true");
    assertThat(changes(order).json().at("/items/0/availableActions").toString())
        .isEqualTo("[\"ACCEPT\"]");
    answer(order, 0, "decline").problem(409, "illegal_state");
    answer(order, 0, "accept").expect(200);
    assertThat(web.get("/orders/" + order).at("/actionRequired")).isEqualTo("false");
  }

  /** The first arrives when the second leaves: there is another one later. */
  @Test
  void whoMissesHisConnectionGetsAnother() {
    var first = sales.flightAlone();
    var via = operations.get("/flights/" + first).at("/destination");
    var second = sales.flight(via, "12:00", "ABQ", "16:00", "ER4");
    var later = sales.flight(via, "14:00", "ABQ", "18:00", "ER4");
    var order = connecting(first, second).at("/id");
    retime(first, "11:00", "12:00");

    Awaitility.await("both changes").until(() -> changes(order).json().at("/items").size() == 2);
    var seen = web.get("/orders/" + order).expect(200);
    assertThat(changes(order).text()).contains("RETIMED", "CONNECTION_MISSED");
    var active =
        seen.json()
            .at("/flights")
            .valueStream()
            .filter(f -> f.at("/status").asString().equals("TK"))
            .map(f -> f.at("/flightId").asString())
            .toList();
    assertThat(active).containsExactly(first, later);
    assertThat(sales.inventory(second, "sold")).isZero();
    assertThat(sales.inventory(later, "sold")).isEqualTo(1);
    operate(first, "depart");
    operate(later, "depart");
    web.await("/orders/" + order, "/status", "COMPLETED");
  }

  /** Another aircraft has no first class: behind in the same one, and other documents. */
  @Test
  void whoseCabinIsGoneSitsInAnother() {
    var alone = sales.flightAlone();
    var to = operations.get("/flights/" + alone).at("/destination");
    var flight = sales.flight("BUF", "17:00", to, "18:00", "CR9");
    var sold = sales.ticket(flight, "F");
    var order = sold.at("/id");
    tell(sold.at("/recordLocator"), "CHECK_IN", "P1", flight).expect(201);
    awaitCoupon(order, "P1", "C");
    operations
        .patch(
            "/flights/" + flight,
            Map.of("aircraft", "ER4"),
            "If-Match",
            operations.get("/flights/" + flight).header("ETag"))
        .expect(200);
    web.await("/orders/" + order, "/actionRequired", "true");
    assertThat(changes(order).at("/items/0/kind")).isEqualTo("CABIN_GONE");
    assertThat(changes(order).at("/items/0/added/0/flightId")).isEqualTo(flight);
    assertThat(changes(order).at("/items/0/added/0/cabin")).isEqualTo("Y");
    assertThat(onFlight(flight, "cabin")).containsExactly("Y");
    assertThat(onFlight(flight, "status")).containsExactly("BOOKED"); // he checks in anew
    operate(flight, "depart");
    web.await("/orders/" + order, "/status", "COMPLETED");
  }
}
