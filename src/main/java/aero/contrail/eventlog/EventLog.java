package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Appends to streams, reads them back and waits for them. Thread-safe.
 *
 * <p>What only tells others something is published with Spring's {@code ApplicationEventPublisher};
 * what an aggregate is made of is appended here, with the version that the decision was based on.
 */
public interface EventLog {

  /**
   * The event that leads to what is appended. Bound while an event is handled by itself; whoever
   * keeps a consequence for later keeps it too, and binds it again.
   */
  ScopedValue<UUID> CAUSE = ScopedValue.newInstance();

  /** Does something that an event leads to: what is published meanwhile names it as its cause. */
  void because(Recorded<?> cause, Runnable consequence);

  /**
   * Appends to a stream within the caller's transaction, before it commits.
   *
   * <p>When another transaction appended to the stream since {@code expectedVersion}, the commit
   * fails with {@link org.springframework.dao.OptimisticLockingFailureException}: decide again.
   *
   * @param expectedVersion the version of the last event that was read; 0 for a new stream
   * @return the last of the facts as it will be recorded; the log may move its time of recording to
   *     that of the event before it
   * @throws IllegalStateException when there is no transaction
   */
  Recorded<?> append(int expectedVersion, List<? extends DomainEvent> facts);

  /**
   * The same for a consequence that no request and no handled event leads to, for example a time
   * limit: the last event of the stream stands in as its cause.
   */
  Recorded<?> append(Recorded<?> last, List<? extends DomainEvent> facts);

  /** Reads a whole stream, oldest first; empty when there is none. */
  <E extends DomainEvent> List<Recorded<E>> read(String stream, Class<E> family);

  /** Reads many streams at once, each oldest first; a stream without events has no entry. */
  <E extends DomainEvent> Map<String, List<Recorded<E>>> read(
      Collection<String> streams, Class<E> family);

  /**
   * For how long the oldest of all events has been waiting for one of the consumers. Up to a tenth
   * of a second old; parked streams do not count, nor do consumers that are still on their first
   * way through the log.
   */
  Duration lag(Set<String> consumers);

  /** Who reads the log, in this release or in another that has run on this database. */
  Set<String> consumers();

  /**
   * Starts to watch a stream. Call it before the change whose consequences are waited for, and
   * close it.
   */
  Watch watch(String stream);

  /** Sees what is appended to one stream from its creation on. For one thread. */
  interface Watch extends AutoCloseable {

    /**
     * Blocks until an event of the stream, however old, meets the condition. It is tested by the
     * threads that commit, too, and must not throw.
     *
     * @return false when the time is over first
     * @throws InterruptedException when the thread is interrupted
     */
    boolean await(Predicate<DomainEvent> condition, Duration time) throws InterruptedException;

    /**
     * Blocks until the stream has an event of a later version.
     *
     * @return false when the time is over first
     * @throws InterruptedException when the thread is interrupted
     */
    boolean awaitLater(int version, Duration time) throws InterruptedException;

    /**
     * The whole stream as far as it was seen, oldest first; empty when something of it is missing.
     * Costs nothing: whoever has waited for a stream need not read it.
     */
    List<Recorded<DomainEvent>> seen();

    @Override
    void close();
  }
}
