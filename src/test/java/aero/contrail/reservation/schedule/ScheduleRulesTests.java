package aero.contrail.reservation.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleRulesTests {

  private static final Map<String, Airport> AIRPORTS =
      Map.of(
          "EWR", airport("EWR", 40.6925, -74.168667, "America/New_York"),
          "ORD", airport("ORD", 41.9786, -87.9048, "America/Chicago"),
          "SJU", airport("SJU", 18.4394, -66.0018, "America/Puerto_Rico"),
          "NRT", airport("NRT", 35.7647, 140.386, "Asia/Tokyo"),
          "HNL", airport("HNL", 21.3187, -157.922, "Pacific/Honolulu"));

  private static final ScheduleRules RULES =
      new ScheduleRules(
          AIRPORTS, Map.of("738", "738-F16Y144"), Map.of("738-F16Y144", "738", "320-Y150", "320"));

  private static Airport airport(String iata, double latitude, double longitude, String zone) {
    return new Airport(iata, iata, latitude, longitude, ZoneId.of(zone));
  }

  private static FlightRow row(String... changes) {
    var values = new HashMap<String, String>();
    values.put("carrier", "UA");
    values.put("flight_number", "1431");
    values.put("departure_date", "2026-12-01");
    values.put("origin", "EWR");
    values.put("destination", "ORD");
    values.put("scheduled_departure", "06:00");
    values.put("scheduled_arrival", "07:35");
    values.put("aircraft_type", "738");
    for (var i = 0; i < changes.length; i += 2) {
      values.put(changes[i], changes[i + 1]);
    }
    return new FlightRow(7, values, null);
  }

  @Test
  void aFlightIsReadWithItsInstantsAndMiles() {
    var flight = RULES.flight(row());
    assertThat(flight.id().value()).isEqualTo("UA1431-2026-12-01-EWR");
    assertThat(flight.leg().departure().toInstant()).isEqualTo("2026-12-01T11:00:00Z");
    assertThat(flight.leg().arrival().toInstant()).isEqualTo("2026-12-01T13:35:00Z");
    assertThat(flight.leg().miles()).isEqualTo(720);
    assertThat(flight.configuration()).isEqualTo("738-F16Y144");
  }

  @Nested
  class Times {

    @Test
    void anArrivalAfterMidnightIsOnTheNextDay() {
      var flight = RULES.flight(row("scheduled_departure", "23:00", "scheduled_arrival", "00:35"));
      assertThat(flight.leg().arrival().toLocalDate()).isEqualTo("2026-12-02");
    }

    @Test
    void acrossTheDateLineItMayBeTheDayBefore() {
      var flight =
          RULES.flight(
              row(
                  "origin", "NRT",
                  "destination", "HNL",
                  "scheduled_departure", "00:30",
                  "scheduled_arrival", "12:30"));
      assertThat(flight.leg().arrival().toLocalDate()).isEqualTo("2026-11-30");
    }

    /** On 2026-11-01 New York has the hour from one to two twice: the first is meant. */
    @Test
    void inARepeatedHourTheEarlierOffsetCounts() {
      var flight =
          RULES.flight(
              row(
                  "departure_date", "2026-11-01",
                  "scheduled_departure", "01:30",
                  "scheduled_arrival", "04:30",
                  "destination", "SJU"));
      assertThat(flight.leg().departure().toInstant())
          .isEqualTo(Instant.parse("2026-11-01T05:30:00Z"));
    }

    /** On 2026-03-08 New York has no hour from two to three. */
    @Test
    void aTimeInASkippedHourIsRefused() {
      assertThatExceptionOfType(ScheduleRules.Rejected.class)
          .isThrownBy(
              () ->
                  RULES.flight(
                      row(
                          "departure_date", "2026-03-08",
                          "scheduled_departure", "02:30",
                          "scheduled_arrival", "07:00",
                          "destination", "SJU")))
          .satisfies(rejected -> assertThat(rejected.code()).isEqualTo("no_such_time"));
    }

    /** A flight of fifty minutes into the second of the two hours. */
    @Test
    void soItIsForArrivals() {
      var flight =
          RULES.flight(
              row(
                  "departure_date", "2026-11-01",
                  "origin", "ORD",
                  "destination", "EWR",
                  "scheduled_departure", "00:30",
                  "scheduled_arrival", "01:20",
                  "arrival_day_offset", "0",
                  "sta_utc", "2026-11-01T06:20Z"));
      assertThat(flight.leg().arrival().toInstant())
          .isEqualTo(Instant.parse("2026-11-01T06:20:00Z"));
    }

    /** On 2026-11-01 New York has half past one twice; the second is at 06:30 UTC. */
    @ParameterizedTest
    @CsvSource({
      "'',2026-11-01T05:30:00Z",
      "2026-11-01T05:30Z,2026-11-01T05:30:00Z",
      "2026-11-01T06:30Z,2026-11-01T06:30:00Z"
    })
    void ofARepeatedHourTheOneIsMeantThatTheInstantNames(String utc, Instant departure) {
      var flight =
          RULES.flight(
              row(
                  "departure_date", "2026-11-01",
                  "scheduled_departure", "01:30",
                  "scheduled_arrival", "07:00",
                  "destination", "SJU",
                  "std_utc", utc));
      assertThat(flight.leg().departure().toInstant()).isEqualTo(departure);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "carrier,ua,bad_carrier",
    "carrier,'',missing_value",
    "flight_number,0,bad_flight_number",
    "flight_number,12345,bad_flight_number",
    "operational_suffix,xx,bad_operational_suffix",
    "departure_date,2026-02-30,bad_date",
    "departure_date,0000-01-01,bad_date",
    "departure_date,3000-01-01,bad_date",
    "origin,XXX,unknown_airport",
    "destination,EWR,same_airport",
    "scheduled_departure,25:00,bad_time",
    "aircraft_type,ZZZ,unknown_aircraft_type",
    "configuration,320-Y150,unknown_configuration",
    "arrival_day_offset,7,bad_arrival_day_offset",
    "arrival_day_offset,2,bad_block_time",
    "std_utc,2026-12-01T12:00Z,utc_mismatch",
    "sta_utc,noon,bad_time",
  })
  void aWrongRowIsRejectedWithACode(String column, String value, String code) {
    assertThatExceptionOfType(ScheduleRules.Rejected.class)
        .isThrownBy(() -> RULES.flight(row(column, value)))
        .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(code));
  }

  /** The official distances of 223 real city pairs; ours are geodesics, rounded up. */
  @Test
  void distancesStayCloseToTheOfficialOnes() throws IOException {
    var airports = new HashMap<String, Airport>();
    for (var line :
        Files.readAllLines(Path.of("src/main/resources/reference/airports.csv")).stream()
            .skip(1)
            .toList()) {
      var f = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
      airports.put(f[0], airport(f[0], Double.parseDouble(f[6]), Double.parseDouble(f[7]), f[9]));
    }
    var routes = Files.readAllLines(Path.of("src/test/resources/routes-2013.csv"));
    assertThat(routes).hasSize(224);
    for (var route : routes.stream().skip(1).toList()) {
      var f = route.split(",", -1);
      var from = airports.get(f[0]);
      var to = airports.get(f[1]);
      assertThat(from).isNotNull();
      assertThat(to).isNotNull();
      if (from != null && to != null) {
        assertThat((double) from.milesTo(to))
            .as(route)
            .isBetween(Double.parseDouble(f[2]) - 1.4, Double.parseDouble(f[2]) + 2.4);
      }
    }
  }
}
