package aero.contrail.eventlog.delivery;

import static java.util.stream.Collectors.toUnmodifiableSet;

import aero.contrail.eventlog.ReadModel;
import aero.contrail.eventlog.Traces;
import aero.contrail.eventlog.delivery.Cursors.Place;
import aero.contrail.eventlog.handlers.EventConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings one batch to a consumer: takes its cursor, reads, handles, moves the cursor on, all in one
 * transaction. Thread-safe.
 */
@Component
class Delivery {

  private final Cursors cursors;
  private final LogReader reader;
  private final Set<String> readModels;
  private final LaneMetrics metrics;
  private final Traces traces;
  private final TransactionOperations transaction;

  Delivery(
      Cursors cursors,
      LogReader reader,
      List<ReadModel> readModels,
      LaneMetrics metrics,
      Traces traces,
      TransactionOperations transaction) {
    this.cursors = cursors;
    this.reader = reader;
    this.readModels = readModels.stream().map(ReadModel::consumer).collect(toUnmodifiableSet());
    this.metrics = metrics;
    this.traces = traces;
    this.transaction = transaction;
  }

  /**
   * One try to deliver a batch: tells what was taken even when handling it failed. For one thread.
   */
  static final class Attempt {
    private @Nullable Place place;
    private @Nullable Batch batch;

    /** The cursor as it was; empty when another instance has it, or nobody. */
    Optional<Place> place() {
      return Optional.ofNullable(place);
    }

    Optional<Batch> batch() {
      return Optional.ofNullable(batch);
    }

    int taken() {
      return batch == null ? 0 : batch.events().size();
    }
  }

  /**
   * Delivers what comes next.
   *
   * @param limit how many events at most
   * @param mayPass whether the cursor is to be moved over what others need, though nothing was for
   *     this consumer
   * @param attempt filled in, also when this throws
   * @throws RuntimeException what the handler threw, or the database: nothing was done then
   */
  void deliver(EventConsumer consumer, int partition, int limit, boolean mayPass, Attempt attempt) {
    var begun = System.nanoTime();
    transaction.executeWithoutResult(
        status -> deliver(consumer, partition, limit, mayPass, attempt, status));
    if (attempt.taken() > 0) {
      metrics.committed(consumer, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private void deliver(
      EventConsumer consumer,
      int partition,
      int limit,
      boolean mayPass,
      Attempt attempt,
      TransactionStatus status) {
    var taken = reader.take(consumer, partition, limit).orElse(null);
    if (taken == null) {
      status.setRollbackOnly();
      return;
    }
    var place = taken.place();
    var batch = taken.batch();
    attempt.place = place;
    attempt.batch = batch;
    var events = consumer.isShadow() ? batch.events() : traces.go(consumer.id(), batch.events());
    if (!events.isEmpty()) {
      metrics.time(consumer, events.size(), () -> consumer.handle(events));
    }
    if (!events.isEmpty() || movesOn(place, batch, mayPass)) {
      advance(consumer, partition, place, batch);
    } else {
      status.setRollbackOnly(); // nothing was done: spare the disk a commit
    }
  }

  /** Not while the first event is still above the horizon: then nothing could be read at all. */
  private static boolean hasCaughtUp(Place place, Batch batch) {
    return batch.isComplete() && (batch.upTo() > 0 || place.drawn() == 0);
  }

  private void advance(EventConsumer consumer, int partition, Place place, Batch batch) {
    var handled = batch.events().size();
    var caughtUp = hasCaughtUp(place, batch);
    var silently = handled == 0 || readModels.contains(consumer.original());
    cursors.advanceLast(consumer.id(), partition, batch.upTo(), handled, caughtUp, silently);
  }

  private static boolean movesOn(Place place, Batch batch, boolean mayPass) {
    return batch.unreadable() == null
        && ((batch.upTo() > place.position() && (mayPass || batch.isFull()))
            || (hasCaughtUp(place, batch) && !place.caughtUp()));
  }
}
