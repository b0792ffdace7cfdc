package aero.contrail.reservation.ssim;

import aero.contrail.reservation.schedule.FlightRow;
import aero.contrail.reservation.schedule.PeriodRules;
import aero.contrail.reservation.schedule.ScheduleDoubts;
import aero.contrail.reservation.schedule.ScheduleRules;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A flight leg record (type 3) as a row with a period. */
final class SsimLeg {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");
  private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3])[0-5]\\d");
  private static final Pattern CABINS = Pattern.compile("([A-Z]\\d{1,3})+");
  private static final Pattern VARIATION = Pattern.compile("[+-](0\\d|1[0-7])[0-5]\\d");

  /** IATA service types that carry passengers: scheduled, additional, charter. */
  private static final String WITH_PASSENGERS = "JSUQGBRCLO ";

  /** Sold by this airline, flown by another (operating airline disclosure). */
  private static final String CODE_SHARE = "LZ";

  private static final int DAYS_A_WEEK = 7;

  private SsimLeg() {}

  /**
   * The row; one that tells what is wrong when the record is.
   *
   * @param isUtc whether the carrier record gives times in UTC
   * @param isCodeShare whether segment data says that another airline flies it
   */
  static FlightRow row(SsimRecord leg, boolean isUtc, boolean isCodeShare) {
    if (isCodeShare || CODE_SHARE.indexOf(leg.at(149)) >= 0) {
      return FlightRow.wrong(
          leg.line(), "codeshare", "another airline flies it: import that one's schedule");
    }
    if (WITH_PASSENGERS.indexOf(leg.at(14)) < 0) {
      return FlightRow.wrong(
          leg.line(), "no_passengers", "service type %s has none".formatted(leg.at(14)));
    }
    try {
      return new FlightRow(leg.line(), values(leg, isUtc), null);
    } catch (DateTimeException | IllegalArgumentException e) {
      return FlightRow.wrong(leg.line(), "bad_ssim_record", String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> values(SsimRecord leg, boolean isUtc) {
    var departureDays = days(leg, 193);
    var values = new HashMap<String, String>();
    values.put("carrier", leg.from(3, 5));
    values.put("flight_number", number(leg));
    values.put("operational_suffix", leg.from(2, 2));
    values.put("origin", leg.from(37, 39));
    values.put("destination", leg.from(55, 57));
    values.put("scheduled_departure", time(leg, 40, 43));
    values.put("scheduled_arrival", time(leg, 62, 65));
    values.put("aircraft_type", leg.from(73, 75));
    values.put("valid_from", leg.date(15, 21).plusDays(departureDays).toString());
    values.put("valid_to", end(leg, departureDays));
    values.put("days_of_week", shifted(leg.raw(29, 35), departureDays));
    values.put(PeriodRules.SHIFT, Integer.toString(departureDays));
    values.put("every_weeks", leg.at(36) == '2' ? "2" : "1");
    values.put("time_mode", isUtc ? "U" : "L");
    if (leg.at(194) != ' ') {
      values.put("arrival_day_offset", Integer.toString(days(leg, 194) - departureDays));
    }
    cabins(leg.from(173, 192), leg.from(73, 75), values);
    if (!isUtc) {
      variation(leg, 48, 52, ScheduleDoubts.DEPARTURE_VARIATION, values);
      variation(leg, 66, 70, ScheduleDoubts.ARRIVAL_VARIATION, values);
    }
    return values;
  }

  private static String number(SsimRecord leg) {
    var number = leg.from(6, 9);
    if (!NUMBER.matcher(number).matches()) {
      throw new IllegalArgumentException("the flight number is " + number);
    }
    return Integer.toString(Integer.parseInt(number));
  }

  private static String time(SsimRecord leg, int first, int last) {
    var time = leg.from(first, last);
    if (!TIME.matcher(time).matches()) {
      throw new IllegalArgumentException(
          "columns %d to %d are no time: %s".formatted(first, last, time));
    }
    return time.substring(0, 2) + ":" + time.substring(2);
  }

  private static String end(SsimRecord leg, int departureDays) {
    return leg.raw(22, 28).equals(PeriodRules.OPEN_ENDED)
        ? PeriodRules.OPEN_ENDED
        : leg.date(22, 28).plusDays(departureDays).toString();
  }

  /** A date variation: how many days after the date of the flight; one before it is J or A. */
  private static int days(SsimRecord leg, int column) {
    var variation = leg.at(column);
    return switch (variation) {
      case ' ' -> 0;
      case '0', '1', '2' -> variation - '0';
      case 'A', 'J' -> -1;
      default -> throw new IllegalArgumentException("the date variation is " + variation);
    };
  }

  /** The weekdays on which the leg leaves, of those of the flight. */
  private static String shifted(String days, int by) {
    var shifted = new StringBuilder();
    for (var c : days.strip().replace(" ", "").toCharArray()) {
      if (c < '1' || c > '7') {
        throw new IllegalArgumentException("the days of operation are " + days);
      }
      shifted.append((char) ('1' + Math.floorMod(c - '1' + by, DAYS_A_WEEK)));
    }
    return shifted.toString();
  }

  /** The layout is the type's one with these cabins, if there is such. */
  private static void cabins(String configuration, String aircraft, Map<String, String> values) {
    var cabins =
        configuration.contains("VV")
            ? configuration.substring(0, configuration.indexOf("VV"))
            : configuration;
    if (CABINS.matcher(cabins).matches()) {
      values.put(ScheduleRules.PREFERRED, aircraft + "-" + cabins);
    }
  }

  private static void variation(
      SsimRecord leg, int first, int last, String name, Map<String, String> values) {
    var variation = leg.from(first, last);
    if (VARIATION.matcher(variation).matches()) {
      values.put(name, variation);
    }
  }
}
