package aero.contrail;

import aero.contrail.reservation.csv.Csv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * All departures from New York of 1 July 2013, put on the day of the tests: as they were planned,
 * and what became of them.
 */
record RealDay(List<Map<String, String>> rows) {

  /** The columns of a file of what happened. */
  static final String HAPPENINGS =
      "carrier,flight_number,departure_date,origin,event,event_time_utc\n";

  private static final String SCHEDULE =
      "carrier,flight_number,departure_date,origin,destination,scheduled_departure,"
          + "scheduled_arrival,arrival_day_offset,aircraft_type\n";

  static RealDay read() {
    var file = RealDay.class.getResourceAsStream("/flights-2013-07-01.csv.gz");
    try (var csv = Csv.open(Objects.requireNonNull(file))) {
      return new RealDay(csv.rows().map(row -> onTheDayOfTheTests(row.values())).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> onTheDayOfTheTests(Map<String, String> values) {
    var row = new HashMap<>(values);
    row.put("departure_date", Sales.day().toString());
    return row;
  }

  private static String value(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }

  static String id(Map<String, String> row) {
    return "%s%s-%s-%s"
        .formatted(
            row.get("carrier"),
            row.get("flight_number"),
            row.get("departure_date"),
            row.get("origin"));
  }

  /** A file of flights. */
  String schedule() {
    return SCHEDULE
        + rows.stream()
            .map(
                row ->
                    Arrays.stream(SCHEDULE.strip().split(",", -1))
                        .map(column -> value(row, column))
                        .collect(Collectors.joining(",", "", "\n")))
            .collect(Collectors.joining());
  }

  static Instant planned(JsonNode flight, String what) {
    return OffsetDateTime.parse(flight.at("/" + what).asString()).toInstant();
  }

  /**
   * The outcomes of that day, in the order in which they became known.
   *
   * @param flights as operations see them, by id
   */
  List<String> happenings(Map<String, JsonNode> flights) {
    var lines = new TreeMap<String, String>();
    for (var row : rows) {
      var flight = Objects.requireNonNull(flights.get(id(row)));
      var departure = planned(flight, "departure");
      var arrival = planned(flight, "arrival");
      switch (value(row, "outcome")) {
        case "CANCELLED" -> put(lines, row, "CANCELLED", departure.minus(Duration.ofHours(3)));
        case "DIVERTED" -> put(lines, row, "DIVERTED", arrival);
        default -> {
          put(lines, row, "DEPARTED", late(departure, value(row, "actual_departure_delay_min")));
          put(lines, row, "ARRIVED", late(arrival, value(row, "actual_arrival_delay_min")));
        }
      }
    }
    return List.copyOf(lines.values());
  }

  private static Instant late(Instant planned, String minutes) {
    return minutes.isEmpty() ? planned : planned.plus(Long.parseLong(minutes), ChronoUnit.MINUTES);
  }

  private static void put(
      Map<String, String> lines, Map<String, String> row, String event, Instant at) {
    lines.put(
        at + " " + event + id(row),
        String.join(
                ",",
                value(row, "carrier"),
                value(row, "flight_number"),
                value(row, "departure_date"),
                value(row, "origin"),
                event,
                at.toString())
            + "\n");
  }
}
