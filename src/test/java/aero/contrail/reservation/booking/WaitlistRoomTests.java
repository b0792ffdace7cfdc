package aero.contrail.reservation.booking;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.inventory.Cabin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many may wait for a cabin. */
class WaitlistRoomTests {

  private static final FlightId FLIGHT = new FlightId("YY1-2030-01-01-EWR");
  private static final FlightId ONWARD = new FlightId("YY2-2030-01-01-ALB");

  private static Space space(int authorised) {
    return new Space(
        List.of(),
        List.of(cabin(FLIGHT, authorised), cabin(ONWARD, authorised)),
        Instant.parse("2029-12-01T00:00:00Z"));
  }

  private static Cabin cabin(FlightId flight, int authorised) {
    return Cabin.fresh(flight, "Y", authorised, "Y", List.of(authorised));
  }

  private static List<Space.Claim> claims(int seats, FlightId... flights) {
    return List.of(flights).stream()
        .map(flight -> new Space.Claim(flight, "Y", "Y", seats))
        .toList();
  }

  @Test
  void isAShareOfWhatTheCabinMaySell() {
    var room = new WaitlistRoom(Map.of(FLIGHT, Map.of("Y", 45)), 50);

    assertThat(room.take(claims(5, FLIGHT), space(100))).isTrue();
    assertThat(room.take(claims(1, FLIGHT), space(100))).as("it is full now").isFalse();
  }

  @Test
  void isAlwaysThatOfOneParty() {
    var room = new WaitlistRoom(Map.of(), 50);

    assertThat(room.take(claims(9, FLIGHT), space(0))).isTrue();
    assertThat(room.take(claims(1, FLIGHT), space(0))).isFalse();
  }

  @Test
  void isNeededOnAllFlightsAndTakenOnNoneElse() {
    var room = new WaitlistRoom(Map.of(ONWARD, Map.of("Y", 50)), 50);

    assertThat(room.take(claims(2, FLIGHT, ONWARD), space(100))).isFalse();
    assertThat(room.take(claims(50, FLIGHT), space(100))).as("nothing was taken").isTrue();
  }
}
