package aero.contrail.reservation.schedule;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of flights.csv as it was read: nothing is checked yet.
 *
 * @param line where it begins in the file, from 1
 * @param wrong why it cannot be used at all; null when it can
 */
public record FlightRow(long line, Map<String, String> values, @Nullable String wrong) {

  /** The columns that a file must have. */
  public static final List<String> REQUIRED =
      List.of(
          "carrier",
          "flight_number",
          "departure_date",
          "origin",
          "destination",
          "scheduled_departure",
          "scheduled_arrival",
          "aircraft_type");

  /** The columns that are read where they are there. */
  public static final List<String> OPTIONAL =
      List.of("operational_suffix", "arrival_day_offset", "configuration", "std_utc", "sta_utc");

  /** The columns that are known to carry nothing for the schedule. */
  public static final List<String> IGNORED =
      List.of(
          "tail_number",
          "distance_mi",
          "actual_departure_delay_min",
          "actual_arrival_delay_min",
          "outcome",
          "source_note");

  /** Null when the column is missing or empty. */
  @Nullable String get(String column) {
    var value = values.get(column);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
