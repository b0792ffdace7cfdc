package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Hands what this instance commits to whoever watches the stream; looks itself now and then. */
@Component
class StreamWatches {

  /** How often a waiting watch reads the stream, for what other instances appended. */
  private static final Duration LOOK = Duration.ofMillis(250);

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

  private void committed(List<Recorded<DomainEvent>> events) {
    for (var event : events) {
      for (var watch : watches.getOrDefault(event.stream(), Set.of())) {
        watch.seen.add(event.event());
      }
    }
  }

  private final class StreamWatch implements EventLog.Watch {
    private final String stream;
    private final BlockingQueue<DomainEvent> seen = new LinkedBlockingQueue<>();

    private StreamWatch(String stream) {
      this.stream = stream;
    }

    @Override
    public boolean await(Predicate<DomainEvent> condition, Duration time)
        throws InterruptedException {
      var end = System.nanoTime() + time.toNanos();
      while (true) {
        var left = end - System.nanoTime();
        var event = seen.poll(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
        if (event != null && condition.test(event)) {
          return true;
        }
        if (event == null && stored().stream().anyMatch(condition)) {
          return true;
        }
        if (event == null && left <= LOOK.toNanos()) {
          return false;
        }
      }
    }

    private List<DomainEvent> stored() {
      return table.read(List.of(stream)).stream().map(Recorded::event).toList();
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
