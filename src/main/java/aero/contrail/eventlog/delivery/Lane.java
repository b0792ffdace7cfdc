package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.delivery.Delivery.Attempt;
import aero.contrail.eventlog.handlers.EventConsumer;
import aero.contrail.eventlog.store.EventRef;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One partition of one consumer, and what its thread does: deliver batch after batch, wait to be
 * woken, and rest after failures. Whatever is thrown at it, it goes on until it is stopped.
 */
final class Lane implements Runnable {

  /** When to come back for a cursor that another instance has. */
  private static final Duration TAKEN = Duration.ofMillis(25);

  /** How often to look whether another release has taken what this one cannot. */
  private static final Duration UNKNOWN = Duration.ofSeconds(1);

  /** How often a cursor is moved over what others need, at most. */
  private static final long PASS_NANOS = Duration.ofSeconds(1).toNanos();

  private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  /** What nobody waits for works a twentieth of the time while there is other work. */
  private static final int GIVE_WAY = 19;

  private final EventConsumer consumer;
  private final int partition;
  private final Delivery delivery;
  private final Traffic traffic;
  private final Runnable caughtUp;
  private final Duration pace;
  private final BatchSize size;
  private final Semaphore alarm = new Semaphore(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final String name;
  private final Awaited awaited;
  private final Setbacks setbacks;
  // Of the lane's own thread.
  private long begunAtNanos;
  private long passedAtNanos = System.nanoTime();
  private Duration tookLast = Duration.ZERO;

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
    this.traffic = traffic;
    this.caughtUp = caughtUp;
    this.pace = properties.pace(consumer);
    this.size = new BatchSize(properties.batchSize());
    this.awaited = new Awaited(consumer, metrics);
    this.name = partition == 0 ? consumer.id() : consumer.id() + "/" + partition;
    this.setbacks = new Setbacks(name, consumer, partition, parking, size);
    this.begunAtNanos = System.nanoTime() - pace.toNanos();
  }

  EventConsumer consumer() {
    return consumer;
  }

  /** Tells the lane that there may be work. Returns at once. */
  void wake() {
    awaited.wake();
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
    return setbacks.trouble();
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
        next = setbacks.unforeseen(e);
      }
    }
  }

  private boolean isRunning() {
    return stopped.getCount() > 0;
  }

  private void await(Pause pause) throws InterruptedException {
    if (pause.mayBeWoken()) {
      var _ = alarm.tryAcquire(pause.time().toNanos(), TimeUnit.NANOSECONDS);
      sleep(period(pace, tookLast).minusNanos(System.nanoTime() - begunAtNanos));
    } else {
      sleep(pause.time());
    }
  }

  /**
   * From the beginning of a batch to that of the next: when batches take long, the machine is busy,
   * and larger ones cost it less. Bounded, because a machine that stood still for minutes must not
   * be followed by minutes of rest.
   */
  static Duration period(Duration pace, Duration took) {
    var busy = Collections.min(List.of(took.multipliedBy(2), LONGEST_PERIOD));
    return Collections.max(List.of(busy, pace));
  }

  private void sleep(Duration time) throws InterruptedException {
    if (time.isPositive()) {
      var _ = stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private Pause step() {
    alarm.drainPermits();
    awaited.look();
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
      return setbacks.failed(attempt, e);
    }
  }

  private boolean isTimeToPass() {
    return begunAtNanos - passedAtNanos > PASS_NANOS;
  }

  private Pause succeeded(Attempt attempt, Duration took) {
    setbacks.over(attempt.taken());
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
    }
    if (batch.unreadable() != null) {
      return setbacks.park(batch.unreadable().event(), batch.unreadable());
    }
    if (batch.unknown() != null) {
      return leave(batch.unknown());
    }
    setbacks.trouble(null);
    if (batch.isFull()) {
      return Pause.NONE;
    }
    caughtUp.run();
    return awaited.pause(place, begunAtNanos);
  }

  /** Other releases know the event: it is theirs, and this lane must not get past it. */
  private Pause leave(EventRef event) {
    setbacks.trouble(
        """
        waits before %s, which this release does not handle: start one that does, or say that it \
        is not needed with POST /actuator/eventlog/retire\
        """
            .formatted(event));
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
    var rest = Collections.min(List.of(took.multipliedBy(GIVE_WAY), LONGEST_REST));
    return pause.equals(Pause.NONE) && isBusy ? Pause.of(rest) : pause;
  }

  @Override
  public String toString() {
    return name;
  }
}
