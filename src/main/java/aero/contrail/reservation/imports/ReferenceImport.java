package aero.contrail.reservation.imports;

import aero.contrail.reservation.csv.Csv;
import aero.contrail.reservation.imports.Imports.Counts;
import aero.contrail.reservation.imports.Imports.Rejection;
import aero.contrail.reservation.imports.Imports.Status;
import aero.contrail.reservation.schedule.Airport;
import aero.contrail.reservation.schedule.LayoutRules;
import aero.contrail.reservation.schedule.ReferenceData;
import aero.contrail.reservation.schedule.ReferenceData.Layout;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Imports what schedules refer to: airports and cabin layouts. */
@Component
class ReferenceImport {

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9-]{1,30}");

  private final ReferenceData reference;
  private final Imports imports;
  private final ZoneChanges zones;
  private final TransactionOperations transaction;

  ReferenceImport(
      ReferenceData reference,
      Imports imports,
      ZoneChanges zones,
      TransactionOperations transaction) {
    this.zones = zones;
    this.reference = reference;
    this.imports = imports;
    this.transaction = transaction;
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

  private Kind<Airport> airportKind() {
    return new Kind<>(
        List.of("iata", "name", "lat", "lon", "tz"),
        "iata",
        ReferenceImport::airport,
        Airport::iata,
        (_, _) -> Map.of(),
        reference::saveAirports);
  }

  private Kind<Layout> layoutKind() {
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
        ReferenceImport::layout,
        layout -> List.of(layout.configuration(), layout.cabin(), layout.firstRow()),
        LayoutRules::faults,
        reference::saveLayouts);
  }

  void airports(UUID id, Csv csv, ImportOptions options) {
    var before = reference.airports();
    rows(id, csv, options, airportKind(), report -> move(before, report));
  }

  /** Flights follow the zones of their airports. */
  private void move(Map<String, Airport> before, ImportReport report) {
    var moved =
        reference.airports().values().stream()
            .filter(
                airport -> {
                  var was = before.get(airport.iata());
                  return was != null && !was.zone().equals(airport.zone());
                })
            .map(Airport::iata)
            .collect(Collectors.toSet());
    zones.move(
        moved,
        outcome -> {
          report.count(new Counts(0, 0, outcome.counts().changed(), 0, 0));
          report.differ(outcome.differences(Map.of()));
        });
    if (!moved.isEmpty()) {
      report.warn("Other zones than before: %s; their flights moved.".formatted(moved));
    }
  }

  void layouts(UUID id, Csv csv, ImportOptions options) {
    rows(id, csv, options, layoutKind(), _ -> {});
  }

  /** Reference data is small: one transaction. */
  private <T> void rows(
      UUID id, Csv csv, ImportOptions options, Kind<T> kind, Consumer<ImportReport> then) {
    var report = new ImportReport(id, options.isDryRun());
    var missing = kind.columns().stream().filter(column -> !csv.has(column)).findFirst();
    if (missing.isPresent()) {
      report.reject(
          new Rejection(1, "missing_column", "There is no column " + missing.get() + "."));
      imports.save(report.progress(Status.FAILED));
      return;
    }
    var rows = rows(csv, kind);
    rows.rejected().forEach(report::reject);
    var good = List.copyOf(rows.good());
    report.count(Counts.read(good.size() + rows.rejected().size()));
    var isRefused = options.rejectsAll() && report.rejectedCount() > 0;
    transaction.executeWithoutResult(
        status -> {
          if (!isRefused) {
            var saved = kind.save().apply(good);
            var same = Math.max(0, good.size() - saved.created() - saved.changed());
            report.count(new Counts(0, saved.created(), saved.changed(), same, 0));
          }
          if (options.isDryRun()) {
            status.setRollbackOnly();
          }
        });
    if (!isRefused && !options.isDryRun()) {
      then.accept(report);
    }
    imports.save(report.progress(isRefused ? Status.FAILED : Status.COMPLETED));
  }

  private static <T> ReferenceRows<T> rows(Csv csv, Kind<T> kind) {
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
    return rows;
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
}
