package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.store.EventTable;
import aero.contrail.eventlog.store.Publications;
import aero.contrail.events.DomainEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
      watch.see(event);
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
        table.read(streams).forEach(this::tell);
      } catch (RuntimeException e) {
        log.info("Could not look for those who wait; they look by themselves", e);
      }
    }
  }

  private final class StreamWatch implements EventLog.Watch {
    private final String stream;

    /** By version: an event that is told and found is one. */
    private final SortedMap<Integer, Recorded<DomainEvent>> seen = new TreeMap<>();

    private Predicate<Recorded<DomainEvent>> condition = _ -> false;
    private CountDownLatch met = new CountDownLatch(1);

    private StreamWatch(String stream) {
      this.stream = stream;
    }

    private synchronized void see(Recorded<DomainEvent> event) {
      // One that the log counted is told without its version, and found with it.
      var isNew = event.version() < 1 || seen.put(event.version(), event) == null;
      if (isNew && condition.test(event)) {
        met.countDown();
      }
    }

    @Override
    public boolean await(Predicate<DomainEvent> wanted, Duration time) throws InterruptedException {
      return awaitRecorded(event -> wanted.test(event.event()), time);
    }

    @Override
    public boolean awaitLater(int version, Duration time) throws InterruptedException {
      return awaitRecorded(event -> event.version() > version, time);
    }

    private boolean awaitRecorded(Predicate<Recorded<DomainEvent>> wanted, Duration time)
        throws InterruptedException {
      var end = System.nanoTime() + time.toNanos();
      var decided = met(wanted);
      var look = FIRST_LOOK;
      while (true) {
        var left = end - System.nanoTime();
        var before = heard();
        if (decided.await(Math.min(left, look.toNanos()), TimeUnit.NANOSECONDS)) {
          return true;
        }
        if (left <= look.toNanos() || heard() == before) {
          table.read(Set.of(stream)).forEach(this::see);
        }
        if (left <= look.toNanos()) {
          return decided.getCount() == 0;
        }
        look = LOOK;
      }
    }

    private synchronized int heard() {
      return seen.size();
    }

    /** Falls when an event is seen that meets the condition: no other wakes the thread. */
    private synchronized CountDownLatch met(Predicate<Recorded<DomainEvent>> wanted) {
      condition = wanted;
      met = new CountDownLatch(seen.values().stream().anyMatch(wanted) ? 0 : 1);
      return met;
    }

    @Override
    public synchronized List<Recorded<DomainEvent>> seen() {
      return !seen.isEmpty() && seen.lastKey() == seen.size()
          ? List.copyOf(seen.values())
          : List.of();
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
