package aero.contrail.eventlog;

import aero.contrail.eventlog.Claims.Batch;
import aero.contrail.eventlog.Publications.Committed;
import aero.contrail.events.DomainEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings events to their handlers: woken by the commits of this instance and by the bell of the
 * others; a slow poll finds what both missed. One thread at a time works on a partition of a
 * consumer, in this instance and, through the lock on the cursor row, in all of them.
 */
@Component
class Dispatcher implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  private static final Duration POLL = Duration.ofSeconds(2);

  /** When to look again for what cannot be read yet, or what another instance is at work on. */
  private static final Duration SOON = Duration.ofMillis(25);

  private static final Duration LOOK = Duration.ofMillis(30);

  /** The topic of those who wait for a stream in another instance. */
  private static final String WATCHES = "watches";

  /** One for the poll, which may wait for the database, and one for all that must be in time. */
  private static final int TIMERS = 2;

  private static final Duration STOP = Duration.ofSeconds(10);

  private final EventTypes types;
  private final Consumers consumers;
  private final ConsumerRegister register;
  private final Cursors cursors;
  private final Claims claims;
  private final Parking parking;
  private final Rebuilds rebuilds;
  private final Bell bell;
  private final StreamWatches watches;
  private final Partitions partitions;
  private final LogMetrics metrics;
  private final Backlog backlog;
  private final TransactionOperations transaction;
  private final EventLogProperties properties;

  private volatile Lanes lanes;
  private volatile boolean running;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Set<String> resuming = ConcurrentHashMap.newKeySet();
  private ExecutorService executor = Executors.newCachedThreadPool();

  /** Apart from the workers: what is parked must not keep them from what is not. */
  private ExecutorService resumer = Executors.newCachedThreadPool();

  private ScheduledExecutorService timer = Executors.newScheduledThreadPool(0);
  private final List<Thread> helpers = new ArrayList<>();

  Dispatcher(
      EventTypes types,
      Consumers consumers,
      ConsumerRegister register,
      Cursors cursors,
      Claims claims,
      Parking parking,
      Rebuilds rebuilds,
      Bell bell,
      StreamWatches watches,
      Partitions partitions,
      LogMetrics metrics,
      Backlog backlog,
      TransactionOperations transaction,
      Publications publications,
      EventLogProperties properties) {
    this.types = types;
    this.consumers = consumers;
    this.register = register;
    this.cursors = cursors;
    this.claims = claims;
    this.parking = parking;
    this.rebuilds = rebuilds;
    this.bell = bell;
    this.watches = watches;
    this.partitions = partitions;
    this.metrics = metrics;
    this.backlog = backlog;
    this.transaction = transaction;
    this.properties = properties;
    this.lanes = lanesOf(List.of(), List.of());
    publications.afterCommit(this::committed);
  }

  @Override
  public void start() {
    var live = consumers.all(types);
    register.register(live);
    metrics.show(live);
    backlog.expect(live);
    if (cursors.areAhead()) {
      throw new IllegalStateException(
          "The log's order keys are ahead of this server's transaction numbers: it was restored"
              + " from another server. Run docs/operations/after-restore.sql, then start again.");
    }
    lanes = lanesOf(live, rebuilds.shadows(live, types));
    executor = Executors.newFixedThreadPool(properties.workers(), named("events-"));
    resumer = Executors.newSingleThreadExecutor(named("events-resume-"));
    timer = Executors.newScheduledThreadPool(TIMERS, named("events-timer-"));
    running = true;
    helpers.add(daemon("events-horizon", lanes::watch));
    helpers.add(daemon("events-bell", bell::tell));
    helpers.add(daemon("events-listener", () -> bell.listen(this::heard)));
    var _ = timer.scheduleWithFixedDelay(this::poll, 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Lanes lanesOf(List<Consumer> live, List<Consumer> shadows) {
    return new Lanes(cursors, partitions, live, shadows, properties, this::wake);
  }

  /** Lets the batches at work commit. What is left waits in the log. */
  @Override
  public void stop() {
    running = false;
    bell.close();
    helpers.forEach(Thread::interrupt);
    helpers.clear();
    timer.shutdownNow();
    resumer.shutdown();
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

  /** Starts before the web server and stops after it: requests that wait are still answered. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 4096;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void committed(Committed committed) {
    var topics = lanes.expect(committed);
    topics.add(WATCHES);
    bell.ring(topics);
  }

  private void heard(Set<String> topics) {
    if (looking.compareAndSet(false, true)) {
      later(LOOK, this::look);
    }
    if (topics.contains(Bell.ALL)) {
      poll();
    } else {
      lanes.named(topics).forEach(this::wake);
    }
  }

  /** For those who wait for a stream: once for all that was heard meanwhile. */
  private void look() {
    looking.set(false);
    queue(executor, watches::look);
  }

  private void poll() {
    try {
      for (var behind : cursors.behind(lanes.consumers())) {
        lanes
            .of(behind.consumer(), behind.partition())
            .forEach(lane -> poll(lane, behind.stream()));
      }
    } catch (RuntimeException | Error e) {
      log.warn("Could not look for unhandled events, next try in {}", POLL, e);
    }
  }

  private void poll(Lane lane, @Nullable String stream) {
    if (stream == null) {
      wake(lane);
    } else {
      resume(lane.consumer, stream);
    }
  }

  private void wake(Lane lane) {
    if (lane.wake()) {
      runIn(lane.pause(), lane);
    }
  }

  private void runIn(Duration pause, Lane lane) {
    if (pause.isPositive()) {
      later(pause, () -> queue(executor, () -> run(lane)));
    } else {
      queue(executor, () -> run(lane));
    }
  }

  private static void queue(ExecutorService executor, Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      log.debug("Stopped: the log keeps what is left", e);
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
    var claimed = new AtomicReference<>(Batch.NONE);
    var rest = Duration.ZERO;
    var again = false;
    try {
      var begun = System.nanoTime();
      transaction.executeWithoutResult(status -> handle(lane, claimed, status));
      lane.succeeded(Duration.ofNanos(System.nanoTime() - begun));
      claimed.get().unreadable().forEach(e -> park(lane, e.event(), e));
      again = goOn(lane, claimed.get());
    } catch (RuntimeException e) {
      rest = failed(lane, claimed.get(), e);
      again = rest.isZero();
    } catch (Error e) {
      rest = lane.backOff(false);
      log.error("{} tries again in {} ms", lane, rest.toMillis(), e);
    }
    if (lane.end(rest.isPositive()) || (again && lane.wake())) {
      runIn(again ? Duration.ZERO : lane.pause(), lane);
    } else if (rest.isPositive()) {
      later(rest, () -> wakeFromRest(lane));
    }
  }

  private void handle(Lane lane, AtomicReference<Batch> claimed, TransactionStatus status) {
    var batch = claims.claim(lane.consumer, lane.wanted(), lane.batchSize());
    var events = batch.events();
    claimed.set(batch);
    if (!events.isEmpty()) {
      metrics.time(lane.consumer, events.size(), () -> handle(lane.consumer, events));
    }
    if (!events.isEmpty() || batch.isFull() || (batch.hasPartitions() && lane.shouldPass())) {
      cursors.advance(lane.consumer.id(), batch.readable());
    } else {
      status.setRollbackOnly(); // nothing was done: spare the disk a commit
    }
  }

  static void handle(Consumer consumer, List<Recorded<DomainEvent>> events) {
    if (Rebuilds.isShadow(consumer.id())) {
      consumer.handleAgain(events);
    } else {
      ScopedValue.where(Origin.CURRENT, Origin.system("system:" + consumer.id()))
          .run(() -> consumer.handle(events));
    }
  }

  /** Whether there is more to do at once. */
  private boolean goOn(Lane lane, Batch batch) {
    if (batch.isFull() || lane.isIsolated()) {
      return true;
    }
    var missing = batch.isWaiting() || batch.partitions().size() < lane.wanted().size();
    if (missing && !lane.isExpecting() && !lane.isShadow() && lane.askToBeWokenSoon()) {
      later(SOON, () -> wakeSoon(lane));
    }
    if (batch.hasPartitions() && lane.isShadow()) {
      rebuilds.swapIfCaughtUp(lane.consumer);
    }
    return false;
  }

  private void wakeSoon(Lane lane) {
    lane.wokeSoon();
    wake(lane);
  }

  /** How long the lane has to rest; zero when it can go on, with less or without the stream. */
  private Duration failed(Lane lane, Batch batch, RuntimeException failure) {
    var single = batch.events().size() == 1;
    if (Failures.isTransient(failure) || (Failures.isTimeout(failure) && !single)) {
      var rest = lane.backOff(Failures.isTimeout(failure));
      log.info("{} tries again in {} ms", lane, rest.toMillis(), failure);
      return rest;
    }
    if (batch.events().size() > 1) {
      log.info("{} failed, takes one event at a time to find which", lane, failure);
      lane.isolate();
      return Duration.ZERO;
    }
    try {
      if (single) {
        park(lane, EventRef.of(batch.events().getFirst()), failure);
        return Duration.ZERO;
      }
      log.warn("{} could not claim what comes next", lane, failure);
    } catch (RuntimeException e) {
      log.warn("{} could not park a stream", lane, e);
    }
    return lane.backOff(false);
  }

  private void park(Lane lane, EventRef event, RuntimeException failure) {
    var delay = parking.park(lane.consumer, event, failure);
    later(delay, () -> resume(lane.consumer, event.stream()));
  }

  private void wakeFromRest(Lane lane) {
    if (lane.wakeFromRest()) {
      runIn(Duration.ZERO, lane);
    }
  }

  private void resume(Consumer consumer, String stream) {
    if (resuming.add(consumer.id() + " " + stream)) {
      queue(resumer, () -> resumed(consumer, stream));
    }
  }

  private void resumed(Consumer consumer, String stream) {
    var next = Optional.<Duration>empty();
    try {
      next = parking.resume(consumer, stream);
    } catch (RuntimeException | Error e) {
      log.info("{} could not go on with {}; the next poll tries again", consumer.id(), stream, e);
    } finally {
      resuming.remove(consumer.id() + " " + stream);
    }
    next.ifPresent(delay -> later(delay, () -> resume(consumer, stream)));
  }

  private static Thread daemon(String name, Runnable work) {
    return Thread.ofPlatform().name(name).daemon().start(work);
  }

  private static ThreadFactory named(String prefix) {
    return Thread.ofPlatform().name(prefix, 0).daemon().factory();
  }
}
