package aero.contrail.alone;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Publishes as fast as is handled, and measures what arrives. Thread-safe. */
final class Measurement {

  /** Events a transaction, ten of them a stream. */
  static final int EVENTS = 100;

  static final int EVENTS_PER_STREAM = 10;

  private static final int PUBLISHERS = 4;
  private static final int MOST_UNHANDLED = 4_000;
  private static final int LONGEST_MILLIS = 60_000;
  private static final double WARM_UP_SECONDS = 15;

  private final LongAdder published = new LongAdder();
  private final LongAdder handled = new LongAdder();
  private final AtomicLongArray millis = new AtomicLongArray(LONGEST_MILLIS + 1);
  private volatile boolean measuring;

  interface Transaction {
    /** Publishes a hundred events. */
    void publish();
  }

  void handled(Instant publishedAt) {
    handled.increment();
    if (measuring) {
      var took = Duration.between(publishedAt, Clock.systemUTC().instant()).toMillis();
      millis.incrementAndGet(Math.clamp(took, 0, LONGEST_MILLIS));
    }
  }

  /** Prints the figures as one line for whoever has started this process. */
  void run(double seconds, Transaction transaction) throws InterruptedException {
    var end = System.nanoTime() + (long) ((WARM_UP_SECONDS + seconds) * 1e9);
    try (var publishers = Executors.newFixedThreadPool(PUBLISHERS)) {
      for (var i = 0; i < PUBLISHERS; i++) {
        publishers.execute(() -> publish(end, transaction));
      }
      Thread.sleep((long) (WARM_UP_SECONDS * 1000));
      measuring = true;
      var before = handled.sum();
      var begun = System.nanoTime();
      Thread.sleep((long) (seconds * 1000));
      var rate = (handled.sum() - before) / ((System.nanoTime() - begun) / 1e9);
      measuring = false;
      System.out.printf("RESULT %.0f %d %d%n", rate, percentile(0.5), percentile(0.99));
    }
  }

  private void publish(long end, Transaction transaction) {
    try {
      while (System.nanoTime() < end) {
        if (published.sum() - handled.sum() > MOST_UNHANDLED) {
          Thread.sleep(1);
        } else {
          transaction.publish();
          published.add(EVENTS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int percentile(double share) {
    var all = 0L;
    for (var i = 0; i <= LONGEST_MILLIS; i++) {
      all += millis.get(i);
    }
    var below = 0L;
    for (var i = 0; i <= LONGEST_MILLIS; i++) {
      below += millis.get(i);
      if (below >= all * share) {
        return i;
      }
    }
    return LONGEST_MILLIS;
  }
}
