package aero.contrail.eventlog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Partitions of one consumer, as one thread of this instance works on them together. */
final class Lane {

  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(50);
  private static final int MOST_DOUBLINGS = 8;

  /** A batch that takes longer is halved: it holds locks, and back the readers of the log. */
  private static final Duration LONG = Duration.ofMillis(500);

  private static final long NOTHING = Long.MAX_VALUE;

  private enum State {
    IDLE,
    QUEUED,
    RUNNING,
    RUNNING_AND_WOKEN,
    RESTING
  }

  final Consumer consumer;
  private final List<Integer> partitions;
  private final int fullBatch;
  private final Duration pace;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private final AtomicBoolean wokenSoon = new AtomicBoolean();
  // The order keys of committed events that are still above the horizon. Guarded by this.
  private long firstExpected = NOTHING;
  private long lastExpected;
  // Touched only by the thread that queues or runs the lane; handed over through the state.
  private int batchSize;
  private int failures;
  private int runs;
  private long begunAtNanos;
  // How many events of each partition to take while a bad one is looked for; else empty.
  private final Map<Integer, Integer> cautious = new TreeMap<>();
  private long passedAtNanos = System.nanoTime();

  Lane(Consumer consumer, List<Integer> partitions, EventLogProperties properties) {
    this.consumer = consumer;
    this.partitions = List.copyOf(partitions);
    this.fullBatch = properties.batchSize();
    this.batchSize = fullBatch;
    this.pace = properties.pace(consumer);
    this.begunAtNanos = System.nanoTime() - pace.toNanos();
  }

  boolean has(int partition) {
    return partitions.contains(partition);
  }

  /** Those to claim now: all together, or each in its turn while a bad event is looked for. */
  List<Integer> wanted() {
    return isIsolated() ? List.of(current()) : partitions;
  }

  private int current() {
    return partitions.get(runs % partitions.size());
  }

  /** The name of a partition of the consumer, by which instances wake each other. */
  String topic(int partition) {
    return consumer.id() + "/" + partition;
  }

  Stream<String> topics() {
    return partitions.stream().map(this::topic);
  }

  /** Whether it fills the second copy of a read model: such lanes are found by the poll alone. */
  boolean isShadow() {
    return Rebuilds.isShadow(consumer.id());
  }

  /** An event was committed that can be read once the horizon has passed its key. */
  synchronized void expect(long key) {
    firstExpected = Math.min(firstExpected, key);
    lastExpected = Math.max(lastExpected, key);
  }

  synchronized boolean isExpecting() {
    return firstExpected != NOTHING;
  }

  /** Whether something that was expected can be read now; it is not expected any more then. */
  synchronized boolean canRead(long horizon) {
    if (firstExpected >= horizon) {
      return false;
    }
    firstExpected = lastExpected < horizon ? NOTHING : horizon;
    return true;
  }

  /** True when no later wake is arranged yet: the caller has to arrange it. */
  boolean askToBeWokenSoon() {
    return !wokenSoon.getAndSet(true);
  }

  void wokeSoon() {
    wokenSoon.set(false);
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

  /** How long a queued lane has to wait for the pace of its consumer; not positive: not at all. */
  Duration pause() {
    return pace.minusNanos(System.nanoTime() - begunAtNanos);
  }

  void begin() {
    runs++;
    begunAtNanos = System.nanoTime();
    state.set(State.RUNNING);
  }

  /**
   * Ends a run. True when it was woken meanwhile: the caller has to queue it again. While it rests
   * it is not, however many events come in.
   */
  boolean end(boolean rests) {
    if (rests) {
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
    return isIsolated() ? cautious.getOrDefault(current(), batchSize) : batchSize;
  }

  /** Whether the cursor should be moved over what others need, though nothing was for this one. */
  boolean shouldPass() {
    var now = System.nanoTime();
    var due = now - passedAtNanos > Duration.ofSeconds(1).toNanos();
    if (due) {
      passedAtNanos = now;
    }
    return due;
  }

  /** After a success the batch grows again, unless it took long. */
  void succeeded(Duration took) {
    failures = 0;
    if (isIsolated()) {
      cautious.computeIfPresent(current(), (_, size) -> size * 2 < fullBatch ? size * 2 : null);
    } else {
      batchSize =
          took.compareTo(LONG) > 0
              ? Math.max(1, batchSize / 2)
              : Math.min(fullBatch, batchSize * 2);
    }
  }

  /** Whether it is looking for a bad event, and has not come back to full batches. */
  boolean isIsolated() {
    return !cautious.isEmpty();
  }

  /**
   * Something in the batch is bad: partitions are taken in turn, and one event at a time, so that
   * all before the bad one get through; then more and more again.
   */
  void isolate() {
    if (isIsolated()) {
      cautious.put(current(), 1);
    } else {
      partitions.forEach(partition -> cautious.put(partition, 1));
    }
  }

  /**
   * The same again, later; half of it when it took too long.
   *
   * @return how long to rest before: doubling, with jitter
   */
  Duration backOff(boolean tookTooLong) {
    if (tookTooLong && isIsolated()) {
      cautious.merge(current(), Math.max(1, fullBatch / 2), (size, _) -> Math.max(1, size / 2));
    } else if (tookTooLong) {
      batchSize = Math.max(1, batchSize / 2);
    }
    return delay(FIRST_BACK_OFF, failures++);
  }

  static Duration delay(Duration first, int doublings) {
    var most = first.toMillis() << Math.min(doublings, MOST_DOUBLINGS);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }

  @Override
  public String toString() {
    return consumer.id() + partitions;
  }
}
