package aero.contrail.reservation.imports;

import aero.contrail.reservation.imports.Imports.Counts;
import aero.contrail.reservation.imports.Imports.Progress;
import aero.contrail.reservation.imports.Imports.Rejection;
import aero.contrail.reservation.imports.Imports.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What an import has done so far, and what was wrong: counted whole, listed up to a bound. */
final class ImportReport {

  /** How many rows and flights an import lists. */
  static final int LISTED = 1000;

  private static final int MOST_WARNINGS = 100;

  private final UUID id;
  private final boolean isDryRun;
  private final List<Rejection> rejected = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();
  private long rejectedCount;
  private Counts counts = new Counts(0, 0, 0, 0, 0);

  ImportReport(UUID id, boolean isDryRun) {
    this.id = id;
    this.isDryRun = isDryRun;
  }

  /** Adds to what was counted. */
  void count(Counts more) {
    counts = counts.plus(more);
  }

  void reject(Rejection rejection) {
    rejectedCount++;
    if (rejected.size() < LISTED) {
      rejected.add(rejection);
    }
  }

  void warn(String warning) {
    if (warnings.size() < MOST_WARNINGS) {
      warnings.add(warning);
    }
  }

  void differ(Collection<Difference> more) {
    more.stream().limit(Math.max(0, LISTED - differences.size())).forEach(differences::add);
  }

  /** What was found was not carried out. */
  void nothingDone() {
    counts = Counts.read(counts.rowsRead());
    differences.clear();
  }

  Counts counts() {
    return counts;
  }

  long rejectedCount() {
    return rejectedCount;
  }

  Progress progress(Status status) {
    return new Progress(
        id, status, isDryRun, counts, rejected, rejectedCount, warnings, differences);
  }
}
