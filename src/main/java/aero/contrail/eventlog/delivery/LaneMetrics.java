package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.handlers.EventConsumer;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Measures by consumer how long the steps of a delivery take. Thread-safe. */
@Component
class LaneMetrics {

  private static final String PREFIX = "contrail.eventlog.";

  private final MeterRegistry meters;
  private final Map<String, Meters> byConsumer = new ConcurrentHashMap<>();

  LaneMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  private record Meters(
      Timer done,
      Timer failed,
      DistributionSummary size,
      Timer claimed,
      Timer settled,
      Timer committed) {}

  /** Runs the handling of a batch and measures it. */
  void time(EventConsumer consumer, int events, Runnable batch) {
    var its = its(consumer);
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

  /** A consumer that was woken has looked. */
  void claimed(EventConsumer consumer, Duration after) {
    its(consumer).claimed().record(after);
  }

  /** What a consumer had been woken for, and could not read at once, can be read. */
  void settled(EventConsumer consumer, Duration after) {
    its(consumer).settled().record(after);
  }

  /** A batch is committed. */
  void committed(EventConsumer consumer, Duration after) {
    its(consumer).committed().record(after);
  }

  private Meters its(EventConsumer consumer) {
    return byConsumer.computeIfAbsent(consumer.id(), this::meters);
  }

  private Meters meters(String consumer) {
    return new Meters(
        handler(consumer, "done"),
        handler(consumer, "failed"),
        DistributionSummary.builder(PREFIX + "batch.size")
            .description("Events that a handler got together")
            .tag("consumer", consumer)
            .register(meters),
        step(consumer, "claimed", "From the commit that woke a consumer to its claim"),
        step(consumer, "settled", "From a claim that could not read yet to the one that could"),
        step(consumer, "committed", "From the claim of a batch to its commit"));
  }

  private Timer handler(String consumer, String outcome) {
    return Timer.builder(PREFIX + "handler")
        .description("Time that a batch took its handlers, without claim and commit")
        .tag("consumer", consumer)
        .tag("outcome", outcome)
        .register(meters);
  }

  private Timer step(String consumer, String step, String what) {
    return Timer.builder(PREFIX + step)
        .description(what)
        .tag("consumer", consumer)
        .publishPercentiles(0.5, 0.99)
        .register(meters);
  }
}
