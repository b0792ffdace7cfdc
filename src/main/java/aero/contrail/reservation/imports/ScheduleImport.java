package aero.contrail.reservation.imports;

import aero.contrail.reservation.imports.Imports.Counts;
import aero.contrail.reservation.imports.Imports.Progress;
import aero.contrail.reservation.imports.Imports.Rejection;
import aero.contrail.reservation.imports.Imports.Status;
import aero.contrail.reservation.schedule.CabinPlan;
import aero.contrail.reservation.schedule.FlightRow;
import aero.contrail.reservation.schedule.ReferenceData;
import aero.contrail.reservation.schedule.ScheduleRules;
import aero.contrail.reservation.schedule.ScheduleTable;
import aero.contrail.reservation.schedule.ScheduledFlight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * One run of an import of flights: checks row by row, writes chunk by chunk, each with its progress
 * in one transaction that is short enough not to hold back the readers of the log. For one thread.
 */
final class ScheduleImport {

  private static final Logger log = LoggerFactory.getLogger(ScheduleImport.class);
  private static final int CHUNK = 2_000;
  private static final int MOST_TRIES = 3;

  /** How many warnings an import lists. */
  private static final int MOST_WARNINGS = 100;

  private final UUID id;
  private final ScheduleRules rules;
  private final CabinPlan plan;
  private final ScheduleTable schedule;
  private final Imports imports;
  private final TransactionOperations transaction;

  private final List<Rejection> rejected = new ArrayList<>();
  private final List<String> warnings;
  private final Set<String> seen = new HashSet<>();
  private long rejectedCount;
  private Counts counts = new Counts(0, 0, 0, 0);

  ScheduleImport(
      UUID id,
      ReferenceData reference,
      ScheduleTable schedule,
      Imports imports,
      TransactionOperations transaction,
      List<String> warnings) {
    this.id = id;
    this.plan = new CabinPlan(reference.layouts(), reference.bookingClasses());
    this.rules =
        new ScheduleRules(
            reference.airports(), plan.defaultConfigurations(), plan.aircraftOfConfiguration());
    this.schedule = schedule;
    this.imports = imports;
    this.transaction = transaction;
    this.warnings = new ArrayList<>(warnings);
  }

  /** Only looks for wrong rows. True when there are none; else the import has failed. */
  boolean check(Iterator<FlightRow> rows) {
    var known = warnings.size();
    while (rows.hasNext()) {
      count(read(rows));
    }
    if (rejectedCount > 0) {
      imports.save(progress(Status.FAILED));
      return false;
    }
    counts = new Counts(0, 0, 0, 0);
    warnings.subList(known, warnings.size()).clear();
    seen.clear();
    return true;
  }

  /** Writes all rows that are right, and lists the others. */
  Progress run(Iterator<FlightRow> rows) {
    // The next chunk is read while this one is written.
    try (var reader = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())) {
      var next = reader.submit(() -> read(rows));
      for (var chunk = next.get(); chunk.rows() > 0; chunk = next.get()) {
        next = reader.submit(() -> read(rows));
        write(chunk);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the import was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("the file could not be read", e.getCause());
    }
    var done = progress(Status.COMPLETED);
    imports.save(done);
    log.info(
        "Import {}: {} rows, {} created, {} changed, {} unchanged, {} rejected",
        id,
        counts.rowsRead(),
        counts.created(),
        counts.changed(),
        counts.unchanged(),
        rejectedCount);
    return done;
  }

  private record Numbered(long line, ScheduledFlight flight) {}

  /** Some rows of the file; none at its end. */
  private record Chunk(int rows, List<Numbered> good, List<Rejection> bad, List<String> doubts) {}

  private Chunk read(Iterator<FlightRow> rows) {
    var good = new ArrayList<Numbered>(CHUNK);
    var bad = new ArrayList<Rejection>();
    var doubts = new ArrayList<String>();
    var count = 0;
    while (count < CHUNK && rows.hasNext()) {
      var row = rows.next();
      count++;
      if (row.wrong() != null) {
        bad.add(new Rejection(row.line(), "bad_row", row.wrong()));
        continue;
      }
      try {
        var flight = rules.flight(row);
        if (seen.add(flight.id().value())) {
          good.add(new Numbered(row.line(), flight));
          ScheduleRules.improbable(flight)
              .ifPresent(doubt -> doubts.add("Line %d: %s".formatted(row.line(), doubt)));
        } else {
          bad.add(new Rejection(row.line(), "duplicate_row", flight.id() + " was there before"));
        }
      } catch (ScheduleRules.Rejected e) {
        bad.add(new Rejection(row.line(), e.code(), String.valueOf(e.getMessage())));
      } catch (IllegalArgumentException e) {
        bad.add(new Rejection(row.line(), "bad_row", String.valueOf(e.getMessage())));
      }
    }
    return new Chunk(count, good, bad, doubts);
  }

  /** Tried again when a sale or a change of operations came in between. */
  private void write(Chunk chunk) {
    count(chunk);
    for (var tries = 1; ; tries++) {
      try {
        var outcome = transaction.execute(_ -> written(chunk));
        counts = after(outcome);
        outcome.refused().forEach(refused -> reject(chunk.good(), refused));
        return;
      } catch (OptimisticLockingFailureException | PessimisticLockingFailureException lostRace) {
        if (tries == MOST_TRIES) {
          throw lostRace;
        }
      }
    }
  }

  private ScheduleTable.Outcome written(Chunk chunk) {
    var outcome = schedule.write(chunk.good().stream().map(Numbered::flight).toList(), plan);
    imports.save(
        new Progress(id, Status.RUNNING, after(outcome), rejected, rejectedCount, warnings));
    return outcome;
  }

  private Counts after(ScheduleTable.Outcome outcome) {
    return new Counts(
        counts.rowsRead(),
        counts.created() + outcome.created(),
        counts.changed() + outcome.changed(),
        counts.unchanged() + outcome.unchanged());
  }

  private void count(Chunk chunk) {
    counts =
        new Counts(
            counts.rowsRead() + chunk.rows(),
            counts.created(),
            counts.changed(),
            counts.unchanged());
    chunk.bad().forEach(this::reject);
    chunk.doubts().stream()
        .limit(Math.max(0, MOST_WARNINGS - warnings.size()))
        .forEach(warnings::add);
  }

  private void reject(List<Numbered> rows, ScheduleTable.Refused refused) {
    rows.stream()
        .filter(row -> row.flight().equals(refused.flight()))
        .findFirst()
        .ifPresent(row -> reject(new Rejection(row.line(), refused.code(), refused.message())));
  }

  private void reject(Rejection rejection) {
    rejectedCount++;
    if (rejected.size() < Imports.LISTED) {
      rejected.add(rejection);
    }
  }

  private Progress progress(Status status) {
    return new Progress(id, status, counts, rejected, rejectedCount, warnings);
  }
}
