package aero.contrail.reservation.imports;

import aero.contrail.eventlog.Origin;
import aero.contrail.reservation.csv.Csv;
import aero.contrail.reservation.csv.UnreadableFile;
import aero.contrail.reservation.imports.Imports.Progress;
import aero.contrail.reservation.imports.Imports.Rejection;
import aero.contrail.reservation.imports.Imports.Status;
import aero.contrail.reservation.imports.ScheduleFile.Source;
import aero.contrail.reservation.schedule.FlightRow;
import aero.contrail.reservation.schedule.PeriodRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Imports a file, whatever it holds: SSIM is told by its first line, flights, seasons, airports,
 * configurations and what happened to flights by their columns.
 */
@Component
class FileImports {

  /** Each waits for seconds already. */
  private static final int MOST_TRIES = 10;

  private static final Logger log = LoggerFactory.getLogger(FileImports.class);

  private final ReferenceImport referenceData;
  private final OperationsFeed operationsFeed;
  private final ScheduleWriter writer;
  private final Imports imports;
  private final Clock clock;
  private final Period horizon;

  FileImports(
      ReferenceImport referenceData,
      OperationsFeed operationsFeed,
      ScheduleWriter writer,
      Imports imports,
      Clock clock,
      @Value("${contrail.reservation.schedule-horizon:P361D}") Period horizon) {
    this.referenceData = referenceData;
    this.operationsFeed = operationsFeed;
    this.writer = writer;
    this.imports = imports;
    this.clock = clock;
    this.horizon = horizon;
  }

  /**
   * Imports the whole file on the calling thread. Its progress can be read meanwhile under the id,
   * which must have begun.
   *
   * @param change what happens to the rows of flights before they are used
   */
  void run(
      UUID id,
      Source source,
      ImportOptions options,
      UnaryOperator<Stream<FlightRow>> change,
      Origin who) {
    ScopedValue.where(Origin.CURRENT, who)
        .run(
            () -> {
              if (!isItsTurn(id)) {
                return;
              }
              try {
                run(id, new ScheduleFile(source, periods(), change), options);
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

  private PeriodRules periods() {
    return new PeriodRules(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plus(horizon));
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

  /** By its first line, or by its columns. */
  private void run(UUID id, ScheduleFile file, ImportOptions options) throws IOException {
    if (ScheduleFile.isSsim(file.source())) {
      flights(id, file, options);
      return;
    }
    try (var csv = Csv.open(file.source().open())) {
      if (csv.has("event")) {
        operationsFeed.take(id, csv, options);
      } else if (csv.has("flight_number")) {
        var missing = ScheduleFile.missingColumn(csv);
        if (missing.isPresent()) {
          failed(id, 1, "missing_column", "There is no column " + missing.get() + ".");
        } else {
          flights(id, file, options);
        }
      } else if (csv.has("iata")) {
        referenceData.airports(id, csv, options);
      } else if (csv.has("configuration")) {
        referenceData.layouts(id, csv, options);
      } else {
        failed(id, 1, "unknown_file", "The columns are of no known file.");
      }
    }
  }

  private void flights(UUID id, ScheduleFile file, ImportOptions options) throws IOException {
    if (options.isDryRun()) {
      new ScheduleImport(id, options, writer, imports).tell(file);
    } else if (!options.rejectsAll()
        || new ScheduleImport(id, options, writer, imports).isFlawless(file)) {
      new ScheduleImport(id, options, writer, imports).take(file);
    }
  }

  private void unreadable(UUID id, IOException failure) {
    var line = failure instanceof UnreadableFile unreadable ? unreadable.line() : 1;
    failed(id, line, "unreadable_file", String.valueOf(failure.getMessage()));
  }

  private void failed(UUID id, long line, String code, String message) {
    imports
        .find(id)
        .ifPresent(
            known -> {
              var rejected = new ArrayList<>(known.rejected());
              rejected.add(new Rejection(line, code, message));
              imports.save(
                  new Progress(
                      id,
                      Status.FAILED,
                      known.dryRun(),
                      known.counts(),
                      rejected,
                      known.rejectedCount() + 1,
                      known.warnings(),
                      known.differences()));
            });
  }
}
