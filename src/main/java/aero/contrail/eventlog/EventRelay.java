package aero.contrail.eventlog;

import java.util.List;

/**
 * Carries events between logs: what this one published to others, and what others published into
 * this one. Thread-safe.
 *
 * <p>A relay reads, does something slow with what it got, and then moves on; nothing is locked
 * meanwhile. Two that use one name at the same time may both get the same events, in order: so the
 * receiving side takes each once.
 */
public interface EventRelay {

  /**
   * What comes next for a relay, in order: events of every type that this log published itself. A
   * relay that is new begins with the first.
   *
   * @param relay a stable name, for example {@code relay.kafka}
   * @param most how many at a time, from 1
   */
  List<StoredEvent> next(String relay, int most);

  /**
   * Remembers that everything up to an event has been carried. Safe to call twice.
   *
   * @return false when the relay was further already
   */
  boolean advance(String relay, StoredEvent last);

  /**
   * Appends events of another log as they are, each once however often it comes, in the caller's
   * transaction. They are handled like events of this log: by every consumer that is registered for
   * their type, now or, if it is new and begins at the beginning, later.
   *
   * @param source which log they come from; with the id it names an event
   * @return how many were new
   * @throws org.springframework.dao.OptimisticLockingFailureException when the stream has another
   *     event under the same version, or the same event is being received at this moment
   * @throws IllegalStateException when there is no transaction
   */
  int receive(String source, List<StoredEvent> events);
}
