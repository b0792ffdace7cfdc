package aero.contrail.reservation.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleDoubtsTests {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private final ScheduleDoubts doubts = new ScheduleDoubts();

  private static ScheduledFlight flight(LocalDate day, int hour, int minutes) {
    var departure = day.atTime(hour, 0).atZone(NEW_YORK);
    return new ScheduledFlight(
        FlightId.of("B61", day, "JFK"),
        new Leg("JFK", "BOS", departure, departure.plusMinutes(minutes), 187),
        "320",
        "320-Y150",
        false);
  }

  private static FlightRow row(long line, Map<String, String> values) {
    var all = new HashMap<>(Map.of("scheduled_departure", "10:00"));
    all.putAll(values);
    all.values().removeIf(String::isEmpty);
    return new FlightRow(line, all, null);
  }

  private static final LocalDate SUMMER = LocalDate.of(2027, 7, 1);
  private static final LocalDate WINTER = LocalDate.of(2027, 12, 1);

  @Test
  void blockTimesAreToldOnceALine() {
    assertThat(doubts.about(row(1, Map.of()), flight(SUMMER, 10, 80))).isEmpty();
    assertThat(doubts.about(row(2, Map.of()), flight(SUMMER, 10, 14)))
        .containsExactly("Line 2: B61-2027-07-01-JFK takes 0:14 h.");
    assertThat(doubts.about(row(2, Map.of()), flight(WINTER, 10, 14))).isEmpty();
    assertThat(doubts.about(row(3, Map.of()), flight(WINTER, 10, 18 * 60 + 1))).hasSize(1);
  }

  /** A period that goes over a clock change keeps its local times. */
  @Test
  void aVariationFromUtcThatDoesNotHoldIsTold() {
    var summer = row(1, Map.of("departure_utc_variation", "-0400"));
    assertThat(doubts.about(summer, flight(SUMMER, 10, 80))).isEmpty();
    assertThat(doubts.about(summer, flight(WINTER, 10, 80)))
        .hasSize(1)
        .allMatch(doubt -> doubt.contains("not at -0400 but at -05:00; the local time is kept"));
    assertThat(doubts.about(summer, flight(WINTER.plusDays(1), 10, 80))).isEmpty();
  }

  @Test
  void localTimesThatMoveWithTheClocksAreTold() {
    var utc = row(1, Map.of("scheduled_departure", ""));
    assertThat(doubts.about(utc, flight(SUMMER, 10, 80))).isEmpty();
    assertThat(doubts.about(utc, flight(WINTER, 9, 80)))
        .containsExactly(
            "Line 1: its time in UTC is 10:00 at its origin at first, and 09:00 from 2027-12-01"
                + " on.");
  }

  @Test
  void anotherLayoutThanWasWantedIsTold() {
    var row = row(1, Map.of("preferred_configuration", "320-Y162"));
    assertThat(doubts.about(row, flight(SUMMER, 10, 80)))
        .containsExactly(
            "Line 1: no configuration 320-Y162 is known, B61-2027-07-01-JFK has 320-Y150.");
  }
}
