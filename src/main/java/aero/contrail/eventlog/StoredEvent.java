package aero.contrail.eventlog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored, whether or not this code knows its type: what a relay carries from one
 * log to another.
 *
 * @param position its place in the order of this log; of no meaning in another
 * @param version its place in the stream, from 1
 * @param type the logical name, for example {@code order.OrderPlaced.v3}
 * @param data the payload, JSON
 */
public record StoredEvent(
    long position,
    UUID id,
    String stream,
    int version,
    String type,
    Instant occurredAt,
    Instant recordedAt,
    Origin origin,
    @Nullable UUID causationId,
    String data) {}
