package aero.contrail.order.history;

import aero.contrail.eventlog.Recorded;
import aero.contrail.events.EventJson;
import aero.contrail.events.OrderEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A fact of an order's history.
 *
 * @param occurredAt when it happened
 * @param recordedAt when the log took it
 * @param causationId the event that led to it; null when a request did
 */
record FactView(
    int version,
    String type,
    Instant occurredAt,
    Instant recordedAt,
    String actor,
    String correlationId,
    @Nullable UUID causationId,
    JsonNode data) {

  static FactView of(Recorded<? extends OrderEvent> fact) {
    return new FactView(
        fact.version(),
        fact.name(),
        fact.event().at(),
        fact.recordedAt(),
        fact.origin().actor(),
        fact.origin().correlationId(),
        fact.causationId(),
        EventJson.mapper().valueToTree(fact.event()));
  }
}
