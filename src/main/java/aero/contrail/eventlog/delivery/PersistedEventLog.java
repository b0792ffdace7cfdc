package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.store.EventTable;
import aero.contrail.eventlog.store.Publications;
import aero.contrail.events.DomainEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The log as other modules see it. */
@Component
class PersistedEventLog implements EventLog {

  private final EventTable events;
  private final Publications publications;
  private final StreamWatches watches;
  private final Backlog backlog;
  private final ConsumerRegister register;

  PersistedEventLog(
      EventTable events,
      Publications publications,
      StreamWatches watches,
      Backlog backlog,
      ConsumerRegister register) {
    this.events = events;
    this.publications = publications;
    this.watches = watches;
    this.backlog = backlog;
    this.register = register;
  }

  @Override
  public void because(Recorded<?> cause, Runnable consequence) {
    Publications.because(cause, consequence);
  }

  @Override
  public Recorded<?> append(int expectedVersion, List<? extends DomainEvent> facts) {
    return publications.append(expectedVersion, null, facts);
  }

  @Override
  public Recorded<?> append(Recorded<?> last, List<? extends DomainEvent> facts) {
    return publications.append(last.version(), last, facts);
  }

  @Override
  public <E extends DomainEvent> List<Recorded<E>> read(String stream, Class<E> family) {
    return read(List.of(stream), family).getOrDefault(stream, List.of());
  }

  @Override
  public <E extends DomainEvent> Map<String, List<Recorded<E>>> read(
      Collection<String> streams, Class<E> family) {
    return events.read(streams).stream()
        .map(recorded -> cast(recorded, family))
        .collect(Collectors.groupingBy(Recorded::stream));
  }

  @Override
  public Duration lag(Set<String> consumers) {
    return backlog.age(consumers);
  }

  @Override
  public Set<String> consumers() {
    return register.names();
  }

  @Override
  public Watch watch(String stream) {
    return watches.watch(stream);
  }

  private static <E extends DomainEvent> Recorded<E> cast(
      Recorded<DomainEvent> recorded, Class<E> family) {
    return new Recorded<>(
        recorded.id(),
        recorded.stream(),
        recorded.version(),
        recorded.type(),
        recorded.recordedAt(),
        recorded.origin(),
        recorded.causationId(),
        family.cast(recorded.event()));
  }
}
