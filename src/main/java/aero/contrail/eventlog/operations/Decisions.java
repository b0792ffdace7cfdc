package aero.contrail.eventlog.operations;

import aero.contrail.eventlog.delivery.ConsumerRegister;
import aero.contrail.eventlog.delivery.Dispatcher;
import aero.contrail.eventlog.delivery.ParkedStreams;
import aero.contrail.eventlog.delivery.ParkedStreams.Parked;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What people decide about the log; each decision is recorded with who made it. Thread-safe. */
@Component
class Decisions {

  private static final Logger log = LoggerFactory.getLogger(Decisions.class);

  private final ParkedStreams parked;
  private final ConsumerRegister consumers;
  private final Dispatcher dispatcher;
  private final Interventions interventions;
  private final TransactionOperations transaction;

  Decisions(
      ParkedStreams parked,
      ConsumerRegister consumers,
      Dispatcher dispatcher,
      Interventions interventions,
      TransactionOperations transaction) {
    this.parked = parked;
    this.consumers = consumers;
    this.dispatcher = dispatcher;
    this.interventions = interventions;
    this.transaction = transaction;
  }

  /** What became of a decision about a parked stream. */
  enum Answer {
    DONE,
    NOT_PARKED,
    BEING_TRIED
  }

  /** What became of the wish to retire a consumer. */
  enum Retirement {
    DONE,
    NOTHING_GONE,
    HANDLED_ELSEWHERE
  }

  private interface Decision {
    void take(Parked waits);
  }

  /** Has a parked stream tried again now. */
  Answer retry(String consumer, String stream, String actor, @Nullable String reason) {
    return decide(
        consumer,
        stream,
        waits -> {
          interventions.record(actor, "RETRY", consumer, stream, waits.version(), reason);
          parked.move(waits, waits.version());
        });
  }

  /** Gives up the event that failed, and has those behind it tried. */
  Answer skip(String consumer, String stream, String actor, String reason) {
    return decide(
        consumer,
        stream,
        waits -> {
          interventions.record(actor, "SKIP", consumer, stream, waits.version(), reason);
          parked.move(waits, waits.version() + 1);
          log.warn("{} skips version {} of {}", consumer, waits.version(), stream);
        });
  }

  private Answer decide(String consumer, String stream, Decision decision) {
    var answer =
        transaction.execute(
            _ -> {
              var waits = parked.lock(consumer, stream);
              if (waits.isEmpty()) {
                return Answer.NOT_PARKED;
              }
              if (waits.get().failures() == 0) {
                return Answer.BEING_TRIED; // it has not failed since the last decision
              }
              decision.take(waits.get());
              return Answer.DONE;
            });
    dispatcher.retrySoon();
    return answer;
  }

  /**
   * Takes note that what this release does not handle is not needed any more: then its events are
   * passed over. Not while an instance of another release handles them.
   */
  Retirement retire(String id, String actor, String reason) {
    var retired =
        transaction.execute(
            _ -> {
              var gone =
                  consumers.gone().stream().filter(one -> one.consumer().equals(id)).findFirst();
              if (gone.isEmpty() && !consumers.isRelay(id)) {
                return Retirement.NOTHING_GONE;
              }
              if (gone.filter(consumers::isHandledElsewhere).isPresent()) {
                return Retirement.HANDLED_ELSEWHERE;
              }
              if (consumers.forget(id)) {
                parked.releaseAll(id);
              }
              interventions.record(actor, "RETIRE", id, null, null, reason);
              return Retirement.DONE;
            });
    dispatcher.wake(id);
    return retired;
  }
}
