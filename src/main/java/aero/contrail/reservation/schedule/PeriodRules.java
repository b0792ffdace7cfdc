package aero.contrail.reservation.schedule;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes dated legs of a leg that is flown on some weekdays of a period. Local times are the same on
 * every day of the period; times in UTC stay in UTC, so that the local ones move with the clocks.
 *
 * @param horizon the last day of periods that are open at their end
 */
public record PeriodRules(LocalDate horizon) {

  /** How SSIM writes a period without an end. */
  public static final String OPEN_ENDED = "00XXX00";

  /** Two years and more: what is longer is a slip. */
  private static final int MOST_DAYS = 800;

  /** How many days after the date of its flight a leg leaves: weeks are those of the flight. */
  public static final String SHIFT = "date_variation";

  private static final Pattern DAYS = Pattern.compile("[1-7 .-]{1,7}");

  /**
   * The legs of a row that has a period; one that tells what is wrong when the row is.
   *
   * @param row with {@link FlightRow#PERIOD} instead of a departure date, and its times in the zone
   *     of {@code time_mode}: L local, U UTC
   */
  public Stream<FlightRow> legs(FlightRow row) {
    if (row.fault() != null) {
      return Stream.of(row);
    }
    try {
      return days(row).map(day -> leg(row, day));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Stream.of(FlightRow.wrong(row.line(), "bad_period", String.valueOf(e.getMessage())));
    }
  }

  private Stream<LocalDate> days(FlightRow row) {
    var from = LocalDate.parse(required(row, "valid_from"));
    var to = end(required(row, "valid_to"));
    if (from.isBefore(ScheduleRules.FIRST_DAY)
        || to.isAfter(ScheduleRules.LAST_DAY)
        || to.isBefore(from)
        || ChronoUnit.DAYS.between(from, to) > MOST_DAYS) {
      throw new IllegalArgumentException(
          "the period from %s to %s is not one of up to %d days".formatted(from, to, MOST_DAYS));
    }
    var days = required(row, "days_of_week");
    if (!DAYS.matcher(days).matches()) {
      throw new IllegalArgumentException("days_of_week is " + days);
    }
    var every = weeks(row.get("every_weeks"));
    var shift = row.get(SHIFT) == null ? 0 : Integer.parseInt(required(row, SHIFT));
    var monday = from.minusDays(shift).with(DayOfWeek.MONDAY);
    if (isUtc(row)) {
      utc(row, from); // wrong times are told once, not on every day
    }
    return from.datesUntil(to.plusDays(1))
        .filter(day -> days.indexOf('0' + day.getDayOfWeek().getValue()) >= 0)
        .filter(day -> ChronoUnit.WEEKS.between(monday, day.minusDays(shift)) % every == 0);
  }

  private LocalDate end(String text) {
    return text.equals(OPEN_ENDED) ? horizon : LocalDate.parse(text);
  }

  private static int weeks(@Nullable String text) {
    return switch (text == null ? "1" : text) {
      case "1" -> 1;
      case "2" -> 2;
      default -> throw new IllegalArgumentException("every_weeks is " + text);
    };
  }

  private static FlightRow leg(FlightRow row, LocalDate day) {
    var values = new HashMap<>(row.values());
    values.keySet().removeAll(FlightRow.PERIOD);
    values.put("departure_date", day.toString());
    if (isUtc(row)) {
      values.keySet().removeAll(List.of("scheduled_departure", "scheduled_arrival"));
      values.putAll(utc(row, day));
    }
    return new FlightRow(row.line(), values, null);
  }

  private static boolean isUtc(FlightRow row) {
    var mode = row.get("time_mode");
    return switch (mode == null ? "L" : mode) {
      case "L" -> false;
      case "U" -> true;
      default -> throw new IllegalArgumentException("time_mode is " + mode);
    };
  }

  /** Both instants of a leg whose times are in UTC; the day of the arrival follows from them. */
  private static Map<String, String> utc(FlightRow row, LocalDate day) {
    var departure = day.atTime(LocalTime.parse(required(row, "scheduled_departure")));
    var arrival = LocalTime.parse(required(row, "scheduled_arrival"));
    var offset = row.get("arrival_day_offset");
    var days =
        offset == null
            ? arrival.isAfter(departure.toLocalTime()) ? 0 : 1
            : Integer.parseInt(offset);
    return Map.of("std_utc", departure + "Z", "sta_utc", day.plusDays(days).atTime(arrival) + "Z");
  }

  private static String required(FlightRow row, String column) {
    var value = row.get(column);
    if (value == null) {
      throw new IllegalArgumentException(column + " is empty");
    }
    return value;
  }
}
