package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import aero.contrail.events.ReservationEvent.FlightDeparted;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Notes the numbers of the facts that an instance handled, in their order. Thread-safe. */
public class Notes {

  private final List<String> seen = new CopyOnWriteArrayList<>();

  /** Handles {@link SegmentFlown}, as every release of it did. */
  public static class OfFlown extends Notes {

    @EventHandler("test.reader")
    public void onFlown(SegmentFlown flown) {
      note(flown);
    }
  }

  /** A newer release also handles {@link FlightDeparted}. */
  public static class OfFlownAndDeparted extends Notes {

    @EventHandler("test.reader")
    public void onFlown(SegmentFlown flown) {
      note(flown);
    }

    @EventHandler("test.reader")
    public void onDeparted(FlightDeparted departed) {
      note(departed);
    }
  }

  /** A consumer that is not interested in what was before. */
  public static class FromNow extends Notes {

    @EventHandler(value = "test.from-now", from = EventHandler.Start.NOW)
    public void onFlown(SegmentFlown flown) {
      note(flown);
    }
  }

  /** A consumer that fails on some facts. */
  public static class Failing extends Notes {
    private final Predicate<DomainEvent> fails;

    public Failing(Predicate<DomainEvent> fails) {
      this.fails = fails;
    }

    @EventHandler("test.reader")
    public void onFlown(SegmentFlown flown) {
      if (fails.test(flown)) {
        throw new IllegalStateException("cannot stand " + flown);
      }
      note(flown);
    }
  }

  protected void note(DomainEvent event) {
    seen.add(text(event));
  }

  private static String text(DomainEvent event) {
    return event.stream() + " " + event.at().toEpochMilli();
  }

  /** What was handled, each as stream and number. */
  public List<String> seen() {
    return List.copyOf(seen);
  }

  public boolean has(DomainEvent event) {
    return seen.contains(text(event));
  }

  /** Waits until so many facts were handled. */
  public void await(int count) {
    Awaitility.await(count + " facts")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> seen.size() >= count);
  }

  public void await(DomainEvent event) {
    Awaitility.await(event.toString())
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> has(event));
  }
}
