package aero.contrail.reservation;

import aero.contrail.eventlog.Origin;
import aero.contrail.reservation.Imports.Counts;
import aero.contrail.reservation.Imports.Progress;
import aero.contrail.reservation.Imports.Rejection;
import aero.contrail.reservation.Imports.Status;
import aero.contrail.reservation.ReferenceData.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Imports a file, whatever it holds: flights.csv, airports.csv or configurations.csv are told apart
 * by their columns.
 */
@Component
class FileImports {

  private static final Logger log = LoggerFactory.getLogger(FileImports.class);

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
              try (var csv = Csv.open(file.open())) {
                if (csv.has("flight_number")) {
                  flights(id, csv, file, onError, change);
                } else if (csv.has("iata")) {
                  rows(id, csv, FileImports::airport, reference::saveAirports);
                } else if (csv.has("configuration")) {
                  rows(id, csv, FileImports::layout, reference::saveLayouts);
                } else {
                  failed(id, 1, "unknown_file", "The columns are of no known file.");
                }
              } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
                failed(id, 1, "unreadable_file", String.valueOf(e.getMessage()));
              } catch (RuntimeException e) {
                log.error("Import {} failed", id, e);
                failed(id, 0, "import_failed", "Internal error; import the file again.");
              }
            });
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
        .apply(csv.records().map(row -> new FlightRow(row.getRecordNumber() + 1, row.toMap())))
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

  /** Reference data is small: one transaction, all right rows. */
  private <T> void rows(
      UUID id, Csv csv, Function<CSVRecord, T> read, Function<List<T>, ReferenceData.Saved> save) {
    var good = new ArrayList<T>();
    var rejected = new ArrayList<Rejection>();
    csv.records()
        .forEach(
            row -> {
              try {
                good.add(read.apply(row));
              } catch (IllegalArgumentException | DateTimeException e) {
                rejected.add(
                    new Rejection(
                        row.getRecordNumber() + 1, "bad_row", String.valueOf(e.getMessage())));
              }
            });
    transaction.executeWithoutResult(
        _ -> {
          var saved = save.apply(good);
          imports.save(
              new Progress(
                  id,
                  Status.COMPLETED,
                  new Counts(
                      good.size() + rejected.size(),
                      saved.created(),
                      saved.changed(),
                      good.size() - saved.created() - saved.changed()),
                  rejected.subList(0, Math.min(rejected.size(), Imports.LISTED)),
                  rejected.size(),
                  List.of()));
        });
  }

  private static Airport airport(CSVRecord row) {
    var iata = row.get("iata");
    if (!iata.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("iata is " + iata);
    }
    return new Airport(
        iata,
        row.get("name"),
        Double.parseDouble(row.get("lat")),
        Double.parseDouble(row.get("lon")),
        ZoneId.of(row.get("tz")));
  }

  private static Layout layout(CSVRecord row) {
    var cabin = row.get("cabin");
    var columns = row.get("columns");
    if (!cabin.matches("[FJWY]") || !columns.matches("[A-Z-]+")) {
      throw new IllegalArgumentException("cabin %s, columns %s".formatted(cabin, columns));
    }
    return new Layout(
        row.get("configuration"),
        row.get("aircraft_type"),
        cabin,
        Integer.parseInt(row.get("first_row")),
        Integer.parseInt(row.get("last_row")),
        columns,
        row.get("exit_rows"));
  }

  private void failed(UUID id, long line, String code, String message) {
    var known = imports.find(id);
    imports.save(
        new Progress(
            id,
            Status.FAILED,
            known.map(Progress::counts).orElse(new Counts(0, 0, 0, 0)),
            List.of(new Rejection(line, code, message)),
            1,
            List.of()));
  }
}
