package aero.contrail.shopping.tariff;

import java.time.Duration;
import java.util.Map;

/** Connecting times of the tests. */
public final class Connections {

  private Connections() {}

  /** The same at all airports of the United States, and for those of Canada. */
  public static ConnectingTimes ofMinutes(int domestic, int international) {
    return new ConnectingTimes(
        Map.of(
            ConnectingTimes.ANY,
            new ConnectingTimes.Minimum(
                Duration.ofMinutes(domestic), Duration.ofMinutes(international)),
            "JFK",
            new ConnectingTimes.Minimum(Duration.ofMinutes(60), Duration.ofMinutes(120))),
        Countries.ofAirports());
  }
}
