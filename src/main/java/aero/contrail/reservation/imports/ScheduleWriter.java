package aero.contrail.reservation.imports;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.booking.FlightSegments;
import aero.contrail.reservation.booking.FlightSegments.Parties;
import aero.contrail.reservation.disruption.FlightCancellation;
import aero.contrail.reservation.imports.Difference.Kind;
import aero.contrail.reservation.imports.Imports.Counts;
import aero.contrail.reservation.operations.FlightOperations;
import aero.contrail.reservation.schedule.CabinPlans;
import aero.contrail.reservation.schedule.ScheduleDiff;
import aero.contrail.reservation.schedule.ScheduleDiff.Change;
import aero.contrail.reservation.schedule.ScheduleRules;
import aero.contrail.reservation.schedule.ScheduleTable;
import aero.contrail.reservation.schedule.ScheduledFlight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes schedules in transactions that are short: new flights many at a time, since nobody can
 * wait for them, changes of flights that sell a few at a time.
 */
@Component
class ScheduleWriter {

  private final CabinPlans plans;
  private final ScheduleTable schedule;
  private final FlightSegments segments;
  private final FlightOperations operations;
  private final FlightCancellation cancellation;
  private final Absent absent;
  private final TransactionOperations transaction;

  ScheduleWriter(
      CabinPlans plans,
      ScheduleTable schedule,
      FlightSegments segments,
      FlightOperations operations,
      FlightCancellation cancellation,
      Absent absent,
      TransactionOperations transaction) {
    this.plans = plans;
    this.schedule = schedule;
    this.segments = segments;
    this.operations = operations;
    this.cancellation = cancellation;
    this.absent = absent;
    this.transaction = transaction;
  }

  /** The rules by what is known now. */
  ScheduleRules rules() {
    return plans.rules();
  }

  /** What became of some flights, or would, and who is affected. */
  record Outcome(List<ScheduleDiff> diffs, Map<FlightId, Parties> parties) {

    Counts counts() {
      var created = (int) diffs.stream().filter(ScheduleDiff::isNew).count();
      var changed = (int) diffs.stream().filter(ScheduleDiff::isFelt).count();
      return new Counts(
          0, created, changed, diffs.size() - created - changed - refused().size(), 0);
    }

    List<ScheduleDiff> refused() {
      return diffs.stream().filter(diff -> diff.refusal() != null).toList();
    }

    List<Difference> differences(Map<FlightId, Long> lines) {
      return diffs.stream()
          .filter(ScheduleDiff::isFelt)
          .map(diff -> difference(diff, lines.get(diff.wanted().id())))
          .toList();
    }

    private Difference difference(ScheduleDiff diff, @Nullable Long line) {
      var kinds = new ArrayList<Kind>();
      if (diff.changes().contains(Change.RETIMED)) {
        kinds.add(Kind.RETIMED);
      }
      if (diff.changes().contains(Change.RE_EQUIPPED)) {
        kinds.add(Kind.RE_EQUIPPED);
      }
      if (diff.isBack()) {
        kinds.add(Kind.SALES_OPENED);
      }
      var affected = parties.getOrDefault(diff.wanted().id(), Parties.NONE);
      return new Difference(
          line, diff.wanted().id(), kinds, diff.severity(), affected.count(), affected.seats());
    }
  }

  /** What would become of the flights. */
  Outcome compare(List<ScheduledFlight> wanted) {
    return outcome(schedule.compare(wanted));
  }

  /** Writes what is new or different. */
  Outcome write(List<ScheduledFlight> wanted) {
    var compared = schedule.compare(wanted);
    var fresh = wanted(compared, ScheduleDiff::isNew);
    var changed = wanted(compared, ScheduleDiff::isChange);
    var diffs = new ArrayList<ScheduleDiff>();
    if (!fresh.isEmpty()) {
      diffs.addAll(inTransaction(() -> schedule.write(fresh)));
    }
    diffs.addAll(inStrides(changed, schedule::write));
    compared.stream().filter(diff -> !diff.isNew() && !diff.isChange()).forEach(diffs::add);
    open(compared);
    return outcome(diffs);
  }

  /** What was taken off the schedule and is in it again sells again. */
  private void open(List<ScheduleDiff> compared) {
    inStrides(
        compared.stream().filter(ScheduleDiff::isBack).map(diff -> diff.wanted().id()).toList(),
        some -> {
          some.forEach(operations::openSales);
          return List.of();
        });
  }

  private static List<ScheduledFlight> wanted(
      List<ScheduleDiff> diffs, Predicate<ScheduleDiff> which) {
    return diffs.stream().filter(which).map(ScheduleDiff::wanted).toList();
  }

  private Outcome outcome(List<ScheduleDiff> diffs) {
    var felt = diffs.stream().filter(ScheduleDiff::isFelt).map(diff -> diff.wanted().id()).toList();
    return new Outcome(diffs, felt.isEmpty() ? Map.of() : segments.parties(felt));
  }

  /**
   * Takes flights off the schedule that a file does not have any more: those that nobody has booked
   * are cancelled, the others sell nothing more.
   *
   * @param present those in the file
   */
  void withdraw(
      Absent.Scope scope,
      Set<String> present,
      boolean isDryRun,
      Consumer<List<Difference>> withdrawn) {
    var missing = absent.of(scope, present);
    if (isDryRun) {
      var parties = segments.parties(missing);
      withdrawn.accept(missing.stream().map(flight -> withdrawn(flight, parties)).toList());
    } else {
      inStrides(
          missing,
          some -> {
            var gone = cancellation.withdraw(some);
            var parties = segments.parties(gone);
            return gone.stream().map(flight -> withdrawn(flight, parties)).toList();
          },
          withdrawn);
    }
  }

  private static Difference withdrawn(FlightId flight, Map<FlightId, Parties> all) {
    var parties = all.getOrDefault(flight, Parties.NONE);
    var kind = parties.count() == 0 ? Kind.CANCELLED : Kind.SALES_CLOSED;
    return new Difference(null, flight, List.of(kind), null, parties.count(), parties.seats());
  }

  private <T, R> List<R> inStrides(List<T> all, Function<List<T>, List<R>> work) {
    var results = new ArrayList<R>();
    inStrides(all, work, results::addAll);
    return results;
  }

  /**
   * Does something a few at a time.
   *
   * @param done told of each transaction when it has committed
   */
  private <T, R> void inStrides(
      List<T> all, Function<List<T>, List<R>> work, Consumer<List<R>> done) {
    var stride = new Stride();
    for (var next = 0; next < all.size(); ) {
      var some = all.subList(next, Math.min(all.size(), next + stride.length()));
      var began = System.nanoTime();
      var results = inTransaction(() -> work.apply(some));
      var took = Duration.ofNanos(System.nanoTime() - began);
      stride.took(took);
      stride.rest(took);
      done.accept(results);
      next += some.size();
    }
  }

  /** Tried again when a sale or a change of operations came in between. */
  private <R> List<R> inTransaction(Supplier<List<R>> work) {
    return LostRaces.again(
        () ->
            transaction.execute(
                _ -> {
                  schedule.needNotWait();
                  return work.get();
                }));
  }
}
