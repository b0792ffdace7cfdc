package aero.contrail.shopping.index;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the flights on sale in this instance's memory: reads the stored copy before the first
 * search, and follows it from then on, about a twentieth of a second behind. Reads it again when it
 * was made again, or when this instance has slept for longer than changes are kept.
 */
@Component
public class IndexFollower implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(IndexFollower.class);

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration TIDY = Duration.ofSeconds(30);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  /** How many changes are read at once, each of up to a thousand flights. */
  private static final int MOST = 50;

  /** Before what answers requests. */
  private static final int PHASE = 0;

  private static final StoredFlights.State NOTHING = new StoredFlights.State(0, 0);

  private final StoredFlights stored;
  private final Clock clock;
  private volatile SellableFlights flights = new SellableFlights();
  private volatile @Nullable Thread follower;
  private StoredFlights.State seen = NOTHING;
  private long tidiedAt;

  IndexFollower(StoredFlights stored, Clock clock) {
    this.stored = stored;
    this.clock = clock;
  }

  /** The flights on sale, as far as this instance knows. */
  public SellableFlights flights() {
    return flights;
  }

  @Override
  public void start() {
    load();
    var thread = Thread.ofPlatform().name("index-follower").daemon().unstarted(this::follow);
    follower = thread; // before it runs: it ends when it is not the one any more
    thread.start();
  }

  private void follow() {
    while (follower == Thread.currentThread()) {
      try {
        look();
        LockSupport.parkNanos(LOOK.toNanos());
      } catch (RuntimeException e) {
        seen = NOTHING; // a database that was killed may give the numbers of lost changes again
        if (follower != null) {
          log.warn("The index of flights could not be followed, is tried again: {}", e.toString());
        }
        LockSupport.parkNanos(AFTER_A_FAILURE.toNanos());
      }
    }
  }

  /** Takes over what has changed since the last look. */
  synchronized void look() {
    var last = seen.number();
    for (var changes = stored.since(last, MOST);
        !changes.isEmpty();
        changes = stored.since(last, MOST)) {
      changes.forEach(this::take);
      last = changes.getLast().number();
    }
    // Asked afterwards: what was pruned before it was read is missing.
    var state = stored.state();
    if (state.generation() != seen.generation() || state.number() > seen.number()) {
      load();
    } else {
      seen = new StoredFlights.State(seen.generation(), last);
      tidy();
    }
  }

  private void take(StoredFlights.Change change) {
    Optional.ofNullable(change.flight())
        .ifPresentOrElse(flights::put, () -> flights.remove(change.id()));
  }

  private synchronized void load() {
    var began = System.nanoTime();
    var fresh = new SellableFlights();
    seen = stored.load(clock.instant(), fresh::putAll);
    flights = fresh;
    log.info(
        "{} flights on sale are in memory after {} ms",
        fresh.size(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
  }

  /** What has left is offered to nobody; what all have seen is kept no longer. */
  private void tidy() {
    if (System.nanoTime() - tidiedAt > TIDY.toNanos()) {
      tidiedAt = System.nanoTime();
      flights.forget(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(2));
      stored.prune();
    }
  }

  @Override
  public void stop() {
    var thread = follower;
    follower = null;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public boolean isRunning() {
    return follower != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
