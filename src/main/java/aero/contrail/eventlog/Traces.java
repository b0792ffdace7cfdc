package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a trace go on from who publishes to who handles, as W3C Trace Context has it: the span in
 * which something was done is recorded with its events. Thread-safe.
 */
public interface Traces {

  /** Nobody traces. */
  Traces NONE =
      new Traces() {
        @Override
        public @Nullable String current() {
          return null;
        }

        @Override
        public List<Recorded<DomainEvent>> go(String consumer, List<Recorded<DomainEvent>> batch) {
          return batch;
        }
      };

  /** The span that this thread is in, as a {@code traceparent}; null when there is none. */
  @Nullable String current();

  /**
   * Begins a span for each event that is traced; they end with the running transaction.
   *
   * @return the same events, each in its new span, so that what they lead to is part of it
   */
  List<Recorded<DomainEvent>> go(String consumer, List<Recorded<DomainEvent>> batch);
}
