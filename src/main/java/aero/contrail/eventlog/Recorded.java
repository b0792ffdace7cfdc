package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as the log keeps it.
 *
 * @param version its place in the stream, from 1
 * @param type the logical name, for example {@code order.OrderPlaced.v3}
 * @param recordedAt when the log took it; {@code event.at()} says when it happened
 * @param causationId the event that led to it; null when a request did
 */
public record Recorded<E extends DomainEvent>(
    UUID id,
    String stream,
    int version,
    String type,
    Instant recordedAt,
    Origin origin,
    @Nullable UUID causationId,
    E event) {

  /** The same event, as the consequence of another span. */
  public Recorded<E> in(@Nullable String span) {
    return new Recorded<>(
        id, stream, version, type, recordedAt, origin.in(span), causationId, event);
  }

  /** The type as people read it, without family and version: {@code OrderPlaced}. */
  public String name() {
    return type.substring(type.indexOf('.') + 1, type.lastIndexOf('.'));
  }
}
