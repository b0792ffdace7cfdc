package aero.contrail.eventlog.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses that grow. */
final class Delays {

  private static final int MOST_DOUBLINGS = 8;

  private Delays() {}

  /** The first pause, doubled so often and at most eight times, less up to half of it by chance. */
  static Duration doubled(Duration first, int doublings) {
    var most = first.toMillis() << Math.min(doublings, MOST_DOUBLINGS);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }
}
