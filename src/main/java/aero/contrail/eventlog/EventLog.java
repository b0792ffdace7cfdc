package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Appends to streams, reads them back and waits for them. Thread-safe.
 *
 * <p>What only tells others something is published with Spring's {@code ApplicationEventPublisher};
 * what an aggregate is made of is appended here, with the version that the decision was based on.
 */
@Component
public class EventLog {

  private final EventTable events;
  private final Publications publications;
  private final StreamWatches watches;
  private final Backlog backlog;

  EventLog(EventTable events, Publications publications, StreamWatches watches, Backlog backlog) {
    this.events = events;
    this.publications = publications;
    this.watches = watches;
    this.backlog = backlog;
  }

  /**
   * Appends to a stream within the caller's transaction, before it commits.
   *
   * <p>When another transaction appended to the stream since {@code expectedVersion}, the commit
   * fails with {@link org.springframework.dao.OptimisticLockingFailureException}: decide again.
   *
   * @param expectedVersion the version of the last event that was read; 0 for a new stream
   * @return the last of the facts as it will be recorded
   * @throws IllegalStateException when there is no transaction
   */
  public Recorded<?> append(int expectedVersion, List<? extends DomainEvent> facts) {
    return publications.append(expectedVersion, null, facts);
  }

  /**
   * The same for a consequence that no request and no handled event leads to, for example a time
   * limit: the last event of the stream stands in as its cause.
   */
  public Recorded<?> append(Recorded<?> last, List<? extends DomainEvent> facts) {
    return publications.append(last.version(), last, facts);
  }

  /** Reads a whole stream, oldest first; empty when there is none. */
  public <E extends DomainEvent> List<Recorded<E>> read(String stream, Class<E> family) {
    return read(List.of(stream), family).getOrDefault(stream, List.of());
  }

  /** Reads many streams at once, each oldest first; a stream without events has no entry. */
  public <E extends DomainEvent> Map<String, List<Recorded<E>>> read(
      Collection<String> streams, Class<E> family) {
    return events.read(streams).stream()
        .map(recorded -> cast(recorded, family))
        .collect(Collectors.groupingBy(Recorded::stream));
  }

  /**
   * For how long the oldest of all facts of some families has been waiting for a consumer that
   * takes it: how far settling is behind accepting. Up to a tenth of a second old; parked streams
   * do not count.
   */
  public Duration age(Set<Class<? extends DomainEvent>> families) {
    return backlog.age(families);
  }

  /**
   * Starts to watch a stream. Call it before the change whose consequences are waited for, and
   * close it.
   */
  public Watch watch(String stream) {
    return watches.watch(stream);
  }

  /** Sees what is appended to one stream from its creation on. For one thread. */
  public interface Watch extends AutoCloseable {

    /**
     * Blocks until an event of the stream, however old, meets the condition. It is tested by the
     * threads that commit, too, and must not throw.
     *
     * @return false when the time is over first
     * @throws InterruptedException when the thread is interrupted
     */
    boolean await(Predicate<DomainEvent> condition, Duration time) throws InterruptedException;

    @Override
    void close();
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
