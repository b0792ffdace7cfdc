package aero.contrail.order.person;

import static aero.contrail.events.PassengerType.ADULT;
import static aero.contrail.events.PassengerType.CHILD;
import static aero.contrail.events.PassengerType.INFANT;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.Segment;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As what somebody travels, there on the first of December and back on the eighth. */
class AgeRulesTests {

  private static final Segment OUT = on("UA1-2026-12-01-EWR");
  private static final Segment BACK = on("UA2-2026-12-08-ORD");
  private static final List<Segment> JOURNEY = List.of(OUT, BACK);

  private static Segment on(String id) {
    var flight = new FlightId(id);
    var departure = flight.departureDate().atTime(23, 0).atZone(ZoneId.of("America/New_York"));
    return new Segment(
        flight, "Y", "Y", new Leg("EWR", "ORD", departure, departure.plusHours(2), 720), "738");
  }

  private static LocalDate day(String date) {
    return LocalDate.parse(date);
  }

  @Test
  void whoIsBelowTwoOnEveryFlightTravelsOnALap() {
    assertThat(AgeRules.type(day("2024-12-09"), JOURNEY)).isEqualTo(INFANT);
    assertThat(AgeRules.type(day("2024-12-08"), JOURNEY)).isEqualTo(CHILD); // two on the way back
    assertThat(AgeRules.type(day("2024-12-08"), List.of(OUT))).isEqualTo(INFANT);
  }

  @Test
  void whoTurnsTwelveOnTheWayStaysAChild() {
    assertThat(AgeRules.type(day("2014-12-01"), JOURNEY)).isEqualTo(ADULT);
    assertThat(AgeRules.type(day("2014-12-02"), JOURNEY)).isEqualTo(CHILD);
  }

  @Test
  void alsoWhenHeChangesTheWayBack() {
    var born = day("2014-12-05");
    assertThat(AgeRules.type(born, List.of(BACK))).isEqualTo(ADULT);
    assertThat(AgeRules.type(born, AgeRules.day(OUT), List.of(BACK))).isEqualTo(CHILD);
  }

  @Test
  void somebodyYoungerMayFlyAtTheFareOfSomebodyOlder() {
    assertThat(AgeRules.allow(ADULT, CHILD)).isTrue();
    assertThat(AgeRules.allow(CHILD, CHILD)).isTrue();
    assertThat(AgeRules.allow(CHILD, ADULT)).isFalse();
    assertThat(AgeRules.allow(INFANT, CHILD)).isFalse();
  }
}
