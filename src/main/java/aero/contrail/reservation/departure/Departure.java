package aero.contrail.reservation.departure;

import aero.contrail.events.FlightId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a flight's departure has come, by the times at which it happened.
 *
 * @param closedAt from when on nobody could go aboard any more
 * @param isDiverted whether it came down elsewhere than planned
 */
public record Departure(
    FlightId flight,
    @Nullable Instant closedAt,
    @Nullable Instant departedAt,
    @Nullable Instant arrivedAt,
    boolean isDiverted) {

  /** The clocks of airports and ours do not agree to the second. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

  /** Whether something that is told to have happened cannot have. */
  public static boolean isYetToCome(Instant at, Instant now) {
    return at.isAfter(now.plus(CLOCKS_DIFFER));
  }

  static Departure ahead(FlightId flight) {
    return new Departure(flight, null, null, null, false);
  }

  Departure closed(Instant at) {
    return new Departure(flight, at, departedAt, arrivedAt, isDiverted);
  }

  /** A flight that leaves is closed at the latest then. */
  Departure departed(Instant at) {
    return new Departure(flight, closedAt == null ? at : closedAt, at, arrivedAt, isDiverted);
  }

  Departure arrived(Instant at, boolean elsewhere) {
    return new Departure(flight, closedAt, departedAt, at, elsewhere);
  }
}
