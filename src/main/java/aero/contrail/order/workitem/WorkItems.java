package aero.contrail.order.workitem;

import aero.contrail.events.OrderId;
import aero.contrail.order.workitem.WorkItem.Action;
import aero.contrail.order.workitem.WorkItem.Kind;
import aero.contrail.order.workitem.WorkItem.Resolution;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What people have to decide, and have decided. */
@Repository
class WorkItems {

  private static final String COLUMNS =
      """
      select id, coalesce(subject, id) as subject, kind, order_id, amount_minor, currency, reason,
             since, action, resolution, resolved_by, resolved_at
        from orders.work_item
      """;

  private static final String OPEN =
      """
      insert into orders.work_item (id, subject, kind, order_id, amount_minor, currency, reason,
                                    since)
      values (:id, :subject, :kind, :order, :amount, :currency, :reason, :since)
          on conflict do nothing
      """;

  private static final String LOCK = COLUMNS + " where id = :id for update";

  private static final String PAGE =
      COLUMNS
          + """
           where (:order::uuid is null or order_id = :order::uuid)
             and (:open::boolean is null or (resolved_at is null) = :open::boolean)
             and (:since::timestamptz is null or (since, id) > (:since::timestamptz, :after::uuid))
           order by since, id
           limit :limit
          """;

  private static final String RESOLVE =
      """
      update orders.work_item
         set action = :action, resolution = :reason, resolved_by = :by, resolved_at = :at
       where id = :id
      """;

  private final JdbcClient jdbc;

  WorkItems(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps something in mind; told again it is the same. */
  void open(WorkItem item) {
    jdbc.sql(OPEN)
        .param("id", item.id())
        .param("subject", item.subject())
        .param("kind", item.kind().name())
        .param("order", item.order().value())
        .param("amount", item.amount().getAmountMinorLong())
        .param("currency", item.amount().getCurrencyUnit().getCode())
        .param("reason", item.reason())
        .param("since", offset(item.since()))
        .update();
  }

  /** One of them, locked until the transaction ends. */
  Optional<WorkItem> lock(UUID id) {
    return jdbc.sql(LOCK).param("id", id).query((row, _) -> item(row)).optional();
  }

  /** Where a page begins. */
  record After(Instant since, UUID id) {}

  /**
   * The oldest first.
   *
   * @param isOpen null: whether or not
   */
  List<WorkItem> page(
      @Nullable OrderId order, @Nullable Boolean isOpen, @Nullable After after, int limit) {
    return jdbc.sql(PAGE)
        .param("order", order == null ? null : order.value())
        .param("open", isOpen)
        .param("since", after == null ? null : offset(after.since()))
        .param("after", after == null ? null : after.id())
        .param("limit", limit)
        .query((row, _) -> item(row))
        .list();
  }

  void resolve(UUID id, Resolution how) {
    jdbc.sql(RESOLVE)
        .param("id", id)
        .param("action", how.action().name())
        .param("reason", how.reason())
        .param("by", how.by())
        .param("at", offset(how.at()))
        .update();
  }

  private static OffsetDateTime offset(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static WorkItem item(ResultSet row) throws SQLException {
    return new WorkItem(
        row.getObject("id", UUID.class),
        row.getObject("subject", UUID.class),
        Kind.valueOf(row.getString("kind")),
        new OrderId(row.getObject("order_id", UUID.class)),
        Money.ofMinor(CurrencyUnit.of(row.getString("currency")), row.getLong("amount_minor")),
        row.getString("reason"),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        row.getString("action") == null
            ? null
            : new Resolution(
                Action.valueOf(row.getString("action")),
                row.getString("resolution"),
                row.getString("resolved_by"),
                row.getObject("resolved_at", OffsetDateTime.class).toInstant()));
  }
}
