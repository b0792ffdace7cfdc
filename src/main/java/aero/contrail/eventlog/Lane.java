package aero.contrail.eventlog;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/** One slot of one consumer, as this instance works on it. */
final class Lane {

  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(50);
  private static final int MOST_DOUBLINGS = 8;

  private enum State {
    IDLE,
    QUEUED,
    RUNNING,
    RUNNING_AND_WOKEN,
    RESTING
  }

  final Consumer consumer;
  final int slot;
  private final int fullBatch;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  // Touched only by the thread that runs the lane; handed over through the state.
  private int batchSize;
  private int failures;

  Lane(Consumer consumer, int slot, int fullBatch) {
    this.consumer = consumer;
    this.slot = slot;
    this.fullBatch = fullBatch;
    this.batchSize = fullBatch;
  }

  /** Tells the lane that there may be work. True when the caller has to queue it. */
  boolean wake() {
    return state.getAndUpdate(
            now ->
                switch (now) {
                  case IDLE, QUEUED -> State.QUEUED;
                  case RUNNING, RUNNING_AND_WOKEN -> State.RUNNING_AND_WOKEN;
                  case RESTING -> State.RESTING;
                })
        == State.IDLE;
  }

  void begin() {
    state.set(State.RUNNING);
  }

  /**
   * Ends a run. True when it was woken meanwhile: the caller has to queue it again. After a failure
   * it rests all the same, however many events come in.
   */
  boolean end() {
    if (failures > 0) {
      state.set(State.RESTING);
      return false;
    }
    return state.getAndUpdate(now -> now == State.RUNNING ? State.IDLE : State.QUEUED)
        == State.RUNNING_AND_WOKEN;
  }

  /** Ends the rest after a failure. True when the caller has to queue it. */
  boolean wakeFromRest() {
    return state.compareAndSet(State.RESTING, State.QUEUED);
  }

  int batchSize() {
    return batchSize;
  }

  /** After a success the batch grows again. */
  void succeeded() {
    failures = 0;
    batchSize = Math.min(fullBatch, batchSize * 2);
  }

  /**
   * After a failure events come one at a time, so that all before the bad one get through.
   *
   * @return how long to wait before the next try: doubling, with jitter
   */
  Duration failed() {
    batchSize = 1;
    var most = FIRST_BACK_OFF.toMillis() << Math.min(failures++, MOST_DOUBLINGS);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }

  @Override
  public String toString() {
    return consumer.id() + "/" + slot;
  }
}
