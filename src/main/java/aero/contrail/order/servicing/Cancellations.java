package aero.contrail.order.servicing;

import aero.contrail.events.EventJson;
import aero.contrail.events.OrderId;
import aero.contrail.order.amendment.CancellationQuote;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Quotes for cancellations. Only the newest of an order can be confirmed. */
@Repository
class Cancellations {

  private static final String SUPERSEDE =
      """
      update orders.cancellation
         set status = 'SUPERSEDED'
       where order_id = :order and status = 'QUOTED'
      """;

  private static final String INSERT =
      """
      insert into orders.cancellation (id, order_id, order_version, status, quote, expires_at,
                                       quoted_at)
      values (:id, :order, :version, 'QUOTED', :quote::jsonb, :expiresAt, :quotedAt)
      """;

  private static final String FIND =
      """
      select order_version, status, quote, expires_at
        from orders.cancellation
       where id = :id and order_id = :order
         for update
      """;

  private static final String CONFIRM =
      "update orders.cancellation set status = 'CONFIRMED' where id = :id";

  private final JdbcClient jdbc;

  Cancellations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  enum Status {
    QUOTED,
    CONFIRMED,
    SUPERSEDED
  }

  /** A quote that was given; {@code orderVersion}: the order as it was then. */
  record Cancellation(
      UUID id,
      OrderId order,
      int orderVersion,
      Status status,
      CancellationQuote quote,
      Instant expiresAt) {}

  void insert(Cancellation cancellation, Instant now) {
    jdbc.sql(SUPERSEDE).param("order", cancellation.order().value()).update();
    jdbc.sql(INSERT)
        .param("id", cancellation.id())
        .param("order", cancellation.order().value())
        .param("version", cancellation.orderVersion())
        .param("quote", EventJson.mapper().writeValueAsString(cancellation.quote()))
        .param("expiresAt", cancellation.expiresAt().atOffset(ZoneOffset.UTC))
        .param("quotedAt", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** A quote of an order, locked until the transaction ends. */
  Optional<Cancellation> find(OrderId order, UUID id) {
    return jdbc.sql(FIND)
        .param("id", id)
        .param("order", order.value())
        .query(
            (row, _) ->
                new Cancellation(
                    id,
                    order,
                    row.getInt("order_version"),
                    Status.valueOf(row.getString("status")),
                    EventJson.mapper().readValue(row.getString("quote"), CancellationQuote.class),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  void confirm(UUID id) {
    jdbc.sql(CONFIRM).param("id", id).update();
  }
}
