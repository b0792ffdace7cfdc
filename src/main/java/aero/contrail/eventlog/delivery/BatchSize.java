package aero.contrail.eventlog.delivery;

import java.time.Duration;

/**
 * How many events a lane takes at a time: many, fewer when they take long, one while a bad one is
 * looked for. For one thread.
 */
final class BatchSize {

  /** A batch that takes longer is followed by half: it holds locks that others wait for. */
  private static final Duration LONG = Duration.ofMillis(500);

  private final int full;
  private int size;

  BatchSize(int full) {
    this.full = full;
    this.size = full;
  }

  int next() {
    return size;
  }

  /** After a success the next may be twice as large, unless it took long. */
  void succeeded(int taken, Duration took) {
    size = took.compareTo(LONG) > 0 ? half(taken) : Math.min(full, size * 2);
  }

  /** It took longer than is allowed: half of what was taken, not of what might have been. */
  void timedOut(int taken) {
    size = half(taken);
  }

  /** Something among several is bad: one at a time, so that all before it get through. */
  void failed() {
    size = 1;
  }

  private static int half(int taken) {
    return Math.max(1, taken / 2);
  }
}
