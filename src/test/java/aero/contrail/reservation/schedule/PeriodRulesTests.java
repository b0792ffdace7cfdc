package aero.contrail.reservation.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodRulesTests {

  private static final PeriodRules RULES = new PeriodRules(LocalDate.of(2027, 12, 31));

  private static FlightRow row(Map<String, String> other) {
    var values =
        new HashMap<>(
            Map.of(
                "valid_from", "2027-03-01",
                "valid_to", "2027-03-31",
                "days_of_week", "1234567",
                "scheduled_departure", "22:00",
                "scheduled_arrival", "01:30"));
    values.putAll(other);
    return new FlightRow(7, values, null);
  }

  private static List<FlightRow> legs(Map<String, String> other) {
    return RULES.legs(row(other)).toList();
  }

  @Test
  void everyDayOfThePeriod() {
    var legs = legs(Map.of());
    assertThat(legs).hasSize(31).allMatch(leg -> leg.line() == 7 && leg.fault() == null);
    assertThat(legs.getLast().values())
        .containsEntry("departure_date", "2027-03-31")
        .doesNotContainKeys("valid_from", "valid_to", "days_of_week");
  }

  /** The clocks of New York go forward on the 14th; a schedule in local times does not care. */
  @Test
  void localTimesAreTheSameOnBothSidesOfAClockChange() {
    assertThat(legs(Map.of("valid_from", "2027-03-13", "valid_to", "2027-03-15")))
        .extracting(leg -> leg.get("scheduled_departure"))
        .containsExactly("22:00", "22:00", "22:00");
  }

  @Test
  void timesInUtcStayInUtc() {
    var legs = legs(Map.of("time_mode", "U", "valid_to", "2027-03-02"));
    assertThat(legs)
        .extracting(leg -> leg.get("std_utc") + " " + leg.get("sta_utc"))
        .containsExactly(
            "2027-03-01T22:00Z 2027-03-02T01:30Z", "2027-03-02T22:00Z 2027-03-03T01:30Z");
  }

  @ParameterizedTest
  @CsvSource({
    "valid_from,2027-13-01",
    "valid_to,2027-02-28",
    "valid_to,2033-01-01",
    "valid_from,-999999999-01-01",
    "valid_to,''",
    "days_of_week,128",
    "days_of_week,''",
    "time_mode,X",
    "every_weeks,3",
  })
  void aPeriodThatIsNoneIsOneWrongRow(String column, String value) {
    var legs = legs(Map.of(column, value));
    assertThat(legs).hasSize(1);
    assertThat(legs.getFirst().fault()).isNotNull();
    assertThat(legs.getFirst().line()).isEqualTo(7);
  }

  @Test
  void aWrongTimeInUtcIsToldOnce() {
    assertThat(legs(Map.of("time_mode", "U", "scheduled_departure", "25:00"))).hasSize(1);
  }
}
