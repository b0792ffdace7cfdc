package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.delivery.Cursors.Place;
import aero.contrail.eventlog.delivery.Delivery.Attempt;
import aero.contrail.eventlog.store.EventRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of one consumer, and what its thread does: deliver batch after batch, wait to be
 * woken, and rest after failures. Whatever is thrown at it, it goes on until it is stopped.
 */
final class Lane implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(50);
  private static final Duration FIRST_LONG_REST = Duration.ofSeconds(1);
  private static final int MOST_LONG_DOUBLINGS = 6;

  /** More streams than this one after the other are not poison: the consumer itself is ill. */
  static final int MOST_PARKED_IN_A_ROW = 5;

  /** So many failures that might pass are worth telling somebody. */
  private static final int MANY_FAILURES = 10;

  /** When to come back for a cursor that another instance has. */
  private static final Duration TAKEN = Duration.ofMillis(25);

  /** When to look again for what is not settled yet: more seldom the longer it takes. */
  private static final Duration UNSETTLED = Duration.ofMillis(2);

  private static final int MOST_UNSETTLED_DOUBLINGS = 5;

  /** How often to look whether another release has taken what this one cannot. */
  private static final Duration UNKNOWN = Duration.ofSeconds(1);

  /** How often a cursor is moved over what others need, at most. */
  private static final long PASS_NANOS = Duration.ofSeconds(1).toNanos();

  /** What nobody waits for works a tenth of the time while there is other work. */
  private static final int GIVE_WAY = 9;

  private static final long ASLEEP = 0;

  private final EventConsumer consumer;
  private final int partition;
  private final Delivery delivery;
  private final Parking parking;
  private final Traffic traffic;
  private final LaneMetrics metrics;
  private final Runnable caughtUp;
  private final Duration pace;
  private final BatchSize size;
  private final Semaphore alarm = new Semaphore(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicLong wokenAtNanos = new AtomicLong(ASLEEP);
  private volatile @Nullable String trouble;
  // Of the lane's own thread.
  private long begunAtNanos;
  private long passedAtNanos = System.nanoTime();
  private Duration tookLast = Duration.ZERO;
  private long wokenAt = ASLEEP;
  private long awaited;
  private int unsettled;
  private long unsettledSinceNanos;
  private int failures;
  private int parkedInARow;

  /**
   * @param caughtUp called whenever everything that could be read has been handled
   */
  Lane(
      EventConsumer consumer,
      int partition,
      Delivery delivery,
      Parking parking,
      Traffic traffic,
      LaneMetrics metrics,
      Runnable caughtUp,
      EventLogProperties properties) {
    this.consumer = consumer;
    this.partition = partition;
    this.delivery = delivery;
    this.parking = parking;
    this.traffic = traffic;
    this.metrics = metrics;
    this.caughtUp = caughtUp;
    this.pace = properties.pace(consumer);
    this.size = new BatchSize(properties.batchSize());
    this.begunAtNanos = System.nanoTime() - pace.toNanos();
  }

  EventConsumer consumer() {
    return consumer;
  }

  /** Tells the lane that there may be work. Returns at once. */
  void wake() {
    wokenAtNanos.compareAndSet(ASLEEP, System.nanoTime());
    if (alarm.availablePermits() == 0) {
      alarm.release();
    }
  }

  /** The batch at work still commits; then the thread ends. */
  void stop() {
    stopped.countDown();
    wake();
  }

  /** Why the lane does not get on, and what would help; empty when it does. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** How long to wait before the next batch. */
  private record Pause(Duration time, boolean mayBeWoken) {

    static final Pause NONE = new Pause(Duration.ZERO, false);
    static final Pause UNTIL_WOKEN = new Pause(Duration.ofDays(1), true);

    static Pause of(Duration time) {
      return new Pause(time, false);
    }
  }

  @Override
  public void run() {
    var next = Pause.UNTIL_WOKEN;
    while (isRunning()) {
      try {
        await(next);
        next = isRunning() ? step() : next;
      } catch (InterruptedException e) {
        return;
      } catch (Throwable e) {
        next = Pause.of(Delays.doubled(FIRST_BACK_OFF, failures++));
        log.error("{} tries again in {} ms", this, next.time().toMillis(), e);
      }
    }
  }

  private boolean isRunning() {
    return stopped.getCount() > 0;
  }

  private void await(Pause pause) throws InterruptedException {
    if (pause.mayBeWoken()) {
      var _ = alarm.tryAcquire(pause.time().toNanos(), TimeUnit.NANOSECONDS);
      sleep(period().minusNanos(System.nanoTime() - begunAtNanos));
    } else {
      sleep(pause.time());
    }
  }

  /**
   * From the beginning of a batch to that of the next: when batches take long, the machine is busy,
   * and larger ones cost it less.
   */
  private Duration period() {
    var twice = tookLast.multipliedBy(2);
    return twice.compareTo(pace) > 0 ? twice : pace;
  }

  private void sleep(Duration time) throws InterruptedException {
    if (time.isPositive()) {
      var _ = stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private Pause step() {
    alarm.drainPermits();
    var at = wokenAtNanos.getAndSet(ASLEEP);
    wokenAt = at == ASLEEP ? wokenAt : at; // it stays so until a look could answer it
    var others = traffic.count();
    begunAtNanos = System.nanoTime();
    var attempt = new Attempt();
    try {
      delivery.deliver(consumer, partition, size.next(), isTimeToPass(), attempt);
      var took = Duration.ofNanos(System.nanoTime() - begunAtNanos);
      tookLast = attempt.taken() > 0 ? took : Duration.ZERO;
      var pause = succeeded(attempt, took);
      return isAwaited(attempt) ? pause : givingWay(pause, took, others);
    } catch (OutOfMemoryError e) {
      throw e; // the event need not be to blame
    } catch (RuntimeException | Error e) {
      return failed(attempt, e);
    }
  }

  private boolean isTimeToPass() {
    return begunAtNanos - passedAtNanos > PASS_NANOS;
  }

  private Pause succeeded(Attempt attempt, Duration took) {
    failures = 0;
    var place = attempt.place().orElse(null);
    var batch = attempt.batch().orElse(null);
    if (place == null || batch == null) {
      return consumer.isShadow() ? Pause.UNTIL_WOKEN : Pause.of(TAKEN);
    }
    if (isTimeToPass()) {
      passedAtNanos = begunAtNanos;
    }
    if (attempt.taken() > 0) {
      size.succeeded(attempt.taken(), took);
      parkedInARow = 0;
    }
    if (batch.unreadable() != null) {
      return park(batch.unreadable().event(), batch.unreadable());
    }
    if (batch.unknown() != null) {
      return leave(batch.unknown());
    }
    trouble = null;
    if (batch.isFull()) {
      return Pause.NONE;
    }
    caughtUp.run();
    return settled(place) ? Pause.UNTIL_WOKEN : Pause.of(unsettledPause());
  }

  /** Whether all that had been drawn when the lane was woken could be read. */
  private boolean settled(Place place) {
    if (unsettled > 0 && place.settled() >= awaited) {
      metrics.settled(consumer, Duration.ofNanos(begunAtNanos - unsettledSinceNanos));
      unsettled = 0;
    }
    if (unsettled == 0 && wokenAt != ASLEEP) {
      awaited = place.drawn();
      unsettledSinceNanos = begunAtNanos;
      metrics.claimed(consumer, Duration.ofNanos(begunAtNanos - wokenAt));
      wokenAt = ASLEEP;
    }
    return place.settled() >= awaited;
  }

  private Duration unsettledPause() {
    return UNSETTLED.multipliedBy(1L << Math.min(unsettled++, MOST_UNSETTLED_DOUBLINGS));
  }

  /** Other releases know the event: it is theirs, and this lane must not get past it. */
  private Pause leave(EventRef event) {
    trouble =
        """
        waits before %s, which this release does not handle: start one that does, or say that it \
        is not needed with POST /actuator/eventlog/retire\
        """
            .formatted(event);
    return Pause.of(UNKNOWN);
  }

  /** Nobody waits for a rebuild, nor for a consumer on its first way through the log. */
  private boolean isAwaited(Attempt attempt) {
    var isNew = attempt.place().filter(place -> !place.caughtUp()).isPresent();
    var awaited = !consumer.isShadow() && !isNew;
    if (awaited) {
      traffic.worked(attempt.taken());
    }
    return awaited;
  }

  private Pause givingWay(Pause pause, Duration took, long others) {
    var isBusy = traffic.count() != others;
    return pause.equals(Pause.NONE) && isBusy ? Pause.of(took.multipliedBy(GIVE_WAY)) : pause;
  }

  private Pause failed(Attempt attempt, Throwable failure) {
    var taken = attempt.taken();
    var isTimeout = Failures.isTimeout(failure);
    if (taken == 0 || Failures.isTransient(failure) || (isTimeout && taken > 1)) {
      if (isTimeout && taken > 1) {
        size.timedOut(taken);
      }
      var rest = Delays.doubled(FIRST_BACK_OFF, failures++);
      log.info("{} tries again in {} ms", this, rest.toMillis(), failure);
      if (failures > MANY_FAILURES) {
        trouble = "has failed %d times one after the other: %s".formatted(failures, failure);
      }
      return Pause.of(rest);
    }
    if (taken > 1) {
      log.info("{} failed, takes one event at a time to find which", this, failure);
      size.failed();
      return Pause.NONE;
    }
    return attempt.batch().flatMap(Batch::next).map(e -> park(e, failure)).orElse(Pause.NONE);
  }

  private Pause park(EventRef event, Throwable failure) {
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
    trouble =
        "rests, because it fails on stream after stream, last on %s: %s".formatted(event, failure);
    log.error("{} {}; tries again in {} s", this, trouble, rest.toSeconds(), failure);
    return Pause.of(rest);
  }

  @Override
  public String toString() {
    return partition == 0 ? consumer.id() : consumer.id() + "/" + partition;
  }
}
