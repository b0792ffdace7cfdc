package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.handlers.EventConsumer;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an instance works through the log.
 *
 * @param batchSize the most events at a time
 * @param batchBytes the most bytes of payload at a time, but for a single event that has more
 * @param pace how long a consumer waits from the beginning of a batch to that of the next, unless
 *     the last one was full; by default 20 ms. What comes after a pause is handled at once; under
 *     load events are handled together, which costs much less
 * @param poll how often an instance looks for what it was not woken for: the fallback
 * @param tries how often an event is tried before its stream waits for a decision
 * @param warnAfter the lag at which health turns to WARNING
 */
@ConfigurationProperties("contrail.eventlog")
public record EventLogProperties(
    @DefaultValue("500") int batchSize,
    @DefaultValue("1000000") int batchBytes,
    @DefaultValue Map<String, Duration> pace,
    @DefaultValue("PT2S") Duration poll,
    @DefaultValue("6") int tries,
    @DefaultValue("PT10S") Duration warnAfter) {

  private static final Duration DEFAULT_PACE = Duration.ofMillis(20);

  public EventLogProperties {
    if (batchSize < 1 || batchBytes < 1 || tries < 1 || !poll.isPositive()) {
      throw new IllegalArgumentException(
          "contrail.eventlog.batch-size, .batch-bytes, .tries and .poll must be positive");
    }
    pace = Map.copyOf(pace);
  }

  Duration pace(EventConsumer consumer) {
    return pace.getOrDefault(consumer.id(), DEFAULT_PACE);
  }
}
