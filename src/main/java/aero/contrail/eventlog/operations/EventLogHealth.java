package aero.contrail.eventlog.operations;

import aero.contrail.eventlog.delivery.Backlog;
import aero.contrail.eventlog.delivery.ConsumerRegister;
import aero.contrail.eventlog.delivery.Dispatcher;
import aero.contrail.eventlog.delivery.EventLogProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Turns to WARNING when consumers are far behind or do not get on, streams are parked, handlers are
 * gone from the code, or a writer holds the readers back. Never DOWN: an instance that is behind
 * must go on, so neither readiness nor liveness depends on it.
 */
@Component("eventLogHealthIndicator") // shown as eventLog
class EventLogHealth implements HealthIndicator {

  static final Status WARNING = new Status("WARNING", "the event log needs a look");

  private final Backlog backlog;
  private final ConsumerRegister consumers;
  private final Dispatcher dispatcher;
  private final EventLogProperties properties;

  EventLogHealth(
      Backlog backlog,
      ConsumerRegister consumers,
      Dispatcher dispatcher,
      EventLogProperties properties) {
    this.backlog = backlog;
    this.consumers = consumers;
    this.dispatcher = dispatcher;
    this.properties = properties;
  }

  @Override
  public Health health() {
    try {
      return look();
    } catch (RuntimeException e) {
      return Health.unknown().withException(e).build(); // the database's own indicator says why
    }
  }

  private Health look() {
    var now = backlog.snapshot();
    var gone = consumers.gone();
    var troubles = dispatcher.troubles();
    var limit = properties.warnAfter().toMillis() / 1000.0;
    var fine =
        gone.isEmpty()
            && troubles.isEmpty()
            && now.heldBackSeconds() <= limit
            && now.lags().stream().allMatch(lag -> lag.seconds() <= limit && lag.parked() == 0);
    var health =
        Health.status(fine ? Status.UP : WARNING)
            .withDetail("consumers", now.lags())
            .withDetail("troubles", troubles)
            .withDetail("gone", gone);
    if (now.heldBackBy() != null) {
      health.withDetail("heldBackBy", now.heldBackBy());
    }
    return health.build();
  }
}
