package aero.contrail.order;

import aero.contrail.eventlog.EventLog;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps accepting in step with settling: while events wait too long for the consumers that a ticket
 * waits for, or too many payments wait for the provider, a new order waits a little, and is refused
 * when that does not help. So a backlog is bounded, whoever sends how much. Thread-safe.
 */
@Component
class Admission {

  private static final Logger logger = LoggerFactory.getLogger(Admission.class);

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int MOST_PAYMENTS = 400;

  private final EventLog log;
  private final PaymentDesk payments;
  private final Set<String> settledBy;
  private final Duration limit;

  Admission(
      EventLog log,
      PaymentDesk payments,
      @Value("${contrail.order.settled-by}") Set<String> settledBy,
      @Value("${contrail.order.lag-limit:PT0.5S}") Duration limit) {
    this.log = log;
    this.payments = payments;
    this.settledBy = Set.copyOf(settledBy);
    this.limit = limit;
  }

  /** A name that is mistyped would let orders in without end. */
  @EventListener(ApplicationStartedEvent.class)
  void checkNames() {
    var known = log.consumers();
    if (!known.containsAll(settledBy)) {
      logger.error(
          "contrail.order.settled-by is {}, but the consumers of the event log are {}: orders do"
              + " not wait for what is not among them. Correct the setting",
          settledBy,
          known);
    }
  }

  /**
   * Returns when there is room for a new order.
   *
   * @param known whether the request was taken before: then it is answered, not turned away
   * @throws Problem when there is none for a while
   */
  void enter(BooleanSupplier known) {
    for (var waited = Duration.ZERO; isBehind(); waited = waited.plus(LOOK)) {
      if (waited.compareTo(PATIENCE) >= 0 && known.getAsBoolean()) {
        return;
      }
      if (waited.compareTo(PATIENCE) >= 0) {
        throw new Problem(
            ProblemCode.UNAVAILABLE,
            "Orders come in faster than they can be settled; nothing was ordered.",
            RETRY_AFTER);
      }
      pause();
    }
  }

  private boolean isBehind() {
    return payments.waiting() > MOST_PAYMENTS || log.lag(settledBy).compareTo(limit) > 0;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(ProblemCode.UNAVAILABLE, "The server is stopping.", RETRY_AFTER);
    }
  }
}
