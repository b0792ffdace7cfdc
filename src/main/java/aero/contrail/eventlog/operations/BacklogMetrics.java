package aero.contrail.eventlog.operations;

import aero.contrail.eventlog.delivery.Backlog;
import aero.contrail.eventlog.handlers.HandlerScan;
import aero.contrail.eventlog.store.EventTypes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Shows how far consumers are behind, and for how long readers have been held back. */
@Component
class BacklogMetrics {

  private static final String PREFIX = "contrail.eventlog.";

  private final MeterRegistry meters;
  private final Backlog backlog;
  private final HandlerScan scan;
  private final EventTypes types;

  BacklogMetrics(MeterRegistry meters, Backlog backlog, HandlerScan scan, EventTypes types) {
    this.meters = meters;
    this.backlog = backlog;
    this.scan = scan;
    this.types = types;
  }

  /** All handlers are known when all beans are made. */
  @EventListener(ContextRefreshedEvent.class)
  void show() {
    Gauge.builder(PREFIX + "held.back", backlog, log -> log.snapshot().heldBackSeconds())
        .description("For how long readers have waited for the oldest writer of the log")
        .baseUnit("seconds")
        .register(meters);
    for (var consumer : scan.consumers(types)) {
      gauge("lag.events", "Events that wait for the consumer", consumer.id(), Backlog.Lag::events);
      gauge("lag.seconds", "Age of the oldest that waits", consumer.id(), Backlog.Lag::seconds);
      gauge("parked", "Streams that it cannot get past", consumer.id(), Backlog.Lag::parked);
    }
  }

  private void gauge(
      String name, String what, String consumer, ToDoubleFunction<Backlog.Lag> figure) {
    Gauge.builder(
            PREFIX + name,
            backlog,
            log ->
                log.snapshot().lags().stream()
                    .filter(lag -> lag.consumer().equals(consumer))
                    .mapToDouble(figure)
                    .findFirst()
                    .orElse(Double.NaN))
        .description(what)
        .tag("consumer", consumer)
        .register(meters);
  }
}
