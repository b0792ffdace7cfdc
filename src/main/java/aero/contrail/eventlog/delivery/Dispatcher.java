package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.handlers.EventConsumer;
import aero.contrail.eventlog.handlers.HandlerScan;
import aero.contrail.eventlog.store.EventTypes;
import aero.contrail.eventlog.store.Partitions;
import aero.contrail.eventlog.store.Publications;
import aero.contrail.events.DomainEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts and stops the lanes of this instance, and wakes them: at the commits of this instance,
 * when another rings, and by a slow poll for what both missed.
 */
@Component
public class Dispatcher implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  private static final Duration STOP = Duration.ofSeconds(10);

  private final HandlerScan scan;
  private final EventTypes types;
  private final ConsumerRegister register;
  private final Cursors cursors;
  private final Delivery delivery;
  private final Parking parking;
  private final Retries retries;
  private final ShadowConsumers shadows;
  private final Bell bell;
  private final StreamWatches watches;
  private final Partitions partitions;
  private final LaneMetrics metrics;
  private final EventLogProperties properties;

  private volatile Map<Lane, Thread> lanes = Map.of();
  private volatile Map<String, List<Lane>> byType = Map.of();
  private volatile boolean running;
  private final List<Thread> helpers = new ArrayList<>();

  Dispatcher(
      HandlerScan scan,
      EventTypes types,
      ConsumerRegister register,
      Cursors cursors,
      Delivery delivery,
      Parking parking,
      Retries retries,
      ShadowConsumers shadows,
      Bell bell,
      StreamWatches watches,
      Partitions partitions,
      LaneMetrics metrics,
      Publications publications,
      EventLogProperties properties) {
    this.scan = scan;
    this.types = types;
    this.register = register;
    this.cursors = cursors;
    this.delivery = delivery;
    this.parking = parking;
    this.retries = retries;
    this.shadows = shadows;
    this.bell = bell;
    this.watches = watches;
    this.partitions = partitions;
    this.metrics = metrics;
    this.properties = properties;
    publications.afterCommit(this::committed);
  }

  @Override
  public void start() {
    var live = scan.consumers(types);
    var copies = shadows.shadowsOf(live);
    cursors.raiseSequence();
    register.register(live);
    var traffic = new Traffic();
    var all = new HashMap<Lane, Thread>();
    var interested = new HashMap<String, List<Lane>>();
    for (var consumer : Stream.concat(live.stream(), copies.stream()).toList()) {
      for (var partition = 0; partition < partitions.count(); partition++) {
        var lane = lane(consumer, partition, traffic);
        all.put(lane, threadOf(lane));
        if (!consumer.isShadow()) { // the poll is enough for those
          consumer
              .types()
              .forEach(t -> interested.computeIfAbsent(t, _ -> new ArrayList<>()).add(lane));
        }
      }
    }
    lanes = all;
    byType = interested;
    running = true;
    var byId =
        all.keySet().stream()
            .map(Lane::consumer)
            .distinct()
            .collect(Collectors.toUnmodifiableMap(EventConsumer::id, consumer -> consumer));
    helpers.add(helper("events-poll", this::poll));
    helpers.add(helper("events-retry", () -> retries.run(byId)));
    helpers.add(helper("events-bell", bell::tell));
    helpers.add(helper("events-listener", () -> bell.listen(this::heard)));
  }

  private Lane lane(EventConsumer consumer, int partition, Traffic traffic) {
    Runnable caughtUp = consumer.isShadow() ? () -> shadows.caughtUp(consumer) : () -> {};
    return new Lane(consumer, partition, delivery, parking, traffic, metrics, caughtUp, properties);
  }

  private static Thread threadOf(Lane lane) {
    return Thread.ofPlatform().name("events-" + lane).daemon().start(lane);
  }

  private Thread helper(String name, Runnable work) {
    return Thread.ofPlatform().name(name).daemon().start(() -> keepOn(work));
  }

  /** Whatever is thrown, the work begins again; it ends by itself when it is interrupted. */
  private void keepOn(Runnable work) {
    var ended = false;
    while (!ended && running) {
      try {
        work.run();
        ended = true;
      } catch (Throwable e) {
        log.error("{} begins again", Thread.currentThread().getName(), e);
      }
    }
  }

  /** Lets the batches at work commit. What is left waits in the log. */
  @Override
  public void stop() {
    running = false;
    bell.close();
    helpers.forEach(Thread::interrupt);
    helpers.clear();
    lanes.keySet().forEach(Lane::stop);
    var end = System.nanoTime() + STOP.toNanos();
    try {
      for (var thread : lanes.values()) {
        if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          log.warn("{} did not end within {}; its batch is undone", thread.getName(), STOP);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lanes = Map.of();
    byType = Map.of();
  }

  /** Starts before the web server and stops after it: requests that wait are still answered. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 4096;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Consumers of this instance that do not get on by themselves, with why and what would help. */
  public Map<String, String> troubles() {
    var troubles = new TreeMap<String, String>();
    lanes.keySet().forEach(lane -> lane.trouble().ifPresent(t -> troubles.put(lane.toString(), t)));
    return troubles;
  }

  /** Has the consumer look soon whether there is something to do. */
  public void wake(String consumer) {
    lanes.keySet().stream()
        .filter(lane -> lane.consumer().id().equals(consumer))
        .forEach(Lane::wake);
  }

  /** Has parked streams looked at soon. */
  public void retrySoon() {
    retries.wake();
  }

  private void committed(List<Recorded<DomainEvent>> events) {
    var types = new HashSet<String>();
    events.forEach(event -> types.add(event.type()));
    arrived(types);
  }

  /** Events of these types have been committed. */
  void arrived(Set<String> types) {
    wakeAll(types);
    bell.ring(types); // other instances may have other consumers
  }

  private void heard(Set<String> types) {
    watches.lookSoon();
    if (types.contains(Bell.ALL)) {
      lanes.keySet().forEach(Lane::wake);
    } else {
      wakeAll(types);
    }
  }

  private void wakeAll(Set<String> types) {
    for (var type : types) {
      byType.getOrDefault(type, List.of()).forEach(Lane::wake);
    }
  }

  private void poll() {
    try {
      while (true) {
        Thread.sleep(properties.poll());
        look();
      }
    } catch (InterruptedException e) {
      log.debug("Stopped");
    }
  }

  private void look() {
    try {
      reviveDead();
      var all = lanes.keySet().stream().map(lane -> lane.consumer().id()).distinct().toList();
      cursors.behind(all).forEach(this::wake);
    } catch (RuntimeException | Error e) {
      log.warn("Could not look for unhandled events, next try in {}", properties.poll(), e);
    }
  }

  /** A thread may end when there is no memory left even to say so. */
  private void reviveDead() {
    if (running && lanes.values().stream().anyMatch(thread -> !thread.isAlive())) {
      var living = new HashMap<>(lanes);
      living.replaceAll((lane, thread) -> thread.isAlive() ? thread : threadOf(lane));
      lanes = living;
    }
  }
}
