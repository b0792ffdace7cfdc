package aero.contrail.eventlog;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jmolecules.event.annotation.DomainEventHandler;

/**
 * Marks a method that handles events of the log: {@code void on(SomeEvent)}, {@code void
 * on…(List<SomeEvent>)} or {@code void on…(List<Recorded<SomeEvent>>)}; the type may be one fact or
 * a sealed family. What a list leads to names the last event about the same subject as its cause,
 * unless the method says which: {@link EventLog#because}.
 *
 * <p>Its effects, the events that it publishes and the progress of its consumer commit in one
 * transaction, so each event takes effect exactly once in this database. Events of one stream
 * arrive in order, one at a time or together in one list. An exception undoes the batch, which is
 * tried again; an event that fails for itself again and again is parked with its stream, until
 * somebody retries or skips it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@DomainEventHandler
public @interface EventHandler {

  /**
   * The consumer's id, for example {@code reservation.space}. It names the stored progress, so it
   * must never change. Methods of one class may share an id: they then share the progress and keep
   * the order among their types.
   */
  String value();

  /** Where a consumer begins that is new to the log; the same for all methods of an id. */
  Start from() default Start.BEGINNING;

  /** Where a new consumer begins. */
  enum Start {
    /** With the first event that is in the log. */
    BEGINNING,

    /** With what is published after it was first started. */
    NOW
  }
}
