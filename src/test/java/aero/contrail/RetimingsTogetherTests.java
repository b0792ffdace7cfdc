package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flights that fly at other times, several in one request, and those who change between them. */
class RetimingsTogetherTests extends AtTheAirport {

  private String first = "";
  private String via = "";
  private String second = "";
  private String order = "";

  @BeforeEach
  void aConnection() {
    first = sales.flightAlone(); // 10:00 to 11:00
    via = operations.get("/flights/" + first).at("/destination");
    second = sales.flight(via, "12:00", "ABQ", "16:00", "ER4");
    order = connecting(first, second).at("/id");
  }

  private static Map<String, Object> times(String flight, String departure, String arrival) {
    return Map.of("flightId", flight, "departure", departure, "arrival", arrival);
  }

  private static Map<String, Object> request(List<?> flights, List<?> retimings) {
    return Map.of("flights", flights, "retimings", retimings, "reason", "fog");
  }

  private Answer done(Map<String, Object> request) {
    var started = operations.create("/disruptions", request).expect(202);
    var path = Objects.requireNonNull(URI.create(started.header("Location")).getPath());
    return Awaitility.await("the disruption to be over")
        .atMost(Duration.ofSeconds(30))
        .until(() -> operations.get(path).expect(200), d -> d.at("/done").equals("true"));
  }

  private Answer asForetold(Map<String, Object> request, int affected, int reprotected) {
    var dry = operations.post("/disruptions?dryRun=true", request).expect(200);
    assertThat(dry.at("/affected")).isEqualTo("" + affected);
    assertThat(dry.at("/reprotected")).isEqualTo("" + reprotected);
    assertThat(operations.get("/flights/" + first).at("/departure")).contains("T10:00");
    var done = done(request);
    for (var figure : List.of("/flights", "/affected", "/reprotected", "/leftOver")) {
      assertThat(done.at(figure)).as(figure).isEqualTo(dry.at(figure));
    }
    return done;
  }

  private void awaitChanges(int count) {
    Awaitility.await("the airline's changes")
        .until(() -> changes(order).json().at("/items").size() == count);
  }

  /** Each alone would break the connection: looked at one by one, he would have lost it. */
  @Test
  void aConnectionThatMovesAsAWholeIsKept() {
    var request =
        request(
            List.of(), List.of(times(first, "14:00", "15:00"), times(second, "16:00", "20:00")));
    var done = asForetold(request, 0, 0);
    assertThat(operations.get("/disruptions/" + done.at("/id") + "/flights").text())
        .contains("RETIMED", "14:00", "20:00")
        .doesNotContain("OPEN", "REFUSED");
    awaitChanges(2);
    assertThat(changes(order).text()).doesNotContain("CONNECTION_MISSED");
    assertThat(sales.inventory(second, "sold")).isEqualTo(1);
    operate(first, "depart");
    operate(second, "depart");
    web.await("/orders/" + order, "/status", "COMPLETED");
  }

  @Test
  void whoMissesHisConnectionAndWhoLosesHisFlightAreServedTogether() {
    var later = sales.flight(via, "14:00", "ABQ", "18:00", "ER4");
    var gone = sales.flightAlone();
    var stranded = sales.ticket(gone, "Y").at("/id");
    var request = request(List.of(gone), List.of(times(first, "11:00", "12:00")));
    var done = asForetold(request, 2, 1);

    var cases = operations.get("/disruptions/" + done.at("/id") + "/cases").expect(200);
    assertThat(cases.at("/items/0/orderId")).isEqualTo(order);
    assertThat(cases.at("/items/0/removed/0")).isEqualTo(second);
    assertThat(cases.at("/items/0/added/0")).isEqualTo(later);
    assertThat(cases.at("/items/1/orderId")).isEqualTo(stranded);
    assertThat(cases.at("/items/1/status")).isEqualTo("LEFT_OVER");
    awaitChanges(2);
    assertThat(changes(order).text()).contains("RETIMED", "CONNECTION_MISSED");
    assertThat(sales.inventory(second, "sold")).isZero();
    assertThat(sales.inventory(later, "sold")).isEqualTo(1);
  }

  /** Who listens to retimings leaves it to the disruption: what comes later is heard and done. */
  @Test
  void whoIsLeftOverIsSoOnce() {
    var _ = asForetold(request(List.of(), List.of(times(first, "12:00", "13:00"))), 1, 0);
    awaitChanges(2);
    var told = order;
    aConnection();
    var seen = operations.get("/flights/" + first);
    operations
        .patch(
            "/flights/" + first,
            Map.of("departure", "12:00", "arrival", "13:00"),
            "If-Match",
            seen.header("ETag"))
        .expect(200);
    awaitChanges(2);
    order = told;
    awaitChanges(2);
  }

  @Test
  void whatIsWrongSaysWhy() {
    var good = times(first, "14:00", "15:00");
    invalid(request(List.of(), List.of()), "/flights", "required");
    invalid(request(List.of(first), List.of(good)), "/retimings/0/flightId", "duplicate");
    invalid(request(List.of(), List.of(good, good)), "/retimings/1/flightId", "duplicate");
    invalid(
        request(List.of(), List.of(good, times("UA1-2030-01-01-EWR", "14:00", "15:00"))),
        "/retimings/1/flightId",
        "unknown_flight");
    invalid(
        request(List.of(), List.of(good, times("?", "14:00", "15:00"))),
        "/retimings/1/flightId",
        "unknown_flight");
    operations
        .create("/disruptions", request(List.of(), List.of(times(first, "25:00", "15:00"))))
        .problem(422, "validation_failed");
    var gone = sales.flightAlone(); // that nobody booked: else he is put on flights of other tests
    operate(gone, "cancel");
    invalid(
        request(List.of(), List.of(times(gone, "14:00", "15:00"))),
        "/retimings/0/flightId",
        "flight_cancelled");
  }

  private void invalid(Map<String, Object> request, String pointer, String code) {
    var answer = operations.create("/disruptions", request).problem(422, "validation_failed");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
    assertThat(answer.at("/errors/0/code")).isEqualTo(code);
  }
}
