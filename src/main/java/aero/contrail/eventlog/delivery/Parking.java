package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.Traces;
import aero.contrail.eventlog.delivery.ParkedStreams.Failure;
import aero.contrail.eventlog.delivery.ParkedStreams.Next;
import aero.contrail.eventlog.delivery.ParkedStreams.Parked;
import aero.contrail.eventlog.handlers.EventConsumer;
import aero.contrail.eventlog.store.EventRef;
import aero.contrail.eventlog.store.Partitions;
import aero.contrail.eventlog.store.UnreadableEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Puts a stream aside that a consumer cannot get past, and brings its events back in their order:
 * by itself a bounded number of times, then when somebody decides. All other streams go on.
 */
@Component
class Parking {

  private static final Logger log = LoggerFactory.getLogger(Parking.class);

  private static final Duration FIRST_RETRY = Duration.ofMillis(100);

  private final ParkedStreams parked;
  private final Cursors cursors;
  private final LogReader reader;
  private final Partitions partitions;
  private final Traces traces;
  private final TransactionOperations transaction;
  private final int mostFailures;
  private volatile Runnable changed = () -> {};

  Parking(
      ParkedStreams parked,
      Cursors cursors,
      LogReader reader,
      Partitions partitions,
      Traces traces,
      TransactionOperations transaction,
      EventLogProperties properties) {
    this.parked = parked;
    this.cursors = cursors;
    this.reader = reader;
    this.partitions = partitions;
    this.traces = traces;
    this.transaction = transaction;
    this.mostFailures = properties.tries();
  }

  /** Calls back whenever a stream has been parked. */
  void whenParked(Runnable callback) {
    changed = callback;
  }

  /** Parks the stream of an event whose handling failed, unless it has been handled meanwhile. */
  void park(EventConsumer consumer, int partition, EventRef event, Throwable cause) {
    var delay = Delays.doubled(FIRST_RETRY, 0);
    var isNext =
        transaction.execute(
            _ -> {
              var place = cursors.lock(consumer.id(), partition).orElse(null);
              if (place == null) {
                return false;
              }
              var batch = reader.read(consumer, partition, place, 1);
              var next = batch.next().filter(first -> first.id().equals(event.id())).isPresent();
              if (next) {
                parked.park(consumer.id(), event, Failure.of(cause, delay));
                cursors.advance(consumer.id(), partition, batch.upTo(), 0, false);
              }
              return next;
            });
    if (isNext) {
      log.warn(
          "{} failed on {}: its stream waits, next try in {} ms",
          consumer.id(),
          event,
          delay.toMillis(),
          cause);
      changed.run();
    } else {
      log.info(
          "{} failed on {}, which another instance is at work on", consumer.id(), event, cause);
    }
  }

  /**
   * Tries the oldest event that waits in a parked stream.
   *
   * @return whether the stream has more that can be tried at once
   */
  boolean resume(EventConsumer consumer, String stream) {
    var tried = new EventRef[1];
    try {
      return transaction.execute(_ -> handleNext(consumer, stream, tried));
    } catch (RuntimeException | Error e) {
      var event = tried[0];
      if (event == null || Failures.isTransient(e)) {
        log.info("{} could not go on with {}, tries again", consumer.id(), stream, e);
        transaction.executeWithoutResult(_ -> parked.postpone(consumer.id(), stream));
      } else {
        transaction.executeWithoutResult(_ -> failed(consumer, event, e));
      }
      return false;
    }
  }

  /**
   * The parked row is locked, the cursor is not: while the row is there the lane passes the stream
   * by, so a handler that takes its time here holds up nobody.
   */
  private boolean handleNext(EventConsumer consumer, String stream, @Nullable EventRef[] tried) {
    var waits = parked.lock(consumer.id(), stream).filter(p -> p.retryAt() != null);
    var partition = partitions.of(stream);
    var passed = cursors.read(consumer.id(), partition);
    if (waits.isEmpty() || passed.isEmpty()) {
      return false;
    }
    var next = next(waits.get(), consumer, passed.get().position(), tried);
    if (next.isEmpty()) {
      return !releaseAtTheCursor(consumer, partition, waits.get());
    }
    var event = next.get().recorded();
    if (event == null) {
      parked.postpone(consumer.id(), stream); // for a release that handles it
      return false;
    }
    tried[0] = next.get().event();
    var one = List.of(event);
    consumer.handle(consumer.isShadow() ? one : traces.go(consumer.id(), one));
    parked.move(waits.get(), event.version() + 1);
    cursors.count(consumer.id(), partition);
    return true;
  }

  /** Under the cursor's lock nothing passes by any more: what waits now is all that ever will. */
  private boolean releaseAtTheCursor(EventConsumer consumer, int partition, Parked waits) {
    var place = cursors.lock(consumer.id(), partition);
    if (place.isEmpty() || parked.next(waits, consumer, place.get().position()).isPresent()) {
      return false;
    }
    parked.release(waits);
    log.info("{} has caught up with {}", consumer.id(), waits.stream());
    return true;
  }

  private Optional<Next> next(
      Parked waits, EventConsumer consumer, long upTo, @Nullable EventRef[] tried) {
    try {
      return parked.next(waits, consumer, upTo);
    } catch (UnreadableEvent e) {
      tried[0] = e.event();
      throw e;
    }
  }

  private void failed(EventConsumer consumer, EventRef event, Throwable cause) {
    var waits = parked.lock(consumer.id(), event.stream());
    // When another has got past it meanwhile, it must not come again.
    if (waits.isEmpty()
        || waits.get().retryAt() == null
        || waits.get().version() > event.version()) {
      return;
    }
    var before = waits.get().version() == event.version() ? waits.get().failures() : 0;
    var failures = before + 1;
    var delay = failures < mostFailures ? Delays.doubled(FIRST_RETRY, failures * 2) : null;
    parked.fail(waits.get(), event, failures, Failure.of(cause, delay));
    if (delay == null) {
      log.error(
          "{} failed {} times on {}: its stream is parked. Mend the cause, then retry or skip it:"
              + " GET /actuator/eventlog/parked",
          consumer.id(),
          failures,
          event,
          cause);
    }
  }
}
