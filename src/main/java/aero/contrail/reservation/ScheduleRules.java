package aero.contrail.reservation;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads schedule rows. Times are local to each end; instants follow from the zones, with the
 * earlier offset where a clock change repeats an hour, and moved forward where it skips one.
 */
final class ScheduleRules {

  /** A flight is in the air for at least this long, and at most for {@link #LONGEST}. */
  private static final Duration SHORTEST = Duration.ofMinutes(15);

  private static final Duration LONGEST = Duration.ofHours(18);

  private static final Pattern CARRIER = Pattern.compile("[A-Z0-9]{2}");
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,3}");
  private static final Pattern SUFFIX = Pattern.compile("[A-Z]?");

  private final Map<String, Airport> airports;
  private final Map<String, String> defaultConfigurations;
  private final Map<String, String> aircraftOfConfiguration;
  private final Map<String, Integer> miles = new HashMap<>();

  /** Says why a row cannot be used. */
  static final class Rejected extends RuntimeException {
    private final String code;

    Rejected(String code, String message) {
      super(message, null, false, false);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /**
   * @param defaultConfigurations the configuration of an aircraft type that names none
   * @param aircraftOfConfiguration which type has a configuration
   */
  ScheduleRules(
      Map<String, Airport> airports,
      Map<String, String> defaultConfigurations,
      Map<String, String> aircraftOfConfiguration) {
    this.airports = Map.copyOf(airports);
    this.defaultConfigurations = Map.copyOf(defaultConfigurations);
    this.aircraftOfConfiguration = Map.copyOf(aircraftOfConfiguration);
  }

  /**
   * @throws Rejected with a code when the row is wrong
   */
  ScheduledFlight flight(FlightRow row) {
    var carrier = matching(row, "carrier", CARRIER);
    var number = matching(row, "flight_number", NUMBER);
    var given = row.get("operational_suffix");
    var suffix = given == null ? "" : given;
    if (!SUFFIX.matcher(suffix).matches()) {
      throw new Rejected("bad_operational_suffix", "operational_suffix is " + suffix);
    }
    var origin = airport(row, "origin");
    var destination = airport(row, "destination");
    if (origin.equals(destination)) {
      throw new Rejected("same_airport", "origin and destination are both " + origin.iata());
    }
    var date = date(row);
    var departure = ZonedDateTime.of(date, time(row, "scheduled_departure"), origin.zone());
    agree(row, "std_utc", departure);
    var arrival = arrival(row, departure, destination);
    agree(row, "sta_utc", arrival);
    var aircraft = required(row, "aircraft_type");
    return new ScheduledFlight(
        FlightId.of(carrier + number + suffix, date, origin.iata()),
        new Leg(origin.iata(), destination.iata(), departure, arrival, miles(origin, destination)),
        aircraft,
        configuration(row, aircraft));
  }

  private static ZonedDateTime arrival(
      FlightRow row, ZonedDateTime departure, Airport destination) {
    var local = departure.toLocalDate().atTime(time(row, "scheduled_arrival"));
    var offset = row.get("arrival_day_offset");
    if (offset != null) {
      var days = dayOffset(offset);
      var arrival = local.plusDays(days).atZone(destination.zone());
      if (!isBlockTime(departure, arrival)) {
        throw badBlockTime(departure, arrival);
      }
      return arrival;
    }
    for (var days = -1; days <= 2; days++) {
      var arrival = local.plusDays(days).atZone(destination.zone());
      if (isBlockTime(departure, arrival)) {
        return arrival;
      }
    }
    throw badBlockTime(departure, local.atZone(destination.zone()));
  }

  private static Rejected badBlockTime(ZonedDateTime departure, ZonedDateTime arrival) {
    return new Rejected(
        "bad_block_time",
        "from %s to %s is not between 15 minutes and 18 hours".formatted(departure, arrival));
  }

  private static boolean isBlockTime(ZonedDateTime departure, ZonedDateTime arrival) {
    var block = Duration.between(departure, arrival);
    return block.compareTo(SHORTEST) >= 0 && block.compareTo(LONGEST) <= 0;
  }

  private static int dayOffset(String offset) {
    return switch (offset) {
      case "-1" -> -1;
      case "0" -> 0;
      case "1" -> 1;
      case "2" -> 2;
      default -> throw new Rejected("bad_arrival_day_offset", "arrival_day_offset is " + offset);
    };
  }

  private String configuration(FlightRow row, String aircraft) {
    var named = row.get("configuration");
    var configuration = named == null ? defaultConfigurations.get(aircraft) : named;
    if (configuration == null) {
      throw new Rejected("unknown_aircraft_type", "no configuration is known for " + aircraft);
    }
    if (!aircraft.equals(aircraftOfConfiguration.get(configuration))) {
      throw new Rejected(
          "unknown_configuration", "%s has no configuration %s".formatted(aircraft, configuration));
    }
    return configuration;
  }

  private int miles(Airport from, Airport to) {
    return miles.computeIfAbsent(from.iata() + to.iata(), _ -> from.milesTo(to));
  }

  private static void agree(FlightRow row, String column, ZonedDateTime derived) {
    var given = row.get(column);
    if (given == null) {
      return;
    }
    if (!instant(column, given).equals(derived.toInstant())) {
      throw new Rejected(
          "utc_mismatch",
          "%s is %s, but the local time gives %s".formatted(column, given, derived.toInstant()));
    }
  }

  private static Instant instant(String column, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new Rejected("bad_time", "%s is %s".formatted(column, text));
    }
  }

  private static LocalDate date(FlightRow row) {
    var text = required(row, "departure_date");
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new Rejected("bad_date", "departure_date is " + text);
    }
  }

  private static LocalTime time(FlightRow row, String column) {
    var text = required(row, column);
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new Rejected("bad_time", "%s is %s".formatted(column, text));
    }
  }

  private Airport airport(FlightRow row, String column) {
    var iata = required(row, column);
    var airport = airports.get(iata);
    if (airport == null) {
      throw new Rejected("unknown_airport", "%s is %s".formatted(column, iata));
    }
    return airport;
  }

  private static String matching(FlightRow row, String column, Pattern form) {
    var text = required(row, column);
    if (!form.matcher(text).matches()) {
      throw new Rejected("bad_" + column, "%s is %s".formatted(column, text));
    }
    return text;
  }

  private static String required(FlightRow row, String column) {
    @Nullable String value = row.get(column);
    if (value == null) {
      throw new Rejected("missing_value", column + " is empty");
    }
    return value;
  }
}
