package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.store.EventTable;
import aero.contrail.eventlog.store.Publications;
import aero.contrail.events.DomainEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Hands what is committed to whoever watches the stream: what this instance commits at once, what
 * others commit when their bell rings, with one statement for all watches; now and then a watch
 * looks by itself.
 */
@Component
class StreamWatches {

  private static final Logger log = LoggerFactory.getLogger(StreamWatches.class);

  /** After how long a watch that has heard nothing looks by itself. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** The first look is earlier: what is waited for may be older than the watch. */
  private static final Duration FIRST_LOOK = Duration.ofMillis(250);

  private static final Duration GATHER = Duration.ofMillis(10);

  private final EventTable table;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Map<String, Set<StreamWatch>> watches = new ConcurrentHashMap<>();

  StreamWatches(EventTable table, Publications publications) {
    this.table = table;
    publications.afterCommit(this::committed);
  }

  EventLog.Watch watch(String stream) {
    var watch = new StreamWatch(stream);
    watches.compute(
        stream,
        (_, others) -> {
          Set<StreamWatch> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(watch);
          return all;
        });
    return watch;
  }

  private void committed(List<Recorded<DomainEvent>> events) {
    events.forEach(this::tell);
  }

  private void tell(Recorded<DomainEvent> event) {
    for (var watch : watches.getOrDefault(event.stream(), Set.of())) {
      watch.see(event.event());
    }
  }

  /** Another instance has committed something: looks once for all that is heard meanwhile. */
  void lookSoon() {
    if (!watches.isEmpty() && looking.compareAndSet(false, true)) {
      Thread.startVirtualThread(
          () -> {
            pause();
            looking.set(false);
            look();
          });
    }
  }

  private static void pause() {
    try {
      Thread.sleep(GATHER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    var streams = Set.copyOf(watches.keySet());
    if (!streams.isEmpty()) {
      try {
        for (var event : table.read(streams)) {
          for (var watch : watches.getOrDefault(event.stream(), Set.of())) {
            watch.found(event);
          }
        }
      } catch (RuntimeException e) {
        log.info("Could not look for those who wait; they look by themselves", e);
      }
    }
  }

  private final class StreamWatch implements EventLog.Watch {
    private final String stream;
    private final List<DomainEvent> seen = new ArrayList<>();
    private Predicate<DomainEvent> condition = _ -> false;
    private CountDownLatch met = new CountDownLatch(1);
    private int looked;

    private synchronized void see(DomainEvent event) {
      seen.add(event);
      if (condition.test(event)) {
        met.countDown();
      }
    }

    /** An event that was found in the log; each is offered once. */
    private synchronized void found(Recorded<DomainEvent> event) {
      if (event.version() > looked) {
        looked = event.version();
        see(event.event());
      }
    }

    private StreamWatch(String stream) {
      this.stream = stream;
    }

    @Override
    public boolean await(Predicate<DomainEvent> wanted, Duration time) throws InterruptedException {
      var end = System.nanoTime() + time.toNanos();
      var decided = met(wanted);
      var look = FIRST_LOOK;
      while (true) {
        var left = end - System.nanoTime();
        var before = heard();
        if (decided.await(Math.min(left, look.toNanos()), TimeUnit.NANOSECONDS)) {
          return true;
        }
        if (left <= look.toNanos()) {
          return isStored(wanted);
        }
        if (heard() == before && isStored(wanted)) {
          return true;
        }
        look = LOOK;
      }
    }

    private synchronized int heard() {
      return seen.size();
    }

    /** Falls when an event is seen that meets the condition: no other wakes the thread. */
    private synchronized CountDownLatch met(Predicate<DomainEvent> wanted) {
      condition = wanted;
      met = new CountDownLatch(seen.stream().anyMatch(wanted) ? 0 : 1);
      return met;
    }

    private boolean isStored(Predicate<DomainEvent> condition) {
      return table.read(Set.of(stream)).stream().map(Recorded::event).anyMatch(condition);
    }

    @Override
    public void close() {
      watches.computeIfPresent(
          stream,
          (_, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }
}
