package aero.contrail.eventlog;

import aero.contrail.eventlog.Publications.Committed;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All lanes of an instance, and the watch for committed events to become readable: those above the
 * horizon may have a predecessor that is not committed yet. One thread asks for all lanes together,
 * and only while something is expected; so no lane claims its cursor in vain. Thread-safe.
 */
final class Lanes {

  private static final Logger log = LoggerFactory.getLogger(Lanes.class);

  /** Between two looks while something is still above the horizon: longer makes larger batches. */
  private static final Duration PAUSE = Duration.ofMillis(1);

  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  private final Cursors cursors;
  private final Partitions partitions;
  private final Consumer<Lane> wake;
  private final List<Lane> all;
  private final Map<String, List<Lane>> byType;
  private final Semaphore signal = new Semaphore(0);

  /**
   * @param live consumers that are woken by what is committed; the shadows are found by the poll
   */
  Lanes(
      Cursors cursors,
      Partitions partitions,
      Collection<aero.contrail.eventlog.Consumer> live,
      Collection<aero.contrail.eventlog.Consumer> shadows,
      EventLogProperties properties,
      Consumer<Lane> wake) {
    this.cursors = cursors;
    this.partitions = partitions;
    this.wake = wake;
    this.all =
        Stream.concat(live.stream(), shadows.stream())
            .flatMap(
                consumer ->
                    IntStream.range(0, Math.min(properties.lanes(), partitions.count()))
                        .mapToObj(lane -> lane(consumer, lane, properties)))
            .toList();
    this.byType =
        all.stream()
            .filter(lane -> !lane.isShadow())
            .flatMap(lane -> lane.consumer.types().stream().map(type -> Map.entry(type, lane)))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  private Lane lane(
      aero.contrail.eventlog.Consumer consumer, int number, EventLogProperties properties) {
    var its = partitions.all().stream().filter(p -> p % properties.lanes() == number).toList();
    return new Lane(consumer, its, properties);
  }

  /** The ids of all consumers that have lanes here. */
  Set<String> consumers() {
    return all.stream().map(lane -> lane.consumer.id()).collect(Collectors.toSet());
  }

  Stream<Lane> of(String consumer, int partition) {
    return all.stream().filter(lane -> lane.has(partition) && lane.consumer.id().equals(consumer));
  }

  /** The lanes that a bell's topics name. */
  Stream<Lane> named(Set<String> topics) {
    return all.stream().filter(lane -> lane.topics().anyMatch(topics::contains));
  }

  /**
   * Has the lanes expect what was committed.
   *
   * @return their names, as topics for the bell
   */
  Set<String> expect(Committed committed) {
    var topics = new HashSet<String>();
    for (var event : committed.events()) {
      var partition = partitions.of(event.stream());
      for (var lane : byType.getOrDefault(event.type(), List.of())) {
        if (lane.has(partition)) {
          lane.expect(committed.key());
          topics.add(lane.topic(partition));
        }
      }
    }
    if (!topics.isEmpty() && signal.availablePermits() == 0) {
      signal.release();
    }
    return topics;
  }

  /** Wakes lanes as the horizon passes what they expect, until it is interrupted. */
  void watch() {
    try {
      while (true) {
        signal.acquire();
        signal.drainPermits();
        while (wakeReadable()) {
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      log.debug("Stopped");
    }
  }

  /** Whether something is still expected. */
  private boolean wakeReadable() throws InterruptedException {
    try {
      var horizon = cursors.horizon();
      all.stream().filter(lane -> lane.canRead(horizon)).forEach(wake);
    } catch (RuntimeException | Error e) {
      log.warn("Could not look for the horizon, next try in {}", AFTER_FAILURE, e);
      Thread.sleep(AFTER_FAILURE);
    }
    return all.stream().anyMatch(Lane::isExpecting);
  }
}
