package aero.contrail.reservation.schedule;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads schedule rows. Times are local to each end; instants follow from the zones. Where a clock
 * change repeats an hour the UTC column decides, else the first of the two is meant; a time in an
 * hour that a clock change skips is refused.
 */
public final class ScheduleRules {

  /** Westray to Papa Westray takes two minutes. */
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /** Longer than any flight of today, and any that is announced. */
  private static final Duration LONGEST = Duration.ofHours(22);

  private static final String DEPARTURE = "scheduled_departure";
  private static final String ARRIVAL = "scheduled_arrival";

  static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
  static final LocalDate LAST_DAY = LocalDate.of(2999, 12, 31);

  private static final Pattern CARRIER = Pattern.compile("[A-Z0-9]{2}");
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,3}");
  private static final Pattern SUFFIX = Pattern.compile("[A-Z]?");

  /** A configuration that is meant where it is known, and else the usual one of the type. */
  public static final String PREFERRED = "preferred_configuration";

  private final Map<String, Airport> airports;
  private final Map<String, String> defaultConfigurations;
  private final Map<String, String> aircraftOfConfiguration;
  private final Map<String, Integer> miles = new HashMap<>();

  /** Says why a row cannot be used. */
  public static final class Rejected extends RuntimeException {
    private final String column;
    private final String code;

    Rejected(String column, String code, String message) {
      super(message, null, false, false);
      this.column = column;
      this.code = code;
    }

    /** Of the file, for example {@code scheduled_departure}. */
    public String column() {
      return column;
    }

    public String code() {
      return code;
    }
  }

  /**
   * Rules by the reference data of the moment.
   *
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
   * The flight that a row means.
   *
   * @throws Rejected with a code when the row is wrong
   */
  public ScheduledFlight flight(FlightRow row) {
    var carrier = matching(row, "carrier", CARRIER);
    var number = matching(row, "flight_number", NUMBER);
    var given = row.get("operational_suffix");
    var suffix = given == null ? "" : given;
    if (!SUFFIX.matcher(suffix).matches()) {
      throw new Rejected(
          "operational_suffix", "bad_operational_suffix", "operational_suffix is " + suffix);
    }
    var origin = airport(row, "origin");
    var destination = airport(row, "destination");
    if (origin.equals(destination)) {
      throw new Rejected(
          "destination", "same_airport", "origin and destination are both " + origin.iata());
    }
    var departure = departure(row, origin);
    var date = departure.toLocalDate();
    var arrival = arrival(row, departure, destination);
    var aircraft = required(row, "aircraft_type");
    return new ScheduledFlight(
        FlightId.of(carrier + number + suffix, date, origin.iata()),
        new Leg(origin.iata(), destination.iata(), departure, arrival, miles(origin, destination)),
        aircraft,
        configuration(row, aircraft),
        row.get("configuration") != null || isKnown(row.get(PREFERRED), aircraft));
  }

  /** By the local time; by the instant where a file gives that alone. */
  private static ZonedDateTime departure(FlightRow row, Airport origin) {
    var instant = row.get("std_utc");
    return instant != null && row.get(DEPARTURE) == null
        ? instant("std_utc", instant).atZone(origin.zone())
        : at(date(row).atTime(time(row, DEPARTURE)), origin.zone(), row, "std_utc");
  }

  private static ZonedDateTime arrival(
      FlightRow row, ZonedDateTime departure, Airport destination) {
    var instant = row.get("sta_utc");
    if (instant != null && row.get(ARRIVAL) == null) {
      var arrival = instant("sta_utc", instant).atZone(destination.zone());
      if (!isBlockTime(departure, arrival)) {
        throw badBlockTime(departure, arrival);
      }
      return arrival;
    }
    var local = departure.toLocalDate().atTime(time(row, ARRIVAL));
    var offset = row.get("arrival_day_offset");
    var days = offset == null ? List.of(-1, 0, 1, 2) : List.of(dayOffset(offset));
    var arrival =
        days.stream()
            .map(local::plusDays)
            .filter(
                time ->
                    candidates(time, destination.zone())
                        .anyMatch(arrives -> isBlockTime(departure, arrives)))
            .findFirst()
            .map(time -> at(time, destination.zone(), row, "sta_utc"))
            .orElseThrow(
                () ->
                    badBlockTime(
                        departure,
                        local
                            .plusDays(offset == null ? 0 : days.getFirst())
                            .atZone(destination.zone())));
    return isBlockTime(departure, arrival)
        ? arrival
        : candidates(arrival.toLocalDateTime(), destination.zone())
            .filter(later -> row.get("sta_utc") == null && isBlockTime(departure, later))
            .findFirst()
            .orElseThrow(() -> badBlockTime(departure, arrival));
  }

  /** The instants that a local time may mean: one, two when an hour is repeated. */
  private static Stream<ZonedDateTime> candidates(LocalDateTime local, ZoneId zone) {
    var offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? Stream.of(local.atZone(zone)) // none in truth, which is told later
        : offsets.stream().map(offset -> ZonedDateTime.ofStrict(local, offset, zone));
  }

  /** A local time as an instant, which the row may name. */
  private static ZonedDateTime at(LocalDateTime local, ZoneId zone, FlightRow row, String utc) {
    var offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw new Rejected(
          utc.equals("std_utc") ? DEPARTURE : ARRIVAL,
          "no_such_time",
          "the clocks of %s are set forward over %s".formatted(zone, local));
    }
    var given = row.get(utc);
    if (given == null) {
      return local.atZone(zone);
    }
    var instant = instant(utc, given);
    return candidates(local, zone)
        .filter(time -> time.toInstant().equals(instant))
        .findFirst()
        .orElseThrow(
            () ->
                new Rejected(
                    utc,
                    "utc_mismatch",
                    "%s is %s, but the local time gives %s"
                        .formatted(utc, given, local.atZone(zone).toInstant())));
  }

  private static Rejected badBlockTime(ZonedDateTime departure, ZonedDateTime arrival) {
    return new Rejected(
        ARRIVAL,
        "bad_block_time",
        "from %s to %s is not between a minute and 22 hours".formatted(departure, arrival));
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
      default ->
          throw new Rejected(
              "arrival_day_offset", "bad_arrival_day_offset", "arrival_day_offset is " + offset);
    };
  }

  private String configuration(FlightRow row, String aircraft) {
    var preferred = row.get(PREFERRED);
    var named = isKnown(preferred, aircraft) ? preferred : row.get("configuration");
    var configuration = named == null ? defaultConfigurations.get(aircraft) : named;
    if (configuration == null) {
      throw new Rejected(
          "aircraft_type", "unknown_aircraft_type", "no configuration is known for " + aircraft);
    }
    if (!aircraft.equals(aircraftOfConfiguration.get(configuration))) {
      throw new Rejected(
          "configuration",
          "unknown_configuration",
          "%s has no configuration %s".formatted(aircraft, configuration));
    }
    return configuration;
  }

  private boolean isKnown(@Nullable String configuration, String aircraft) {
    return configuration != null && aircraft.equals(aircraftOfConfiguration.get(configuration));
  }

  private int miles(Airport from, Airport to) {
    return miles.computeIfAbsent(from.iata() + to.iata(), _ -> from.milesTo(to));
  }

  private static Instant instant(String column, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new Rejected(column, "bad_time", "%s is %s".formatted(column, text));
    }
  }

  private static LocalDate date(FlightRow row) {
    var text = required(row, "departure_date");
    try {
      var date = LocalDate.parse(text);
      if (!date.isBefore(FIRST_DAY) && !date.isAfter(LAST_DAY)) {
        return date;
      }
    } catch (DateTimeException e) {
      // it is said below what is wrong
    }
    throw new Rejected("departure_date", "bad_date", "departure_date is " + text);
  }

  private static LocalTime time(FlightRow row, String column) {
    var text = required(row, column);
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new Rejected(column, "bad_time", "%s is %s".formatted(column, text));
    }
  }

  private Airport airport(FlightRow row, String column) {
    var iata = required(row, column);
    var airport = airports.get(iata);
    if (airport == null) {
      throw new Rejected(column, "unknown_airport", "%s is %s".formatted(column, iata));
    }
    return airport;
  }

  private static String matching(FlightRow row, String column, Pattern form) {
    var text = required(row, column);
    if (!form.matcher(text).matches()) {
      throw new Rejected(column, "bad_" + column, "%s is %s".formatted(column, text));
    }
    return text;
  }

  private static String required(FlightRow row, String column) {
    @Nullable String value = row.get(column);
    if (value == null) {
      throw new Rejected(column, "missing_value", column + " is empty");
    }
    return value;
  }
}
