package aero.contrail.reservation.booking;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.SpaceRefusal.Kind;
import aero.contrail.reservation.booking.Space.Claim;
import aero.contrail.reservation.booking.UnpaidHolds.Held;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnpaidHoldsTests {

  private static final FlightId LARGE = new FlightId("UA1-2026-12-01-EWR");
  private static final FlightId SMALL = new FlightId("UA2-2026-12-01-ORD");

  private static UnpaidHolds holds(Held... held) {
    return new UnpaidHolds(Map.of(LARGE, 200, SMALL, 20), 25, List.of(held));
  }

  private static List<Claim> party(int seats) {
    return List.of(new Claim(LARGE, "Y", "Y", seats), new Claim(SMALL, "Y", "Y", seats));
  }

  @Test
  void aQuarterOfAFlight() {
    assertThat(holds(new Held("web", LARGE, 41)).refusal("web", party(9))).isEmpty();
    assertThat(holds(new Held("web", LARGE, 42)).refusal("web", party(9)))
        .contains(new SpaceRefusal(LARGE, Kind.HOLD_LIMIT, "50"));
  }

  @Test
  void butOnePartyOnASmallOne() {
    assertThat(holds().refusal("web", party(9))).isEmpty();
    assertThat(holds(new Held("web", SMALL, 1)).refusal("web", party(9)))
        .contains(new SpaceRefusal(SMALL, Kind.HOLD_LIMIT, "9"));
  }

  @Test
  void eachChannelByItself() {
    assertThat(holds(new Held("web", SMALL, 9)).refusal("agency", party(9))).isEmpty();
  }

  @Test
  void whatWasAddedAndRemovedSinceCounts() {
    var holds = holds();
    holds.add("web", party(5));
    assertThat(holds.refusal("web", party(5))).isPresent();
    holds.remove("web", party(5));
    assertThat(holds.refusal("web", party(5))).isEmpty();
  }
}
