package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.store.EventRef;
import aero.contrail.eventlog.store.UnreadableEvent;
import aero.contrail.events.DomainEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer gets at a time.
 *
 * @param events in their order, to be handled
 * @param upTo where the cursor stands when they are handled, or what cannot be read is parked
 * @param isFull whether there may be more that can be read at once
 * @param unreadable comes next and cannot be read, so nothing was; else null
 * @param unknown comes next and is for a newer release to handle, so nothing after it was read;
 *     else null
 */
public record Batch(
    List<Recorded<DomainEvent>> events,
    long upTo,
    boolean isFull,
    @Nullable UnreadableEvent unreadable,
    @Nullable EventRef unknown) {

  public Batch {
    events = List.copyOf(events);
  }

  /** The event that comes first, whether or not it can be read. */
  Optional<EventRef> next() {
    return events.isEmpty()
        ? Optional.ofNullable(unreadable).map(UnreadableEvent::event)
        : Optional.of(EventRef.of(events.getFirst()));
  }

  /** Whether everything that could be read was. */
  public boolean isComplete() {
    return !isFull && unreadable == null && unknown == null;
  }
}
