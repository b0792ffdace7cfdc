package aero.contrail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * The year of real flights, put on the year that begins tomorrow: {@code -Dyear=…} says where its
 * file is.
 */
final class YearOfFlights {

  static final Path FILE =
      Path.of(System.getProperty("year", "../shared/data/flights-2013-nyc.csv.gz"));

  private static final LocalDate FIRST = LocalDate.of(2013, 1, 1);

  private record Row(
      String carrier,
      String number,
      int day,
      String origin,
      String destination,
      LocalTime departs,
      LocalTime arrives,
      Duration back,
      String aircraft) {}

  private final List<Row> rows = new ArrayList<>();

  static YearOfFlights read() {
    var year = new YearOfFlights();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
      var columns = List.of(lines.readLine().split(",", -1));
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var values = line.split(",", -1);
        year.rows.add(
            new Row(
                values[columns.indexOf("carrier")],
                values[columns.indexOf("flight_number")],
                (int)
                    FIRST.until(
                        LocalDate.parse(values[columns.indexOf("departure_date")]),
                        ChronoUnit.DAYS),
                values[columns.indexOf("origin")],
                values[columns.indexOf("destination")],
                LocalTime.parse(values[columns.indexOf("scheduled_departure")]),
                LocalTime.parse(values[columns.indexOf("scheduled_arrival")]),
                back(values, columns),
                values[columns.indexOf("aircraft_type")]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return year;
  }

  /** What the clock shows later on arrival of the flight back: the zones count the other way. */
  private static Duration back(String[] values, List<String> columns) {
    var departs = OffsetDateTime.parse(values[columns.indexOf("std_utc")]);
    var arrives = OffsetDateTime.parse(values[columns.indexOf("sta_utc")]);
    var block = Duration.between(departs, arrives);
    var local =
        Duration.between(
            LocalTime.parse(values[columns.indexOf("scheduled_departure")]),
            LocalTime.parse(values[columns.indexOf("scheduled_arrival")]));
    return block.multipliedBy(2).minus(local);
  }

  private static LocalDate day(int day) {
    return LocalDate.now(ZoneOffset.UTC).plusDays(1L + day);
  }

  /** As the file has them. */
  byte[] csv() {
    return csv(0);
  }

  /** The same some minutes later. */
  byte[] csv(int later) {
    var csv = new StringBuilder(Sales.FLIGHTS);
    for (var row : rows) {
      csv.append(
          "%s,%s,%s,%s,%s,%s,%s,%s\n"
              .formatted(
                  row.carrier,
                  row.number,
                  day(row.day),
                  row.origin,
                  row.destination,
                  row.departs.plusMinutes(later),
                  row.arrives.plusMinutes(later),
                  row.aircraft));
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Each flight back to where it came from, an hour after it has arrived. */
  byte[] mirrored() {
    var csv = new StringBuilder(Sales.FLIGHTS.replace("\n", ",operational_suffix\n"));
    for (var row : rows) {
      var leaves = row.arrives.plusHours(1);
      csv.append(
          "%s,%s,%s,%s,%s,%s,%s,%s,R\n"
              .formatted(
                  row.carrier,
                  row.number,
                  day(row.day),
                  row.destination,
                  row.origin,
                  leaves,
                  leaves.plus(row.back),
                  row.aircraft));
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** One way or there and back, where there are flights, or from one destination to another. */
  String search(Random random) {
    var row = rows.get(random.nextInt(rows.size()));
    var other = rows.get(random.nextInt(rows.size()));
    var kind = random.nextInt(3);
    var origin = kind == 2 ? row.destination : row.origin;
    var destination = kind == 2 ? other.destination : row.destination;
    if (origin.equals(destination)) {
      return search(random);
    }
    return "/offers?origin=%s&destination=%s&date=%s&adults=%d%s"
        .formatted(
            origin,
            destination,
            day(row.day),
            1 + random.nextInt(2),
            kind == 1 ? "&returnDate=" + day(row.day).plusDays(1 + random.nextInt(14)) : "");
  }

  /** A flight of a day, by its id. */
  String flight(Random random, int day) {
    while (true) {
      var row = rows.get(random.nextInt(rows.size()));
      if (row.day == day) {
        return "%s%s-%s-%s".formatted(row.carrier, row.number, day(day), row.origin);
      }
    }
  }
}
