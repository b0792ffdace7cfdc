package aero.contrail.eventlog.delivery;

import java.time.Duration;

/** How long a lane waits before its next batch. */
record Pause(Duration time, boolean mayBeWoken) {

  static final Pause NONE = new Pause(Duration.ZERO, false);
  static final Pause UNTIL_WOKEN = new Pause(Duration.ofDays(1), true);

  static Pause of(Duration time) {
    return new Pause(time, false);
  }
}
