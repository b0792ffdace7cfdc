package aero.contrail.reservation.imports;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.imports.Imports.Counts;
import aero.contrail.reservation.imports.Imports.Rejection;
import aero.contrail.reservation.imports.Imports.Status;
import aero.contrail.reservation.schedule.FlightRow;
import aero.contrail.reservation.schedule.ScheduleDiff;
import aero.contrail.reservation.schedule.ScheduleDoubts;
import aero.contrail.reservation.schedule.ScheduleRules;
import aero.contrail.reservation.schedule.ScheduledFlight;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way through a file of flights: reads and checks row by row, compares chunk by chunk, and has
 * written what is new or different. For one thread.
 */
final class ScheduleImport {

  private static final Logger log = LoggerFactory.getLogger(ScheduleImport.class);
  private static final int CHUNK = 1_000;

  /** A line of a season is hundreds of flights, so that a small file can be very many. */
  private static final int MOST_FLIGHTS = 500_000;

  /** What is right, and no flight of this airline's passengers. */
  private static final Set<String> LEFT_OUT = Set.of("codeshare", "no_passengers");

  private final UUID id;
  private final ImportOptions options;
  private final ScheduleRules rules;
  private final ScheduleWriter writer;
  private final Imports imports;

  /** One of a period says of a hundred flights what is wrong with it. */
  private Rejection last = new Rejection(0, "", "");

  private final ScheduleDoubts doubts = new ScheduleDoubts();
  private final Set<String> seen = new HashSet<>();
  private final Absent.Scope scope = new Absent.Scope();
  private final ImportReport report;

  ScheduleImport(UUID id, ImportOptions options, ScheduleWriter writer, Imports imports) {
    this.id = id;
    this.options = options;
    this.rules = writer.rules();
    this.writer = writer;
    this.imports = imports;
    this.report = new ImportReport(id, options.isDryRun());
  }

  /** Numbered as in the file. */
  record Numbered(long line, ScheduledFlight flight) {}

  /** Some rows of the file; none at its end. */
  private record Chunk(int rows, List<Numbered> good, List<Rejection> bad, List<String> doubts) {}

  /** Tells what would become of the file. */
  void tell(ScheduleFile file) throws IOException {
    file.read(report::warn, rows -> each(rows.iterator(), this::examine));
    withdraw();
    imports.save(report.progress(Status.COMPLETED));
  }

  /** Whether every row can be taken; the import has failed when one cannot. */
  boolean isFlawless(ScheduleFile file) throws IOException {
    file.read(report::warn, rows -> each(rows.iterator(), this::examine));
    if (report.rejectedCount() > 0) {
      report.nothingDone();
      imports.save(report.progress(Status.FAILED));
      return false;
    }
    return true;
  }

  /** Takes the file. */
  void take(ScheduleFile file) throws IOException {
    file.read(report::warn, rows -> each(rows.iterator(), this::write));
    withdraw();
    imports.save(report.progress(Status.COMPLETED));
    log.info("Import {}: {}, {} rejected", id, report.counts().inWords(), report.rejectedCount());
  }

  /** The next chunk is read while this one is worked on. */
  private boolean each(Iterator<FlightRow> rows, Consumer<Chunk> work) {
    try (var reader = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())) {
      var next = reader.submit(() -> read(rows));
      for (var chunk = next.get(); chunk.rows() > 0; chunk = next.get()) {
        next = reader.submit(() -> read(rows));
        work.accept(chunk);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the import was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("the file could not be read", e.getCause());
    }
    return true;
  }

  private Chunk read(Iterator<FlightRow> rows) {
    var chunk = new Chunk(0, new ArrayList<>(CHUNK), new ArrayList<>(), new ArrayList<>());
    var count = 0;
    while (count < CHUNK && rows.hasNext()) {
      count++;
      read(rows.next(), chunk);
    }
    return new Chunk(count, chunk.good(), chunk.bad(), chunk.doubts());
  }

  private void read(FlightRow row, Chunk chunk) {
    if (row.fault() != null && LEFT_OUT.contains(row.fault().code())) {
      chunk.doubts().add("Line %d is left out: %s.".formatted(row.line(), row.fault().message()));
      return;
    }
    if (row.fault() != null) {
      reject(chunk, row.line(), row.fault().code(), row.fault().message());
      return;
    }
    try {
      var flight = rules.flight(row);
      if (seen.size() >= MOST_FLIGHTS) {
        reject(
            chunk,
            row.line(),
            "too_many_flights",
            "an import may have %d flights: send the file in parts".formatted(MOST_FLIGHTS));
      } else if (seen.add(flight.id().value())) {
        scope.add(flight.id());
        chunk.good().add(new Numbered(row.line(), flight));
        chunk.doubts().addAll(doubts.about(row, flight));
      } else {
        reject(chunk, row.line(), "duplicate_row", flight.id() + " was there before");
      }
    } catch (ScheduleRules.Rejected e) {
      reject(chunk, row.line(), e.code(), String.valueOf(e.getMessage()));
    } catch (DateTimeException | IllegalArgumentException e) {
      reject(chunk, row.line(), "bad_row", String.valueOf(e.getMessage()));
    }
  }

  private void reject(Chunk chunk, long line, String code, String message) {
    if (line != last.line() || !code.equals(last.code())) {
      last = new Rejection(line, code, message);
      chunk.bad().add(last);
    }
  }

  private void examine(Chunk chunk) {
    count(chunk);
    account(chunk, writer.compare(flights(chunk)));
    imports.save(report.progress(Status.RUNNING));
  }

  private void write(Chunk chunk) {
    count(chunk);
    account(chunk, writer.write(flights(chunk)));
    imports.save(report.progress(Status.RUNNING));
  }

  private static List<ScheduledFlight> flights(Chunk chunk) {
    return chunk.good().stream().map(Numbered::flight).toList();
  }

  private void count(Chunk chunk) {
    report.count(Counts.read(chunk.rows()));
    chunk.bad().forEach(report::reject);
    chunk.doubts().forEach(report::warn);
  }

  private void account(Chunk chunk, ScheduleWriter.Outcome outcome) {
    var lines = new HashMap<FlightId, Long>();
    chunk.good().forEach(row -> lines.put(row.flight().id(), row.line()));
    outcome.refused().forEach(diff -> report.reject(rejection(lines, diff)));
    outcome.diffs().stream()
        .filter(ScheduleDiff::isCancelled)
        .map(diff -> diff.wanted().id())
        .map(id -> "Line %d: %s is cancelled, and stays so.".formatted(lines.get(id), id))
        .forEach(report::warn);
    report.count(outcome.counts());
    report.differ(outcome.differences(lines));
  }

  private static Rejection rejection(Map<FlightId, Long> lines, ScheduleDiff diff) {
    var refusal = Objects.requireNonNull(diff.refusal());
    return new Rejection(
        lines.getOrDefault(diff.wanted().id(), 0L), refusal.code(), refusal.message());
  }

  /** A row that could not be read may be a flight that seems to be missing. */
  private void withdraw() {
    if (options.withdraws() && report.rejectedCount() > 0) {
      report.warn("Rows were rejected, so no flight was withdrawn: correct them, import it again.");
    } else if (options.withdraws()) {
      writer.withdraw(
          scope,
          seen,
          options.isDryRun(),
          withdrawn -> {
            report.count(Counts.withdrawn(withdrawn.size()));
            report.differ(withdrawn);
            imports.save(report.progress(Status.RUNNING));
          });
    }
  }
}
