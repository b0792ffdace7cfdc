package aero.contrail.events;

import java.time.Duration;
import java.time.ZonedDateTime;

/**
 * Where and when a flight flies.
 *
 * @param departure scheduled, in the zone of the origin
 * @param arrival scheduled, in the zone of the destination
 * @param miles WGS84 geodesic between the airports, in statute miles, rounded up
 */
public record Leg(
    String origin, String destination, ZonedDateTime departure, ZonedDateTime arrival, int miles) {

  public Leg {
    if (!arrival.isAfter(departure)) {
      throw new IllegalArgumentException("arrival " + arrival + " is not after " + departure);
    }
    if (miles < 1) {
      throw new IllegalArgumentException("miles must be positive: " + miles);
    }
  }

  /** From scheduled departure to scheduled arrival. */
  public Duration blockTime() {
    return Duration.between(departure, arrival);
  }
}
