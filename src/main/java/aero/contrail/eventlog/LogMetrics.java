package aero.contrail.eventlog;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** Measures how handlers do, and shows the backlog, by consumer. Thread-safe. */
@Component
class LogMetrics {

  private static final String PREFIX = "contrail.eventlog.";

  private final MeterRegistry meters;
  private final Backlog backlog;
  private final Map<String, Batches> batches = new ConcurrentHashMap<>();

  LogMetrics(MeterRegistry meters, Backlog backlog) {
    this.meters = meters;
    this.backlog = backlog;
    Gauge.builder(PREFIX + "oldest.writer", backlog, log -> log.snapshot().oldestWriterSeconds())
        .description("Age of the oldest writing transaction, which holds all readers back")
        .baseUnit("seconds")
        .register(meters);
  }

  private record Batches(Timer done, Timer failed, DistributionSummary size) {}

  /** Shows how far consumers are behind. */
  void show(Collection<Consumer> consumers) {
    for (var consumer : consumers) {
      gauge("lag.events", "Events that wait for the consumer", consumer, Backlog.Lag::events);
      gauge("lag.seconds", "Age of the oldest event that waits", consumer, Backlog.Lag::seconds);
      gauge("parked", "Streams that the consumer cannot get past", consumer, Backlog.Lag::parked);
    }
  }

  private void gauge(
      String name, String what, Consumer consumer, ToDoubleFunction<Backlog.Lag> figure) {
    Gauge.builder(
            PREFIX + name,
            backlog,
            log ->
                log.snapshot().lags().stream()
                    .filter(lag -> lag.consumer().equals(consumer.id()))
                    .mapToDouble(figure)
                    .findFirst()
                    .orElse(Double.NaN))
        .description(what)
        .tag("consumer", consumer.id())
        .register(meters);
  }

  /** Runs the handling of a batch and measures it. */
  void time(Consumer consumer, int events, Runnable batch) {
    var its = batches.computeIfAbsent(consumer.id(), this::batches);
    var sample = Timer.start(meters);
    var done = false;
    try {
      batch.run();
      done = true;
    } finally {
      var _ = sample.stop(done ? its.done() : its.failed());
      its.size().record(events);
    }
  }

  private Batches batches(String consumer) {
    return new Batches(
        timer(consumer, "done"),
        timer(consumer, "failed"),
        DistributionSummary.builder(PREFIX + "batch.size")
            .description("Events that a handler got together")
            .tag("consumer", consumer)
            .register(meters));
  }

  private Timer timer(String consumer, String outcome) {
    return Timer.builder(PREFIX + "handler")
        .description("Time that a batch took its handlers, without claim and commit")
        .tag("consumer", consumer)
        .tag("outcome", outcome)
        .register(meters);
  }
}
