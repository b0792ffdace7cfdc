package aero.contrail.reservation.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.reservation.schedule.ScheduleDiff.Change;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleDiffTests {

  private static final FlightId ID = new FlightId("UA1-2027-06-01-EWR");
  private static final ZonedDateTime TEN =
      ZonedDateTime.of(2027, 6, 1, 10, 0, 0, 0, ZoneId.of("America/New_York"));

  private static ScheduledFlight flight(String to, ZonedDateTime departure, int minutes) {
    var leg = new Leg("EWR", to, departure, departure.plusMinutes(minutes), 719);
    return new ScheduledFlight(ID, leg, "738", "738-F16Y134", false);
  }

  private static ScheduledFlight as(String aircraft, String configuration, boolean isNamed) {
    return new ScheduledFlight(ID, flight("ORD", TEN, 160).leg(), aircraft, configuration, isNamed);
  }

  private static final Flight STORED = Flight.scheduled(flight("ORD", TEN, 160));

  private static ScheduleDiff diff(ScheduledFlight wanted, @Nullable Flight stored) {
    return ScheduleDiff.of(wanted, stored, true, Duration.ofHours(1));
  }

  @Test
  void whatIsNotThereIsNew() {
    assertThat(diff(flight("ORD", TEN, 160), null).isNew()).isTrue();
  }

  @Test
  void theSameIsNoChange() {
    var diff = diff(flight("ORD", TEN, 160), STORED);
    assertThat(diff.isNew() || diff.isChange()).isFalse();
    assertThat(diff.refusal()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"60,160,MINOR", "-60,160,MINOR", "61,160,MAJOR", "-61,160,MAJOR", "0,221,MAJOR"})
  void anHourEitherWayAtEitherEndIsMinor(int later, int minutes, Severity severity) {
    var diff = diff(flight("ORD", TEN.plusMinutes(later), minutes), STORED);
    assertThat(diff.changes()).containsExactly(Change.RETIMED);
    assertThat(diff.severity()).isEqualTo(severity);
  }

  @Test
  void anotherDestinationIsRefusedToThoseWhoBooked() {
    var elsewhere = flight("MDW", TEN, 160);
    assertThat(diff(elsewhere, STORED).refusal())
        .extracting(ScheduleDiff.Refusal::code)
        .isEqualTo("flight_has_bookings");
    var free = ScheduleDiff.of(elsewhere, STORED, false, Duration.ofHours(1));
    assertThat(free.isChange()).isTrue();
    assertThat(free.severity()).isEqualTo(Severity.MAJOR);
  }

  @Test
  void aFlightThatHasLeftStaysAsItWas() {
    var diff = diff(flight("ORD", TEN.plusHours(1), 160), STORED.departed());
    assertThat(diff.isChange()).isFalse();
    assertThat(diff.refusal()).extracting(ScheduleDiff.Refusal::code).isEqualTo("flight_departed");
  }

  @Test
  void anotherTypeIsAnotherAircraftAndAnotherUsualLayoutIsNot() {
    assertThat(diff(as("320", "320-Y150", false), STORED).changes())
        .containsExactly(Change.RE_EQUIPPED);
    assertThat(diff(as("738", "738-Y170", false), STORED).changes()).isEmpty();
    assertThat(diff(as("738", "738-Y170", true), STORED).changes())
        .containsExactly(Change.RE_EQUIPPED);
  }
}
