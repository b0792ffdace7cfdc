package aero.contrail.reservation.booking;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.SpaceRefusal.Kind;
import aero.contrail.reservation.booking.Space.Claim;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.schedule.FlightStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpaceTests {

  private static final FlightId FIRST = new FlightId("UA1-2026-12-01-EWR");
  private static final FlightId SECOND = new FlightId("UA2-2026-12-01-ORD");

  private static Space space(FlightStatus second) {
    return new Space(
        Map.of(FIRST, FlightStatus.OPEN, SECOND, second),
        List.of(
            Cabin.fresh(FIRST, "Y", 10, "Y", List.of(10)),
            Cabin.fresh(SECOND, "Y", 2, "Y", List.of(2))));
  }

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
