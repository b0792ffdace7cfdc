package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.handlers.EventConsumer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tries parked streams again when their time has come, on a thread of its own: what is parked keeps
 * nobody from what is not. The times stand in the database, so a restart forgets none.
 */
@Component
class Retries {

  private static final Logger log = LoggerFactory.getLogger(Retries.class);

  private static final int AT_A_TIME = 20;

  /** So many events of one stream before the others have their turn. */
  private static final int EVENTS_IN_A_ROW = 50;

  private final ParkedStreams parked;
  private final Parking parking;
  private final Duration poll;
  private final Semaphore alarm = new Semaphore(0);

  Retries(ParkedStreams parked, Parking parking, EventLogProperties properties) {
    this.parked = parked;
    this.parking = parking;
    this.poll = properties.poll();
    parking.whenParked(this::wake);
  }

  void wake() {
    if (alarm.availablePermits() == 0) {
      alarm.release();
    }
  }

  /** Works until interrupted. */
  void run(Map<String, EventConsumer> consumers) {
    try {
      var pause = poll;
      while (true) {
        if (alarm.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          alarm.drainPermits();
        }
        pause = tryDue(consumers);
      }
    } catch (InterruptedException e) {
      log.debug("Stopped");
    }
  }

  /** When to look again: at the next retry, or when the poll would find what others parked. */
  private Duration tryDue(Map<String, EventConsumer> consumers) {
    try {
      for (var due : parked.due(consumers.keySet(), AT_A_TIME)) {
        var consumer = consumers.get(due.consumer());
        if (consumer != null) {
          resume(consumer, due.stream());
        }
      }
      return parked.nextDue(consumers.keySet()).filter(d -> d.compareTo(poll) < 0).orElse(poll);
    } catch (RuntimeException | Error e) {
      log.warn("Could not try what is parked, next look in {}", poll, e);
      return poll;
    }
  }

  private void resume(EventConsumer consumer, String stream) {
    for (var events = 0; events < EVENTS_IN_A_ROW; events++) {
      if (!parking.resume(consumer, stream)) {
        return;
      }
    }
  }
}
