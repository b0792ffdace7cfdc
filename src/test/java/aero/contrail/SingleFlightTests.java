package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One flight scheduled and changed over HTTP, and flights that move with the clocks. */
@HttpTest
class SingleFlightTests {

  private static final AtomicInteger NUMBER = new AtomicInteger(100);

  @LocalServerPort int port;
  private Api operations = Api.anonymous(0);
  private Sales sales = new Sales(operations);

  @BeforeEach
  void connect() {
    operations = Api.anonymous(port).as("operations");
    sales = new Sales(operations);
  }

  private static Map<String, Object> flight(Map<String, Object> other) {
    var flight =
        new HashMap<String, Object>(
            Map.of(
                "carrier", "ZS",
                "flightNumber", "" + NUMBER.getAndIncrement(),
                "departureDate", "" + Sales.day(),
                "origin", "EWR",
                "destination", "ORD",
                "departure", "10:00",
                "arrival", "11:40",
                "aircraft", "738"));
    flight.putAll(other);
    return flight;
  }

  private Api.Answer scheduled() {
    return operations.create("/flights", flight(Map.of())).expect(201);
  }

  @Test
  void aFlightIsScheduledAndSells() {
    var created = scheduled();
    var id = created.at("/flightId");
    assertThat(created.header("Location")).endsWith("/flights/" + id);
    assertThat(created.header("ETag")).isEqualTo("\"1\"");
    assertThat(created.at("/departure")).startsWith(Sales.day() + "T10:00");
    assertThat(created.at("/configuration")).isNotEmpty();
    sales.ticket(id, "Y");
  }

  @Test
  void twiceIsOnceAndAgainIsRefused() {
    var body = flight(Map.of());
    var key = UUID.randomUUID().toString();
    var first = operations.post("/flights", body, "Idempotency-Key", key).expect(201);
    var again = operations.post("/flights", body, "Idempotency-Key", key).expect(201);
    assertThat(again.text()).isEqualTo(first.text());
    operations.create("/flights", body).problem(409, "illegal_state");
  }

  @ParameterizedTest
  @CsvSource({
    "origin,XXX,/origin,unknown_airport",
    "destination,EWR,/destination,same_airport",
    "aircraft,X99,/aircraft,unknown_aircraft_type",
    "configuration,X99-Y1,/configuration,unknown_configuration",
    "carrier,Z,/carrier,pattern",
    "departure,24:00,/departure,pattern",
    "arrival,08:59,/arrival,bad_block_time",
  })
  void whatIsWrongIsPointedAt(String member, String value, String pointer, String code) {
    var answer =
        operations
            .create("/flights", flight(Map.of(member, value, "arrivalDayOffset", 0)))
            .problem(422, "validation_failed");
    assertThat(answer.at("/errors/0/pointer")).as(answer.text()).isEqualTo(pointer);
    assertThat(answer.at("/errors/0/code")).as(answer.text()).isEqualTo(code);
  }

  @Test
  void aFlightIsRetimedAndReEquippedByWhoHasSeenIt() {
    var created = scheduled();
    var path = "/flights/" + created.at("/flightId");
    var patch = Map.of("departure", "12:00", "arrival", "13:40", "aircraft", "320");
    operations.patch(path, patch).problem(428, "precondition_required");
    operations.patch(path, patch, "If-Match", "\"9\"").problem(412, "precondition_failed");
    sales.hold(created.at("/flightId"), "Y");

    var dry = operations.patch(path + "?dryRun=true", patch).expect(200);
    assertThat(dry.at("/affected/0/seats")).isEqualTo("1");
    assertThat(operations.get(path).at("/aircraft")).isEqualTo("738");

    var changed = operations.patch(path, patch, "If-Match", "\"1\"").expect(200);
    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    assertThat(changed.at("/departure")).startsWith(Sales.day() + "T12:00");
    assertThat(changed.at("/aircraft")).isEqualTo("320");
    assertThat(sales.inventory(created.at("/flightId"), "held")).isGreaterThanOrEqualTo(0);
    operations.patch(path, patch, "If-Match", "\"1\"").problem(412, "precondition_failed");
  }

  @Test
  void aFlightThatHasLeftIsNotChanged() {
    var path = "/flights/" + scheduled().at("/flightId");
    operations.create(path + "/depart", "").expect(200);
    operations
        .patch(path, Map.of("departure", "12:00"), "If-Match", "\"2\"")
        .problem(409, "illegal_state");
    operations.patch("/flights/UA1", Map.of(), "If-Match", "\"2\"").problem(404, "not_found");
  }

  /** The second 01:30 of a night on which the clocks go back stays the second one. */
  @Test
  void anotherAircraftLeavesARepeatedHourAsItWas() {
    var number = NUMBER.getAndIncrement();
    var csv =
        Sales.FLIGHTS.replace("\n", ",std_utc\n")
            + "ZS,%d,2027-11-07,EWR,ORD,01:30,03:00,738,2027-11-07T06:30Z\n".formatted(number);
    assertThat(sales.importFile(csv, "skip").at("/created")).isEqualTo("1");
    var path = "/flights/ZS%d-2027-11-07-EWR".formatted(number);
    assertThat(operations.get(path).at("/departure")).isEqualTo("2027-11-07T01:30:00-05:00");
    var changed = operations.patch(path, Map.of("aircraft", "320"), "If-Match", "\"1\"");
    assertThat(changed.expect(200).at("/departure")).isEqualTo("2027-11-07T01:30:00-05:00");
  }

  private static String airport(String zone) {
    return "iata,name,lat,lon,tz\nQZA,Somewhere,30,-100,%s\n".formatted(zone);
  }

  /** Local times stay as they were told to passengers; the instants follow the zone. */
  @Test
  void flightsMoveWithTheZoneOfTheirAirport() {
    sales.importFile(airport("America/Chicago"), "skip");
    var created =
        operations
            .create("/flights", flight(Map.of("origin", "QZA", "arrival", "13:00")))
            .expect(201);
    var path = "/flights/" + created.at("/flightId");
    assertThat(created.at("/departureZone")).isEqualTo("America/Chicago");

    var done = sales.importFile(airport("America/Denver"), "skip");
    assertThat(done.at("/differences/0/flightId")).as(done.text()).endsWith("-QZA");
    assertThat(done.at("/differences/0/changes/0")).isEqualTo("RETIMED");
    assertThat(done.at("/warnings/0")).contains("QZA");
    var moved = operations.get(path);
    assertThat(moved.at("/departureZone")).isEqualTo("America/Denver");
    assertThat(moved.at("/departure")).startsWith(Sales.day() + "T10:00");
    assertThat(sales.importFile(airport("America/Denver"), "skip").at("/differences/0")).isEmpty();
  }
}
