package aero.contrail.eventlog;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Turns to WARNING when consumers are far behind, streams are parked, handlers are gone from the
 * code, or an old transaction holds the readers back. Never DOWN: an instance that is behind must
 * go on, so neither readiness nor liveness depends on it.
 */
@Component("eventLogHealthIndicator") // shown as eventLog
class EventLogHealth implements HealthIndicator {

  static final Status WARNING = new Status("WARNING", "the event log needs a look");

  private final Backlog backlog;
  private final ConsumerRegister consumers;
  private final Duration threshold;

  EventLogHealth(
      Backlog backlog,
      ConsumerRegister consumers,
      @Value("${contrail.eventlog.warn-after:PT10S}") Duration threshold) {
    this.backlog = backlog;
    this.consumers = consumers;
    this.threshold = threshold;
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
    var limit = threshold.toMillis() / 1000.0;
    var fine =
        gone.isEmpty()
            && now.oldestWriterSeconds() <= limit
            && now.lags().stream().allMatch(lag -> lag.seconds() <= limit && lag.parked() == 0);
    return Health.status(fine ? Status.UP : WARNING)
        .withDetail("consumers", now.lags())
        .withDetail("oldestWriterSeconds", now.oldestWriterSeconds())
        .withDetail("gone", gone)
        .build();
  }
}
