package aero.contrail.reservation.schedule;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dated leg as a file names it: nothing is checked yet.
 *
 * @param line where it begins in the file, from 1
 * @param fault why it cannot be used at all; null when it can
 */
public record FlightRow(long line, Map<String, String> values, @Nullable Fault fault) {

  /** What is wrong with a row. */
  public record Fault(String code, String message) {}

  public FlightRow {
    values = Map.copyOf(values);
  }

  /** A row that cannot be used. */
  public static FlightRow wrong(long line, String code, String message) {
    return new FlightRow(line, Map.of(), new Fault(code, message));
  }

  /** The columns that a file of dated legs must have. */
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

  /** The columns that a file of seasons has instead of a date. */
  public static final List<String> PERIOD = List.of("valid_from", "valid_to", "days_of_week");

  /** The columns that are read where they are there. */
  public static final List<String> OPTIONAL =
      List.of(
          "operational_suffix",
          "arrival_day_offset",
          "configuration",
          "std_utc",
          "sta_utc",
          "time_mode",
          "every_weeks");

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
  public @Nullable String get(String column) {
    var value = values.get(column);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
