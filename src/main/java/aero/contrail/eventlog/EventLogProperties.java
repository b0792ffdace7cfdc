package aero.contrail.eventlog;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an instance works through the log.
 *
 * @param workers threads that handle events
 * @param lanes threads that may work for a consumer at the same time
 * @param batchSize the most events of a partition at a time
 * @param pace how long a consumer waits from the beginning of a batch to that of the next, unless
 *     the last one was full; by default 10 ms. What comes after a pause is handled at once; under
 *     load events are handled together, which costs much less
 */
@ConfigurationProperties("contrail.eventlog")
record EventLogProperties(
    @DefaultValue("4") int workers,
    @DefaultValue("1") int lanes,
    @DefaultValue("500") int batchSize,
    @DefaultValue Map<String, Duration> pace) {

  private static final Duration DEFAULT_PACE = Duration.ofMillis(10);

  EventLogProperties {
    if (workers < 1 || lanes < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "contrail.eventlog.workers, .lanes and .batch-size must be at least 1");
    }
    pace = Map.copyOf(pace);
  }

  Duration pace(Consumer consumer) {
    return pace.getOrDefault(consumer.id(), DEFAULT_PACE);
  }
}
