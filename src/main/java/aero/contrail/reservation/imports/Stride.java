package aero.contrail.reservation.imports;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How much is changed in one transaction: so much that nobody who sells a seat on one of the
 * flights waits for it noticeably. Adapts to how long the last ones took; for one thread.
 */
final class Stride {

  private static final int FIRST = 25;
  private static final int MOST = 200;
  private static final Duration SHORT = Duration.ofMillis(8);
  private static final Duration LONG = Duration.ofMillis(20);

  private int length = FIRST;

  int length() {
    return length;
  }

  /** Gives what sells as much time as the change took. */
  void rest(Duration took) {
    LockSupport.parkNanos(took.toNanos());
  }

  void took(Duration time) {
    if (time.compareTo(LONG) > 0) {
      length = Math.max(1, length / 2);
    } else if (time.compareTo(SHORT) < 0) {
      length = Math.min(MOST, length + length / 2 + 1);
    }
  }
}
