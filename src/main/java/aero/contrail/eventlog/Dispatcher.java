package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings events to their handlers: woken by the commits of this instance, and by a slow poll for
 * everything else. One thread at a time works on a slot of a consumer, in this instance and,
 * through the lock on the cursor row, in all of them.
 */
@Component
class Dispatcher implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration HORIZON = Duration.ofMillis(2);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final EventTypes types;
  private final Consumers consumers;
  private final Cursors cursors;
  private final TransactionOperations transaction;
  private final int workers;
  private final int batchSize;

  private volatile Map<String, List<Lane>> lanesByType = Map.of();
  private volatile boolean running;
  private ExecutorService executor = Executors.newCachedThreadPool();
  private ScheduledExecutorService timer = Executors.newScheduledThreadPool(0);

  Dispatcher(
      EventTypes types,
      Consumers consumers,
      Cursors cursors,
      TransactionOperations transaction,
      Publications publications,
      @Value("${contrail.eventlog.workers:4}") int workers,
      @Value("${contrail.eventlog.batch-size:500}") int batchSize) {
    this.types = types;
    this.consumers = consumers;
    this.cursors = cursors;
    this.transaction = transaction;
    this.workers = workers;
    this.batchSize = batchSize;
    publications.afterCommit(this::committed);
  }

  @Override
  public void start() {
    var all = consumers.all(types);
    cursors.register(all);
    var lanes =
        all.stream()
            .flatMap(
                consumer ->
                    IntStream.range(0, EventTable.SLOTS)
                        .mapToObj(slot -> new Lane(consumer, slot, batchSize)))
            .toList();
    lanesByType =
        lanes.stream()
            .flatMap(lane -> lane.consumer.types().stream().map(type -> Map.entry(type, lane)))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    executor = Executors.newFixedThreadPool(workers, named("events-"));
    timer = Executors.newSingleThreadScheduledExecutor(named("events-timer-"));
    running = true;
    var _ =
        timer.scheduleWithFixedDelay(() -> poll(lanes), 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets the batches at work commit. What is left waits in the log. */
  @Override
  public void stop() {
    running = false;
    timer.shutdownNow();
    executor.shutdown();
    try {
      if (!executor.awaitTermination(STOP.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("Event handlers did not end within {}; their batches are undone", STOP);
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void committed(List<Recorded<DomainEvent>> events) {
    for (var event : events) {
      var slot = EventTable.slot(event.stream());
      for (var lane : lanesByType.getOrDefault(event.type(), List.of())) {
        if (lane.slot == slot) {
          wake(lane);
        }
      }
    }
  }

  private void poll(List<Lane> lanes) {
    try {
      var behind = cursors.behind();
      lanes.stream()
          .filter(lane -> behind.contains(new Cursors.Behind(lane.consumer.id(), lane.slot)))
          .forEach(this::wake);
    } catch (RuntimeException e) {
      log.warn("Could not look for unhandled events, next try in {}", POLL, e);
    }
  }

  private void wake(Lane lane) {
    if (lane.wake()) {
      queue(lane);
    }
  }

  private void queue(Lane lane) {
    try {
      executor.execute(() -> run(lane));
    } catch (RejectedExecutionException e) {
      log.debug("{} waits for the next start", lane, e);
    }
  }

  private void later(Duration delay, Runnable task) {
    try {
      var _ = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("Stopped: the log keeps what is left", e);
    }
  }

  private void run(Lane lane) {
    lane.begin();
    var again = false;
    var rest = Duration.ZERO;
    try {
      var batch = transaction.execute(_ -> handle(lane));
      again = batch.events().size() == lane.batchSize();
      lane.succeeded();
      if (batch.waiting() && !again) {
        later(HORIZON, () -> wake(lane));
      }
    } catch (RuntimeException e) {
      rest = lane.failed();
      log.warn("{} failed, next try in {} ms", lane, rest.toMillis(), e);
    }
    if (lane.end()) {
      queue(lane);
    } else if (again) {
      wake(lane);
    }
    if (rest.isPositive()) {
      later(rest, () -> wakeFromRest(lane));
    }
  }

  private void wakeFromRest(Lane lane) {
    if (lane.wakeFromRest()) {
      queue(lane);
    }
  }

  private Cursors.Batch handle(Lane lane) {
    var batch = cursors.claim(lane.consumer, lane.slot, lane.batchSize());
    var events = batch.events();
    if (!events.isEmpty()) {
      ScopedValue.where(Origin.CURRENT, Origin.system("system:" + lane.consumer.id()))
          .run(() -> lane.consumer.handle(events));
    }
    if (batch.claimed()) {
      cursors.advance(lane.consumer, lane.slot, batch);
    }
    return batch;
  }

  private static ThreadFactory named(String prefix) {
    return Thread.ofPlatform().name(prefix, 0).daemon().factory();
  }
}
