package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of departure control: twice, at once, out of order and wrong. */
class HandlingTests extends AtTheAirport {

  private String flight = "";
  private String locator = "";
  private String order = "";

  @BeforeEach
  void aTicket() {
    flight = sales.flightAlone(); // some cancel it
    var sold = sales.ticket(flight, "Y");
    order = sold.at("/id");
    locator = sold.at("/recordLocator");
  }

  @Test
  void mayComeTwice() {
    var message = message("CHECK_IN", "P1", flight, now(), "dcs-" + UUID.randomUUID());

    var first = tell(locator, message).expect(201).json();
    assertThat(tell(locator, message).expect(200).json()).isEqualTo(first);
    message.put("type", "BOARD");
    tell(locator, message).problem(422, "idempotency_key_reused");

    awaitCoupon(order, "P1", "C");
    assertThat(sales.history(order)).containsOnlyOnce("CouponStatusChanged");
  }

  @Test
  void atTheSameTimeAreTakenOnce() throws Exception {
    var message = message("CHECK_IN", "P1", flight, now(), "dcs-" + UUID.randomUUID());
    var statuses = new ArrayList<Integer>();
    try (var desks = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Integer>>();
      for (var i = 0; i < 20; i++) {
        tasks.add(() -> tell(locator, message).status());
      }
      for (var answer : desks.invokeAll(tasks)) {
        statuses.add(answer.get());
      }
    }
    assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
  }

  @Test
  void thatOvertookEachOtherEndWithWhatHappenedLast() {
    var start = now().minusSeconds(60);
    tell(locator, message("OFFLOAD", "P1", flight, start.plusSeconds(10), UUID.randomUUID() + ""))
        .expect(201);
    tell(locator, message("BOARD", "P1", flight, start.plusSeconds(20), UUID.randomUUID() + ""))
        .expect(201);
    tell(locator, message("CHECK_IN", "P1", flight, start, UUID.randomUUID() + "")).expect(201);

    assertThat(onFlight(flight, "status")).containsExactly("BOARDED");
    assertThat(onFlight(flight, "sequence")).containsExactly("1");
    awaitCoupon(order, "P1", "L");
  }

  @Test
  void thatAreWrongSayWhy() {
    var right = message("CHECK_IN", "P1", flight, now(), UUID.randomUUID() + "");
    wrong(right, "passengerId", "P2").problem(404, "not_found");
    wrong(right, "passengerId", "P").problem(400, "malformed_request");
    wrong(right, "flightId", "UA9999-2030-01-01-EWR").problem(404, "not_found");
    assertThat(
            wrong(right, "flightId", "?").problem(422, "validation_failed").at("/errors/0/pointer"))
        .isEqualTo("/flightId");
    assertThat(
            wrong(right, "occurredAt", now().plusSeconds(3600) + "")
                .problem(422, "validation_failed")
                .at("/errors/0/code"))
        .isEqualTo("in_the_future");
    wrong(right, "sourceId", "").problem(422, "validation_failed");
    wrong(right, "type", "FLY").problem(400, "malformed_request");
    tell("ZZZZZZ", right).problem(404, "not_found");
    tell("ABC", right).problem(404, "not_found");
    web.post("/reservations/" + locator + "/handling", right).problem(403, "forbidden");
    web.get("/flights/" + flight + "/passengers?limit=200").problem(403, "forbidden");
    assertThat(onFlight(flight, "status")).containsExactly("BOOKED");
  }

  private Answer wrong(Map<String, Object> right, String member, String value) {
    var message = new HashMap<>(right);
    message.put(member, value);
    return tell(locator, message);
  }

  @Test
  void onlyOnFlightsThatFly() {
    operate(flight, "cancel").expect(200);
    tell(locator, "CHECK_IN", "P1", flight).problem(404, "not_found");
  }

  @Test
  void whoIsCheckedInCannotCancelUntilHeIsOffloaded() {
    tell(locator, "CHECK_IN", "P1", flight).expect(201);
    awaitCoupon(order, "P1", "C");
    web.create("/orders/" + order + "/cancellations", Map.of()).problem(409, "illegal_state");
    assertThat(web.get("/orders/" + order).json().at("/availableActions")).isEmpty();
    tell(locator, "OFFLOAD", "P1", flight).expect(201);
    awaitCoupon(order, "P1", "O");
    web.create("/orders/" + order + "/cancellations", Map.of()).expect(201);
  }

  @Test
  void aCancelledFlightRefundsAlsoWhoIsAboard() {
    tell(locator, "BOARD", "P1", flight).expect(201);
    awaitCoupon(order, "P1", "L");
    operate(flight, "cancel").expect(200);
    web.await("/orders/" + order, "/actionRequired", "true");
    var changes = "/orders/" + order + "/airline-changes";
    var change = web.get(changes).expect(200).at("/items/0/id");
    web.create(changes + "/" + change + "/decline", "").expect(200);
    web.await("/orders/" + order, "/refunds/0/status", "DONE");
    assertThat(web.get("/orders/" + order).at("/passengers/0/tickets/0/coupons/0/status"))
        .isEqualTo("R");
  }
}
