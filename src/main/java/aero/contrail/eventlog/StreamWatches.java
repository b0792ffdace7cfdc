package aero.contrail.eventlog;

import aero.contrail.eventlog.Publications.Committed;
import aero.contrail.events.DomainEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

  private final EventTable table;
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

  private void committed(Committed committed) {
    committed.events().forEach(this::tell);
  }

  private void tell(Recorded<DomainEvent> event) {
    for (var watch : watches.getOrDefault(event.stream(), Set.of())) {
      watch.see(event.event());
    }
  }

  /** Looks for all watches together: another instance has committed something. */
  void look() {
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
    private Consumer<DomainEvent> waiting = _ -> {};
    private int looked;

    private synchronized void see(DomainEvent event) {
      seen.add(event);
      waiting.accept(event);
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
    public boolean await(Predicate<DomainEvent> condition, Duration time)
        throws InterruptedException {
      var end = System.nanoTime() + time.toNanos();
      var met = met(condition);
      var look = FIRST_LOOK;
      while (true) {
        var left = end - System.nanoTime();
        var before = heard();
        if (met.await(Math.min(left, look.toNanos()), TimeUnit.NANOSECONDS)) {
          return true;
        }
        if (left <= look.toNanos()) {
          return isStored(condition);
        }
        if (heard() == before && isStored(condition)) {
          return true;
        }
        look = LOOK;
      }
    }

    private synchronized int heard() {
      return seen.size();
    }

    /** Falls when an event is seen that meets the condition: no other wakes the thread. */
    private synchronized CountDownLatch met(Predicate<DomainEvent> condition) {
      var met = new CountDownLatch(1);
      waiting =
          event -> {
            if (condition.test(event)) {
              met.countDown();
            }
          };
      seen.forEach(waiting);
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
