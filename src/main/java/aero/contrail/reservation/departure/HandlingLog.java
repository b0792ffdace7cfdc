package aero.contrail.reservation.departure;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which messages of departure control have come. */
@Repository
class HandlingLog {

  private static final String ADD =
      """
      insert into reservation.handling (source_id, order_id, flight_id, passenger, type,
                                        volunteered, occurred_at, recorded_at)
      values (:source, :order, :flight, :passenger, :type, :volunteered, :occurred, :recorded)
          on conflict (source_id) do nothing
      """;

  private static final String FIND =
      """
      select order_id, flight_id, passenger, type, volunteered, occurred_at
        from reservation.handling
       where source_id = :source
      """;

  private final JdbcClient jdbc;

  HandlingLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Writes a message down. False when there is one from this source id already. */
  boolean add(Handling handling, Instant recordedAt) {
    return jdbc.sql(ADD)
            .param("source", handling.sourceId())
            .param("order", handling.order().value())
            .param("flight", handling.flight().value())
            .param("passenger", handling.passenger().value())
            .param("type", handling.type().name())
            .param("volunteered", handling.volunteered())
            .param("occurred", handling.occurredAt().atOffset(ZoneOffset.UTC))
            .param("recorded", recordedAt.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  Optional<Handling> find(String sourceId) {
    return jdbc.sql(FIND)
        .param("source", sourceId)
        .query(
            (row, _) ->
                new Handling(
                    sourceId,
                    new OrderId(row.getObject("order_id", UUID.class)),
                    new FlightId(row.getString("flight_id")),
                    new PassengerId(row.getString("passenger")),
                    Handling.Type.valueOf(row.getString("type")),
                    row.getBoolean("volunteered"),
                    row.getObject("occurred_at", OffsetDateTime.class).toInstant()))
        .optional();
  }
}
