package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.delivery.Cursors.Place;
import aero.contrail.eventlog.handlers.EventConsumer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a lane was woken for and cannot read yet, because a transaction before it has not ended. All
 * but {@link #wake} is for the lane's own thread.
 */
final class Awaited {

  /** When to look again: more seldom the longer it takes. */
  private static final Duration FIRST_LOOK = Duration.ofMillis(2);

  private static final int MOST_DOUBLINGS = 5;
  private static final long ASLEEP = 0;

  private final EventConsumer consumer;
  private final LaneMetrics metrics;
  private final AtomicLong wokenAtNanos = new AtomicLong(ASLEEP);
  private long wokenAt = ASLEEP;
  private long position;
  private int looks;
  private long sinceNanos;

  Awaited(EventConsumer consumer, LaneMetrics metrics) {
    this.consumer = consumer;
    this.metrics = metrics;
  }

  void wake() {
    wokenAtNanos.compareAndSet(ASLEEP, System.nanoTime());
  }

  /** A batch begins: it answers what the lane has been woken for until now. */
  void look() {
    var at = wokenAtNanos.getAndSet(ASLEEP);
    wokenAt = at == ASLEEP ? wokenAt : at; // it stays so until a look could answer it
  }

  /** How long to wait when all that could be read was: until woken, or until more is settled. */
  Pause pause(Place place, long begunAtNanos) {
    if (looks > 0 && place.settled() >= position) {
      metrics.settled(consumer, Duration.ofNanos(begunAtNanos - sinceNanos));
      looks = 0;
    }
    if (looks == 0 && wokenAt != ASLEEP) {
      position = place.drawn();
      sinceNanos = begunAtNanos;
      metrics.claimed(consumer, Duration.ofNanos(begunAtNanos - wokenAt));
      wokenAt = ASLEEP;
    }
    return place.settled() >= position
        ? Pause.UNTIL_WOKEN
        : Pause.of(FIRST_LOOK.multipliedBy(1L << Math.min(looks++, MOST_DOUBLINGS)));
  }
}
