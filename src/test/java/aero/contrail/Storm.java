package aero.contrail;

import aero.contrail.reservation.csv.Csv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All departures from New York of 8 February 2013, half of which a snow storm cancelled, put on the
 * day of the tests; the same flights on the two days after, and each flight back.
 */
record Storm(List<Map<String, String>> rows) {

  private static final int DAYS = 3;

  private static final String SCHEDULE =
      "carrier,flight_number,operational_suffix,departure_date,origin,destination,"
          + "scheduled_departure,scheduled_arrival,aircraft_type\n";

  static Storm read() {
    return new Storm(rows("/flights-2013-02-08-storm.csv.gz"));
  }

  /** The parties of a week, as they booked: how many adults, children and infants. */
  static List<String> parties() {
    var parties = new ArrayList<String>();
    for (var row : rows("/booking-trace-2016-07-04_10.csv.gz")) {
      var adults = number(row, "adults");
      var children = number(row, "children");
      var infants = Math.min(adults, number(row, "infants"));
      if (adults > 0) {
        parties.add(
            "adults=%d&children=%d&infants=%d"
                .formatted(Math.min(adults, 4), Math.min(children, 2), Math.min(infants, 1)));
      }
    }
    return parties;
  }

  private static int number(Map<String, String> row, String column) {
    return Integer.parseInt(row.getOrDefault(column, "0"));
  }

  private static List<Map<String, String>> rows(String file) {
    var stream = Storm.class.getResourceAsStream(file);
    try (var csv = Csv.open(Objects.requireNonNull(stream))) {
      return csv.rows().<Map<String, String>>map(row -> row.values()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String id(Map<String, String> row) {
    return "%s%s-%s-%s"
        .formatted(row.get("carrier"), row.get("flight_number"), Sales.day(), row.get("origin"));
  }

  List<String> all() {
    return rows.stream().map(Storm::id).toList();
  }

  /** Those that the storm cancelled. */
  List<String> cancelled() {
    return rows.stream()
        .filter(row -> "CANCELLED".equals(row.get("outcome")))
        .map(Storm::id)
        .toList();
  }

  /** A file of all flights, there and back. */
  String schedule() {
    var file = new StringBuilder(SCHEDULE);
    for (var day = 0; day < DAYS; day++) {
      for (var row : rows) {
        var date = Sales.day().plusDays(day);
        file.append(line(row, "", date, "origin", "destination"));
        file.append(line(row, "R", date, "destination", "origin"));
      }
    }
    return file.toString();
  }

  private static String line(
      Map<String, String> row, String suffix, LocalDate date, String from, String to) {
    var leaves = LocalTime.parse(Objects.requireNonNull(row.get("scheduled_departure")));
    var arrives = LocalTime.parse(Objects.requireNonNull(row.get("scheduled_arrival")));
    var back = arrives.plusHours(1);
    return String.join(
            ",",
            List.of(
                row.getOrDefault("carrier", ""),
                row.getOrDefault("flight_number", ""),
                suffix,
                date.toString(),
                row.getOrDefault(from, ""),
                row.getOrDefault(to, ""),
                "" + (suffix.isEmpty() ? leaves : back),
                "" + (suffix.isEmpty() ? arrives : back.plus(back(row, leaves, arrives))),
                row.getOrDefault("aircraft_type", "")))
        + "\n";
  }

  /** What the clock shows later on arrival of the flight back: the zones count the other way. */
  private static Duration back(Map<String, String> row, LocalTime leaves, LocalTime arrives) {
    var block =
        Duration.between(
            OffsetDateTime.parse(Objects.requireNonNull(row.get("std_utc"))),
            OffsetDateTime.parse(Objects.requireNonNull(row.get("sta_utc"))));
    return block.multipliedBy(2).minus(Duration.between(leaves, arrives));
  }
}
