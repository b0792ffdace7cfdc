package aero.contrail.reservation.imports;

import aero.contrail.eventlog.Origin;
import aero.contrail.reservation.csv.Csv;
import aero.contrail.reservation.csv.UnreadableFile;
import aero.contrail.reservation.imports.Imports.Counts;
import aero.contrail.reservation.imports.Imports.Progress;
import aero.contrail.reservation.imports.Imports.Rejection;
import aero.contrail.reservation.imports.Imports.Status;
import aero.contrail.reservation.schedule.Airport;
import aero.contrail.reservation.schedule.FlightRow;
import aero.contrail.reservation.schedule.LayoutRules;
import aero.contrail.reservation.schedule.ReferenceData;
import aero.contrail.reservation.schedule.ReferenceData.Layout;
import aero.contrail.reservation.schedule.ScheduleTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Imports a file, whatever it holds: flights.csv, airports.csv or configurations.csv are told apart
 * by their columns.
 */
@Component
class FileImports {

  /** Each waits for seconds already. */
  private static final int MOST_TRIES = 10;

  private static final Logger log = LoggerFactory.getLogger(FileImports.class);

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9-]{1,30}");

  private final ReferenceData reference;
  private final ScheduleTable schedule;
  private final Imports imports;
  private final TransactionOperations transaction;

  FileImports(
      ReferenceData reference,
      ScheduleTable schedule,
      Imports imports,
      TransactionOperations transaction) {
    this.reference = reference;
    this.schedule = schedule;
    this.imports = imports;
    this.transaction = transaction;
  }

  /** Something that can be read from its beginning more than once. */
  interface Source {
    InputStream open() throws IOException;
  }

  /** What to do with wrong rows. */
  enum OnError {
    SKIP,
    REJECT_ALL
  }

  /**
   * Imports the whole file on the calling thread. Its progress can be read meanwhile under the id,
   * which must have begun.
   *
   * @param change what happens to the rows of flights before they are used
   */
  void run(
      UUID id, Source file, OnError onError, UnaryOperator<Stream<FlightRow>> change, Origin who) {
    ScopedValue.where(Origin.CURRENT, who)
        .run(
            () -> {
              if (!isItsTurn(id)) {
                return;
              }
              try (var csv = Csv.open(file.open())) {
                if (csv.has("flight_number")) {
                  flights(id, csv, file, onError, change);
                } else if (csv.has("iata")) {
                  rows(id, csv, onError, airports());
                } else if (csv.has("configuration")) {
                  rows(id, csv, onError, layouts());
                } else {
                  failed(id, 1, "unknown_file", "The columns are of no known file.");
                }
              } catch (IOException e) {
                unreadable(id, e);
              } catch (UncheckedIOException e) {
                unreadable(id, Objects.requireNonNull(e.getCause()));
              } catch (RuntimeException e) {
                log.error("Import {} failed", id, e);
                failed(id, 0, "import_failed", "Internal error; import the file again.");
              }
            });
  }

  /** A database that does not answer now may do so in a moment: the file is here only. */
  private boolean isItsTurn(UUID id) {
    for (var tries = 1; ; tries++) {
      try {
        return imports.start(id);
      } catch (DataAccessException e) {
        if (tries == MOST_TRIES) {
          log.error("Import {} could not begin", id, e);
          return false;
        }
      }
    }
  }

  private void flights(
      UUID id, Csv csv, Source file, OnError onError, UnaryOperator<Stream<FlightRow>> change)
      throws IOException {
    for (var column : FlightRow.REQUIRED) {
      if (!csv.has(column)) {
        failed(id, 1, "missing_column", "There is no column " + column + ".");
        return;
      }
    }
    var run =
        new ScheduleImport(id, reference, schedule, imports, transaction, unknownColumns(csv));
    if (onError == OnError.REJECT_ALL) {
      try (var rehearsal = Csv.open(file.open())) {
        if (!run.check(flightRows(rehearsal, change))) {
          return;
        }
      }
    }
    run.run(flightRows(csv, change));
  }

  private static Iterator<FlightRow> flightRows(Csv csv, UnaryOperator<Stream<FlightRow>> change) {
    return change
        .apply(csv.rows().map(row -> new FlightRow(row.line(), row.values(), row.wrong())))
        .iterator();
  }

  private static List<String> unknownColumns(Csv csv) {
    return csv.columns().stream()
        .filter(
            column ->
                !FlightRow.REQUIRED.contains(column)
                    && !FlightRow.OPTIONAL.contains(column)
                    && !FlightRow.IGNORED.contains(column))
        .map(column -> "The column %s is not known and was not read.".formatted(column))
        .toList();
  }

  /**
   * A kind of reference data.
   *
   * @param group the column that names what is taken as a whole or not at all
   * @param faults why groups cannot be taken, given those of which a row is wrong
   */
  private record Kind<T>(
      List<String> columns,
      String group,
      Function<Csv.Row, T> read,
      Function<T, Object> key,
      BiFunction<Collection<T>, Set<String>, Map<String, String>> faults,
      Function<List<T>, ReferenceData.Saved> save) {}

  private Kind<Airport> airports() {
    return new Kind<>(
        List.of("iata", "name", "lat", "lon", "tz"),
        "iata",
        FileImports::airport,
        Airport::iata,
        (_, _) -> Map.of(),
        reference::saveAirports);
  }

  private Kind<Layout> layouts() {
    return new Kind<>(
        List.of(
            "configuration",
            "aircraft_type",
            "cabin",
            "first_row",
            "last_row",
            "columns",
            "exit_rows"),
        "configuration",
        FileImports::layout,
        layout -> List.of(layout.configuration(), layout.cabin(), layout.firstRow()),
        LayoutRules::faults,
        reference::saveLayouts);
  }

  /** Reference data is small: one transaction. */
  private <T> void rows(UUID id, Csv csv, OnError onError, Kind<T> kind) {
    for (var column : kind.columns()) {
      if (!csv.has(column)) {
        failed(id, 1, "missing_column", "There is no column " + column + ".");
        return;
      }
    }
    var rows = new ReferenceRows<T>();
    csv.rows()
        .forEach(
            row -> {
              try {
                var read = kind.read().apply(row);
                rows.add(row.line(), row.get(kind.group()), kind.key().apply(read), read);
              } catch (IllegalArgumentException | DateTimeException e) {
                rows.reject(
                    row.line(), row.values().get(kind.group()), String.valueOf(e.getMessage()));
              }
            });
    rows.rejectGroups(kind.faults().apply(rows.good(), rows.spoiled()));
    var rejectAll = onError == OnError.REJECT_ALL && rows.rejectedCount() > 0;
    transaction.executeWithoutResult(
        _ -> {
          var good = rows.good();
          var saved =
              rejectAll ? new ReferenceData.Saved(0, 0) : kind.save().apply(List.copyOf(good));
          imports.save(
              new Progress(
                  id,
                  rejectAll ? Status.FAILED : Status.COMPLETED,
                  new Counts(
                      good.size() + rows.rejectedCount(),
                      saved.created(),
                      saved.changed(),
                      rejectAll ? 0 : Math.max(0, good.size() - saved.created() - saved.changed())),
                  rows.rejected(),
                  rows.rejectedCount(),
                  List.of()));
        });
  }

  private static Airport airport(Csv.Row row) {
    var iata = row.get("iata");
    if (!iata.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("iata is " + iata);
    }
    var name = row.get("name");
    var latitude = Double.parseDouble(row.get("lat"));
    var longitude = Double.parseDouble(row.get("lon"));
    if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
      throw new IllegalArgumentException("lat %s, lon %s".formatted(latitude, longitude));
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("name has control characters");
    }
    return new Airport(iata, name, latitude, longitude, ZoneId.of(row.get("tz")));
  }

  private static Layout layout(Csv.Row row) {
    var cabin = row.get("cabin");
    var columns = row.get("columns");
    if (!cabin.matches("[FJWY]") || !columns.matches("[A-Z-]+")) {
      throw new IllegalArgumentException("cabin %s, columns %s".formatted(cabin, columns));
    }
    var configuration = row.get("configuration");
    var aircraft = row.get("aircraft_type");
    if (!CODE.matcher(configuration).matches() || !CODE.matcher(aircraft).matches()) {
      throw new IllegalArgumentException(
          "configuration %s, aircraft_type %s".formatted(configuration, aircraft));
    }
    var firstRow = Integer.parseInt(row.get("first_row"));
    var lastRow = Integer.parseInt(row.get("last_row"));
    if (firstRow < 1 || lastRow < firstRow || lastRow > 200) {
      throw new IllegalArgumentException("rows %d to %d".formatted(firstRow, lastRow));
    }
    return new Layout(
        configuration, aircraft, cabin, firstRow, lastRow, columns, row.get("exit_rows"));
  }

  private void unreadable(UUID id, IOException failure) {
    var line = failure instanceof UnreadableFile unreadable ? unreadable.line() : 1;
    failed(id, line, "unreadable_file", String.valueOf(failure.getMessage()));
  }

  private void failed(UUID id, long line, String code, String message) {
    var known = imports.find(id);
    var rejected = new ArrayList<>(known.map(Progress::rejected).orElse(List.of()));
    rejected.add(new Rejection(line, code, message));
    imports.save(
        new Progress(
            id,
            Status.FAILED,
            known.map(Progress::counts).orElse(new Counts(0, 0, 0, 0)),
            rejected,
            known.map(Progress::rejectedCount).orElse(0L) + 1,
            known.map(Progress::warnings).orElse(List.of())));
  }
}
