package aero.contrail.eventlog;

import aero.contrail.eventlog.Cursors.Place;
import aero.contrail.eventlog.ParkedStreams.Failure;
import aero.contrail.eventlog.ParkedStreams.Parked;
import aero.contrail.events.DomainEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
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
  private final Claims claims;
  private final Partitions partitions;
  private final Interventions interventions;
  private final TransactionOperations transaction;
  private final int mostFailures;

  Parking(
      ParkedStreams parked,
      Cursors cursors,
      Claims claims,
      Partitions partitions,
      Interventions interventions,
      TransactionOperations transaction,
      @Value("${contrail.eventlog.tries:6}") int mostFailures) {
    this.mostFailures = mostFailures;
    this.parked = parked;
    this.cursors = cursors;
    this.claims = claims;
    this.partitions = partitions;
    this.interventions = interventions;
    this.transaction = transaction;
  }

  /**
   * Parks the stream of an event whose handling failed, unless it has been handled meanwhile.
   *
   * @return when to try it again
   */
  Duration park(Consumer consumer, EventRef event, Throwable cause) {
    var partition = partitions.of(event.stream());
    var delay = Lane.delay(FIRST_RETRY, 0);
    var isNext =
        transaction.execute(
            _ -> {
              var batch = claims.claim(consumer, List.of(partition), 1);
              var next = batch.next().filter(first -> first.id().equals(event.id())).isPresent();
              if (next) {
                parked.park(consumer.id(), partition, event, Failure.of(cause, delay));
                cursors.advance(consumer.id(), batch);
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
    } else {
      log.info(
          "{} failed on {}, which another instance is at work on", consumer.id(), event, cause);
    }
    return delay;
  }

  /**
   * Tries the oldest event that waits in a parked stream.
   *
   * @return whether there is more to try, and when; empty when the stream is free again or waits
   *     for a decision
   */
  Optional<Duration> resume(Consumer consumer, String stream) {
    var tried = new EventRef[1];
    try {
      var more = transaction.execute(_ -> handleNext(consumer, stream, tried));
      return more ? Optional.of(Duration.ZERO) : Optional.empty();
    } catch (RuntimeException e) {
      var event = tried[0];
      if (event == null || Failures.isTransient(e)) {
        log.info("{} could not go on with {}, tries again", consumer.id(), stream, e);
        return Optional.of(FIRST_RETRY);
      }
      return Optional.ofNullable(transaction.execute(_ -> failed(consumer, event, e)));
    }
  }

  private boolean handleNext(Consumer consumer, String stream, @Nullable EventRef[] tried) {
    // The cursor's lock keeps the partition from handling what comes after, out of order.
    var place = cursors.lock(consumer.id(), partitions.of(stream));
    var waits = parked.lock(consumer.id(), stream).filter(p -> p.retryAt() != null);
    if (place.isEmpty() || waits.isEmpty()) {
      return false;
    }
    var next = next(waits.get(), place.get(), consumer, tried);
    if (next.isEmpty()) {
      parked.release(waits.get());
      log.info("{} has caught up with {}", consumer.id(), stream);
      return false;
    }
    tried[0] = EventRef.of(next.get());
    Dispatcher.handle(consumer, List.of(next.get()));
    parked.move(waits.get(), next.get().version() + 1);
    return true;
  }

  private Optional<Recorded<DomainEvent>> next(
      Parked waits, Place upTo, Consumer consumer, @Nullable EventRef[] tried) {
    try {
      return parked.next(waits, upTo, consumer.types());
    } catch (EventRef.Unreadable e) {
      tried[0] = e.event();
      throw e;
    }
  }

  private @Nullable Duration failed(Consumer consumer, EventRef event, Throwable cause) {
    var waits = parked.lock(consumer.id(), event.stream());
    if (waits.isEmpty() || waits.get().retryAt() == null) {
      return null;
    }
    if (waits.get().version() > event.version()) {
      return Duration.ZERO; // another has got past it meanwhile: it must not come again
    }
    var before = waits.get().version() == event.version() ? waits.get().failures() : 0;
    var failures = before + 1;
    var delay = failures < mostFailures ? Lane.delay(FIRST_RETRY, failures * 2) : null;
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
    return delay;
  }

  /** What became of a decision. */
  enum Answer {
    DONE,
    NOT_PARKED,
    BEING_TRIED
  }

  /** Has a parked stream tried again now. */
  Answer retry(String consumer, String stream, String actor, @Nullable String reason) {
    return decided(
        consumer,
        stream,
        waits -> {
          interventions.record(actor, "RETRY", consumer, stream, waits.version(), reason);
          parked.move(waits, waits.version());
        });
  }

  /** Gives up the event that failed, and has those behind it tried. */
  Answer skip(String consumer, String stream, String actor, String reason) {
    return decided(
        consumer,
        stream,
        waits -> {
          interventions.record(actor, "SKIP", consumer, stream, waits.version(), reason);
          parked.move(waits, waits.version() + 1);
          log.warn("{} skips version {} of {}", consumer, waits.version(), stream);
        });
  }

  private Answer decided(
      String consumer, String stream, java.util.function.Consumer<Parked> decision) {
    return transaction.execute(
        _ -> {
          var waits = parked.lock(consumer, stream);
          if (waits.isEmpty()) {
            return Answer.NOT_PARKED;
          }
          if (waits.get().failures() == 0) {
            return Answer.BEING_TRIED; // it has not failed since the last decision
          }
          decision.accept(waits.get());
          return Answer.DONE;
        });
  }
}
