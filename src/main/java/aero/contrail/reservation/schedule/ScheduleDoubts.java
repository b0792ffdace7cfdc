package aero.contrail.reservation.schedule;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What in a schedule looks like a slip and may be right. Each is told once a line, also of a line
 * that is a hundred flights. Remembers the line it was asked about last; for one thread.
 */
public final class ScheduleDoubts {

  /** What a file says local time is ahead of UTC at departure, like -0400. */
  public static final String DEPARTURE_VARIATION = "departure_utc_variation";

  /** The same at arrival. */
  public static final String ARRIVAL_VARIATION = "arrival_utc_variation";

  /** What is shorter or longer than these is told. */
  private static final Duration SHORT = Duration.ofMinutes(15);

  private static final Duration LONG = Duration.ofHours(18);

  private enum Kind {
    BLOCK_TIME,
    DEPARTURE_VARIATION,
    ARRIVAL_VARIATION,
    CONFIGURATION,
    CLOCKS
  }

  private record Doubt(Kind kind, String message) {}

  private long line;
  private final Set<Kind> told = new HashSet<>();
  private @Nullable LocalTime firstDeparture;

  /** What is odd about a flight of a row, and was not told of an earlier one of its line. */
  public List<String> about(FlightRow row, ScheduledFlight flight) {
    if (row.line() != line) {
      line = row.line();
      told.clear();
      firstDeparture = flight.leg().departure().toLocalTime();
    }
    var fresh = new ArrayList<String>();
    Stream.of(
            blockTime(flight),
            variation(row, DEPARTURE_VARIATION, flight.leg().departure(), Kind.DEPARTURE_VARIATION),
            variation(row, ARRIVAL_VARIATION, flight.leg().arrival(), Kind.ARRIVAL_VARIATION),
            configuration(row, flight),
            clocks(row, flight))
        .flatMap(Optional::stream)
        .filter(doubt -> told.add(doubt.kind()))
        .forEach(doubt -> fresh.add("Line %d: %s".formatted(line, doubt.message())));
    return fresh;
  }

  private static Optional<Doubt> blockTime(ScheduledFlight flight) {
    var block = flight.leg().blockTime();
    return doubt(
        block.compareTo(SHORT) < 0 || block.compareTo(LONG) > 0,
        Kind.BLOCK_TIME,
        "%s takes %d:%02d h.".formatted(flight.id(), block.toHours(), block.toMinutesPart()));
  }

  /** Local times are what people read: they are kept. */
  private static Optional<Doubt> variation(
      FlightRow row, String column, ZonedDateTime time, Kind kind) {
    var said = row.get(column);
    return said == null
        ? Optional.empty()
        : doubt(
            !ZoneOffset.of(said).equals(time.getOffset()),
            kind,
            "at %s the clocks of %s are not at %s but at %s; the local time is kept."
                .formatted(time.toLocalDateTime(), time.getZone(), said, time.getOffset()));
  }

  private static Optional<Doubt> configuration(FlightRow row, ScheduledFlight flight) {
    var preferred = row.get(ScheduleRules.PREFERRED);
    return doubt(
        preferred != null && !flight.configuration().equals(preferred),
        Kind.CONFIGURATION,
        "no configuration %s is known, %s has %s."
            .formatted(preferred, flight.id(), flight.configuration()));
  }

  /** Within a period in UTC. */
  private Optional<Doubt> clocks(FlightRow row, ScheduledFlight flight) {
    var local = flight.leg().departure().toLocalTime();
    return doubt(
        row.get("scheduled_departure") == null && !local.equals(firstDeparture),
        Kind.CLOCKS,
        "its time in UTC is %s at its origin at first, and %s from %s on."
            .formatted(firstDeparture, local, flight.id().departureDate()));
  }

  private static Optional<Doubt> doubt(boolean isOdd, Kind kind, String message) {
    return isOdd ? Optional.of(new Doubt(kind, message)) : Optional.empty();
  }
}
