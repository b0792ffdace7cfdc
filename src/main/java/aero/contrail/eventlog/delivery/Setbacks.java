package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.delivery.Delivery.Attempt;
import aero.contrail.eventlog.handlers.EventConsumer;
import aero.contrail.eventlog.store.EventRef;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane does when a batch failed: try again later, take less, find the event that is to blame
 * and park its stream, or rest when the consumer itself is ill. All but {@link #trouble()} is for
 * the lane's own thread.
 */
final class Setbacks {

  private static final Logger log = LoggerFactory.getLogger(Setbacks.class);

  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(50);
  private static final Duration FIRST_LONG_REST = Duration.ofSeconds(1);
  private static final int MOST_LONG_DOUBLINGS = 6;

  /** More streams than this one after the other are not poison: the consumer itself is ill. */
  static final int MOST_PARKED_IN_A_ROW = 5;

  /** So many failures that might pass are worth telling somebody. */
  private static final int MANY_FAILURES = 10;

  private final String lane;
  private final EventConsumer consumer;
  private final int partition;
  private final Parking parking;
  private final BatchSize size;
  private volatile @Nullable String trouble;
  private int failures;
  private int parkedInARow;

  Setbacks(String lane, EventConsumer consumer, int partition, Parking parking, BatchSize size) {
    this.lane = lane;
    this.consumer = consumer;
    this.partition = partition;
    this.parking = parking;
    this.size = size;
  }

  /** Why the lane does not get on, and what would help; empty when it does. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  void trouble(@Nullable String text) {
    trouble = text;
  }

  /** A batch got through, of so many events. */
  void over(int taken) {
    failures = 0;
    if (taken > 0) {
      parkedInARow = 0;
    }
  }

  /** Something that no event is to blame for. */
  Pause unforeseen(Throwable failure) {
    var rest = Delays.doubled(FIRST_BACK_OFF, failures++);
    log.error("{} tries again in {} ms", lane, rest.toMillis(), failure);
    return Pause.of(rest);
  }

  Pause failed(Attempt attempt, Throwable failure) {
    var taken = attempt.taken();
    var isTimeout = Failures.isTimeout(failure);
    if (taken == 0 || Failures.isTransient(failure) || (isTimeout && taken > 1)) {
      if (isTimeout && taken > 1) {
        size.timedOut(taken);
      }
      return backOff(failure);
    }
    if (taken > 1) {
      log.info("{} failed, takes one event at a time to find which", lane, failure);
      size.failed();
      return Pause.NONE;
    }
    return attempt.batch().flatMap(Batch::next).map(e -> park(e, failure)).orElse(Pause.NONE);
  }

  private Pause backOff(Throwable failure) {
    var rest = Delays.doubled(FIRST_BACK_OFF, failures++);
    log.info("{} tries again in {} ms", lane, rest.toMillis(), failure);
    if (failures > MANY_FAILURES) {
      trouble = "has failed %d times one after the other: %s".formatted(failures, failure);
    }
    return Pause.of(rest);
  }

  Pause park(EventRef event, Throwable failure) {
    if (parkedInARow >= MOST_PARKED_IN_A_ROW) {
      return rest(event, failure);
    }
    parking.park(consumer, partition, event, failure);
    parkedInARow++;
    return Pause.NONE;
  }

  /** The next try is with one event; when it gets through, the lane goes on as before. */
  private Pause rest(EventRef event, Throwable failure) {
    var rest = Delays.doubled(FIRST_LONG_REST, Math.min(failures++, MOST_LONG_DOUBLINGS));
    var text =
        "rests, because it fails on stream after stream, last on %s: %s".formatted(event, failure);
    trouble = text;
    log.error("{} {}; tries again in {} s", lane, text, rest.toSeconds(), failure);
    return Pause.of(rest);
  }
}
