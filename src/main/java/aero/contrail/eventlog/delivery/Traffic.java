package aero.contrail.eventlog.delivery;

import java.util.concurrent.atomic.LongAdder;

/** What the lanes of an instance do that somebody waits for. Thread-safe. */
final class Traffic {

  private final LongAdder events = new LongAdder();

  void worked(int handled) {
    events.add(handled);
  }

  /** Grows with every event that was handled. */
  long count() {
    return events.sum();
  }
}
