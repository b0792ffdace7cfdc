package aero.contrail.reservation.booking;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.Segment;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.SpaceRefusal.Kind;
import aero.contrail.reservation.booking.Space.Claim;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.FlightStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpaceTests {

  private static final FlightId FIRST = new FlightId("UA1-2026-12-01-EWR");
  private static final FlightId SECOND = new FlightId("UA2-2026-12-01-ORD");

  private static Space space(FlightStatus second) {
    return space(second, LEAVES.minusSeconds(1));
  }

  private static Space space(FlightStatus second, Instant salesEnd) {
    return new Space(
        List.of(flight(FIRST, FlightStatus.OPEN), flight(SECOND, second)),
        List.of(
            Cabin.fresh(FIRST, "Y", 10, "Y", List.of(10)),
            Cabin.fresh(SECOND, "Y", 2, "Y", List.of(2))),
        salesEnd);
  }

  private static Flight flight(FlightId id, FlightStatus status) {
    return new Flight(
        id,
        "EWR",
        "ORD",
        id.departureDate(),
        LEAVES,
        LEAVES.plusSeconds(3600),
        "America/New_York",
        "America/Chicago",
        LocalDateTime.MIN,
        LocalDateTime.MAX,
        719,
        "738",
        "738-F16Y134",
        status,
        1,
        1);
  }

  private static Segment offered(FlightId id, Instant leaves, String aircraft) {
    var departure = leaves.atZone(ZoneId.of("America/New_York"));
    return new Segment(
        id, "Y", "Y", new Leg("EWR", "ORD", departure, departure.plusHours(1), 719), aircraft);
  }

  private static final Instant LEAVES = Instant.parse("2026-12-01T12:00:00Z");

  private static List<Claim> party(int seats) {
    return List.of(new Claim(FIRST, "Y", "Y", seats), new Claim(SECOND, "Y", "Y", seats));
  }

  @Test
  void aPartyIsHeldOnAllItsFlights() {
    var space = space(FlightStatus.OPEN);
    assertThat(space.hold(party(2))).isEmpty();
    assertThat(space.changed()).extracting(Cabin::held).containsExactly(2, 2);
  }

  @Test
  void orOnNone() {
    var space = space(FlightStatus.OPEN);
    assertThat(space.hold(party(3))).contains(new SpaceRefusal(SECOND, Kind.CABIN_FULL, "Y"));
    assertThat(space.changed()).isEmpty();
  }

  @Test
  void oneAfterTheOther() {
    var space = space(FlightStatus.OPEN);
    assertThat(space.hold(party(1))).isEmpty();
    assertThat(space.hold(party(1))).isEmpty();
    assertThat(space.hold(party(1))).isPresent();
  }

  @Test
  void notOnAFlightThatHasLeft() {
    assertThat(space(FlightStatus.DEPARTED).hold(party(1)))
        .contains(new SpaceRefusal(SECOND, Kind.FLIGHT_NOT_OPEN, "departed"));
  }

  @Test
  void norShortlyBeforeItLeavesByTheTimesThatItHasNow() {
    assertThat(space(FlightStatus.OPEN, LEAVES).hold(party(1)))
        .contains(new SpaceRefusal(FIRST, Kind.FLIGHT_NOT_OPEN, "closed"));
  }

  @Test
  void anOfferOfOtherTimesOrAnotherAircraftIsOutOfDate() {
    var space = space(FlightStatus.OPEN);
    var first = offered(FIRST, LEAVES, "738");
    assertThat(space.change(List.of(first, offered(SECOND, LEAVES, "738")))).isEmpty();
    assertThat(space.change(List.of(first, offered(SECOND, LEAVES.plusSeconds(60), "738"))))
        .contains(new SpaceRefusal(SECOND, Kind.SCHEDULE_CHANGED, "times"));
    assertThat(space.change(List.of(first, offered(SECOND, LEAVES, "739"))))
        .contains(new SpaceRefusal(SECOND, Kind.SCHEDULE_CHANGED, "aircraft"));
  }

  @Test
  void notInAClassThatIsNotSold() {
    assertThat(space(FlightStatus.OPEN).hold(List.of(new Claim(FIRST, "Y", "Q", 1))))
        .contains(new SpaceRefusal(FIRST, Kind.CLASS_UNKNOWN, "Q"));
  }

  @Test
  void aHoldOnAFlightThatWasCancelledIsNotConfirmed() {
    assertThat(space(FlightStatus.CANCELLED).confirm(party(1)))
        .contains(new SpaceRefusal(SECOND, Kind.FLIGHT_NOT_OPEN, "cancelled"));
  }

  @Test
  void anUnknownFlightIsRefused() {
    var unknown = new FlightId("UA9-2026-12-01-EWR");
    assertThat(space(FlightStatus.OPEN).hold(List.of(new Claim(unknown, "Y", "Y", 1))))
        .contains(new SpaceRefusal(unknown, Kind.FLIGHT_UNKNOWN, null));
  }
}
