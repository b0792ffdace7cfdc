package aero.contrail.eventlog.store;

import aero.contrail.eventlog.Recorded;
import aero.contrail.events.DomainEvent;

/**
 * An event that was published and is not stored yet.
 *
 * @param recorded its envelope; the version is {@link #NEXT} when the log is to count
 * @param data the payload as it will be stored
 */
record NewEvent(Recorded<DomainEvent> recorded, String data) {

  /** Stands for the version after the last one that is stored. */
  static final int NEXT = 0;

  int expected() {
    return recorded.version();
  }
}
