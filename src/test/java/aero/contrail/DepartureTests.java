package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** From check-in to departure, over HTTP. */
@HttpTest
class DepartureTests extends AtTheAirport {

  @Test
  void onlyWhoBoardedHasFlown() {
    var flight = sales.flight("ORD", "738");
    var order = sales.family(flight, "Y");
    var id = order.at("/id");
    var locator = order.at("/recordLocator");

    var in = tell(locator, "CHECK_IN", "P1", flight).expect(201);
    assertThat(in.at("/status")).isEqualTo("CHECKED_IN");
    assertThat(in.at("/sequence")).isEqualTo("1");
    assertThat(in.at("/seat")).matches("[1-9][0-9]*[A-F]");
    awaitCoupon(id, "P1", "C");
    for (var passenger : List.of("P2", "P3", "P4")) {
      tell(locator, "CHECK_IN", passenger, flight).expect(201);
    }
    var seats = onFlight(flight, "seat");
    assertThat(seats).hasSize(4);
    assertThat(new TreeSet<>(seats.subList(0, 3))).hasSize(3);
    assertThat(seats.subList(0, 3).stream().map(s -> s.replaceAll("[A-Z]", "")).distinct())
        .as("side by side: " + seats)
        .hasSize(1);
    assertThat(seats.get(3)).as("on a lap").isEmpty();

    tell(locator, "BOARD", "P1", flight).expect(201);
    tell(locator, "BOARD", "P4", flight).expect(201);
    tell(locator, "OFFLOAD", "P2", flight).expect(201);
    awaitCoupon(id, "P1", "L");
    awaitCoupon(id, "P2", "O");
    assertThat(operate(flight, "close").expect(200).at("/status")).isEqualTo("CLOSED");
    awaitCoupon(id, "P3", "S");
    assertThat(operate(flight, "depart").expect(200).at("/departedAt")).isNotEmpty();
    awaitCoupon(id, "P1", "F");
    awaitCoupon(id, "P4", "F");

    assertThat(onFlight(flight, "status"))
        .containsExactly("FLOWN", "OFFLOADED", "NO_SHOW", "FLOWN");
    assertThat(web.get("/orders/" + id).expect(200).at("/status"))
        .as("two of its coupons can still be used")
        .isEqualTo("TICKETED");
    var reservation = web.get("/reservations/" + locator).expect(200);
    assertThat(reservation.at("/segments/0/status")).isEqualTo("FLOWN");
    assertThat(reservation.at("/segments/0/passengers/1/status")).isEqualTo("OFFLOADED");
  }

  @Test
  void whoIsCheckedInHasABoardingPass() {
    var flight = sales.flight("ORD", "738");
    var order = sales.family(flight, "Y");
    var id = order.at("/id");
    var locator = order.at("/recordLocator");
    var path = "/orders/" + id + "/boarding-passes/P1/" + flight;
    web.get(path, "Accept", "text/plain").problem(404, "not_found");

    tell(locator, "CHECK_IN", "P1", flight).expect(201);
    awaitCoupon(id, "P1", "C");
    var seat = web.get("/reservations/" + locator).at("/segments/0/passengers/0/seat");
    var text = web.get(path, "Accept", "text/plain").expect(200).text();
    assertThat(text).startsWith("M1KING/ADA            E" + locator + " EWRORDUA ");
    assertThat(text).contains("Y" + "0".repeat(4 - seat.length()) + seat + "0001 100");
    assertThat(web.get(path, "Accept", "image/svg+xml").expect(200).text()).startsWith("<svg");
    assertThat(web.get(path, "Accept", "text/html").expect(200).text())
        .contains("Ada King", seat, "<svg");

    var choice = Map.of("passengerId", "P1", "flightId", flight, "seat", "25A");
    web.put("/orders/" + id + "/seats", choice).expect(200);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(web.get(path, "Accept", "text/plain").text()).contains("Y025A0001 100"));
    web.get("/orders/" + id + "/boarding-passes/P9/" + flight, "Accept", "text/plain")
        .problem(404, "not_found");
    tell(locator, "OFFLOAD", "P1", flight).expect(201);
    awaitCoupon(id, "P1", "O");
    web.get(path, "Accept", "text/plain").problem(404, "not_found");
  }

  @Test
  void withoutDepartureControlAllHaveFlown() {
    var flight = sales.flight("ORD", "738");
    var order = sales.family(flight, "Y").at("/id");

    operate(flight, "depart").expect(200);

    web.await("/orders/" + order, "/status", "COMPLETED");
    assertThat(onFlight(flight, "status")).containsOnly("FLOWN").hasSize(4);
  }

  @Test
  void closedWithNobodyAboardNobodyHasFlown() {
    var flight = sales.flight("ORD", "738");
    var order = sales.ticket(flight, "Y").at("/id");

    assertThat(
            operations
                .post("/flights/" + flight + "/close?dryRun=true", Map.of())
                .expect(200)
                .json()
                .at("/affected"))
        .hasSize(1);
    assertThat(operations.get("/flights/" + flight).at("/status")).isEqualTo("OPEN");
    operate(flight, "close").expect(200);
    operate(flight, "close").problem(409, "illegal_state");
    operate(flight, "open").problem(409, "illegal_state");
    operate(flight, "depart").expect(200);

    awaitCoupon(order, "P1", "S");
    assertThat(web.get("/reservations/" + locator(order)).at("/segments/0/status"))
        .isEqualTo("NO_SHOW");
  }

  private String locator(String order) {
    return web.get("/orders/" + order).expect(200).at("/recordLocator");
  }

  @Test
  void lateWordThatSomebodyHadBoardedCorrectsTheNoShow() {
    var flight = sales.flight("ORD", "738");
    var order = sales.ticket(flight, "Y");
    var id = order.at("/id");
    var locator = order.at("/recordLocator");
    var before = now();
    operate(flight, "close").expect(200);
    awaitCoupon(id, "P1", "S");
    operate(flight, "depart").expect(200);
    assertThat(onFlight(flight, "status")).containsExactly("NO_SHOW");

    tell(locator, "BOARD", "P1", flight).problem(409, "illegal_state");
    var late = message("BOARD", "P1", flight, before, "dcs-" + UUID.randomUUID());
    assertThat(tell(locator, late).expect(201).at("/status")).isEqualTo("FLOWN");

    web.await("/orders/" + id, "/status", "COMPLETED");
    assertThat(web.get("/reservations/" + locator).at("/segments/0/status")).isEqualTo("FLOWN");
    assertThat(tell(locator, late).expect(200).at("/status")).isEqualTo("FLOWN");
    assertThat(sales.history(id))
        .containsOnlyOnce("CouponsFlown")
        .containsOnlyOnce("OrderCompleted");
  }

  @Nested
  class Overbooked {

    /**
     * A flight with fifty seats that sells three more; all its seats are of people who are here.
     */
    @Test
    void whoFindsNoSeatStandsByAndIsDeniedBoarding() {
      var flight = sales.flight("ALB", "ER4");
      var tag = operations.get("/flights/" + flight + "/inventory").header("ETag");
      var limits =
          Map.of(
              "cabins",
              List.of(
                  Map.of(
                      "cabin",
                      "Y",
                      "authorised",
                      52,
                      "classes",
                      List.of(Map.of("fareClass", "Y", "limit", 52)))));
      operations.put("/flights/" + flight + "/inventory", limits, "If-Match", tag).expect(200);
      var locators = new ArrayList<String>();
      for (var i = 0; i < 51; i++) {
        locators.add(sales.ticket(flight, "Y").at("/recordLocator"));
      }
      locators.forEach(locator -> tell(locator, "CHECK_IN", "P1", flight).expect(201));

      var standby =
          operations.get("/flights/" + flight + "/passengers?standby=true").expect(200).json();
      assertThat(standby.at("/items")).hasSize(1);
      assertThat(standby.at("/items/0/recordLocator").asString()).isEqualTo(locators.getLast());
      tell(locators.getLast(), "BOARD", "P1", flight).problem(409, "illegal_state");
      tell(locators.getLast(), "DENIED_BOARDING", "P1", flight).expect(201);
      locators.subList(0, 50).forEach(locator -> tell(locator, "BOARD", "P1", flight).expect(201));
      operate(flight, "depart").expect(200);

      assertThat(onFlight(flight, "status")).filteredOn("FLOWN"::equals).hasSize(50);
      assertThat(onFlight(flight, "status")).filteredOn("DENIED_BOARDING"::equals).hasSize(1);
    }
  }
}
