package aero.contrail.order.revenue;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.order.Orders;
import aero.contrail.order.model.OrderEvolution;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The journal of the customers' money. A fact's lines follow from the facts up to it, so they are
 * the same whenever, and however often, they are written.
 */
@Repository
class Journal {

  static final String CONSUMER = "order.revenue";

  private static final String INSERT =
      """
      insert into orders.journal (order_id, version, account, amount_minor, currency, fact,
                                  occurred_at, recorded_at)
      select order_id, version, account, amount, currency, fact, occurred_at::timestamptz,
             recorded_at::timestamptz
        from unnest(:orders, :versions, :accounts, :amounts, :currencies, :facts, :occurred,
                    :recorded)
          as l (order_id, version, account, amount, currency, fact, occurred_at, recorded_at)
          on conflict do nothing
      """;

  private static final String PAGE =
      """
      select order_id, version, account, amount_minor, currency, fact, occurred_at, recorded_at
        from orders.journal
       where recorded_at >= :from and recorded_at < :to
         and (:order::uuid is null or order_id = :order::uuid)
         and (:account::text is null or account = :account)
         and (:time::timestamptz is null
              or (recorded_at, order_id, version, account)
                 > (:time::timestamptz, :after::uuid, :version::int, :last::text))
       order by recorded_at, order_id, version, account
       limit :limit
      """;

  private static final String BALANCES =
      """
      select account, currency, sum(amount_minor)::bigint as amount_minor
        from orders.journal
       where recorded_at >= :from and recorded_at < :to
         and (:order::uuid is null or order_id = :order::uuid)
       group by account, currency
      having sum(amount_minor) <> 0
       order by currency, account
      """;

  private final EventLog log;
  private final JdbcClient jdbc;

  Journal(EventLog log, JdbcClient jdbc) {
    this.log = log;
    this.jdbc = jdbc;
  }

  /**
   * What a fact moved in or out of an account.
   *
   * @param amount debit is positive, credit negative
   */
  record Line(
      OrderId orderId,
      int version,
      Account account,
      Money amount,
      String fact,
      Instant occurredAt,
      Instant recordedAt) {}

  /** What stands on an account. */
  record Balance(Account account, Money amount) {}

  /** Which lines: from a time on, up to another, of one order or account or of all. */
  record Range(Instant from, Instant to, @Nullable OrderId order, @Nullable Account account) {}

  @EventHandler(CONSUMER)
  void on(List<OrderEvent.OfMoney> batch) {
    var streams = batch.stream().map(fact -> Orders.stream(fact.order())).distinct().toList();
    var lines = new ArrayList<Line>();
    log.read(streams, OrderEvent.class).values().forEach(facts -> lines.addAll(lines(facts)));
    insert(lines);
  }

  private static List<Line> lines(List<Recorded<OrderEvent>> facts) {
    var movements = RevenueRules.movements(facts.stream().map(Recorded::event).toList());
    var begun = OrderEvolution.beginning(List.of(facts.getFirst().event()));
    var currency = begun.details().total().getCurrencyUnit();
    var lines = new ArrayList<Line>();
    for (var i = 0; i < facts.size(); i++) {
      var fact = facts.get(i);
      movements
          .get(i)
          .forEach(
              (account, amount) ->
                  lines.add(
                      new Line(
                          fact.event().order(),
                          fact.version(),
                          account,
                          Money.ofMinor(currency, amount),
                          fact.name(),
                          fact.event().at(),
                          fact.recordedAt())));
    }
    return lines;
  }

  private void insert(List<Line> lines) {
    jdbc.sql(INSERT)
        .param("orders", lines.stream().map(l -> l.orderId().value()).toArray(UUID[]::new))
        .param("versions", lines.stream().map(Line::version).toArray(Integer[]::new))
        .param("accounts", lines.stream().map(l -> l.account().name()).toArray(String[]::new))
        .param(
            "amounts",
            lines.stream().map(l -> l.amount().getAmountMinorLong()).toArray(Long[]::new))
        .param(
            "currencies",
            lines.stream().map(l -> l.amount().getCurrencyUnit().getCode()).toArray(String[]::new))
        .param("facts", lines.stream().map(Line::fact).toArray(String[]::new))
        .param(
            "occurred", lines.stream().map(l -> l.occurredAt().toString()).toArray(String[]::new))
        .param(
            "recorded", lines.stream().map(l -> l.recordedAt().toString()).toArray(String[]::new))
        .update();
  }

  /**
   * The oldest first.
   *
   * @param after the line before; null at the beginning
   */
  List<Line> page(Range range, @Nullable Line after, int limit) {
    return range(jdbc.sql(PAGE), range)
        .param("account", range.account() == null ? null : range.account().name())
        .param("time", after == null ? null : utc(after.recordedAt()))
        .param("after", after == null ? null : after.orderId().value())
        .param("version", after == null ? null : after.version())
        .param("last", after == null ? null : after.account().name())
        .param("limit", limit)
        .query((row, _) -> line(row))
        .list();
  }

  /** What was moved on each account in a range, all accounts together nothing. */
  List<Balance> balances(Range range) {
    return range(jdbc.sql(BALANCES), range)
        .query((row, _) -> new Balance(Account.valueOf(row.getString("account")), money(row)))
        .list();
  }

  private static JdbcClient.StatementSpec range(JdbcClient.StatementSpec statement, Range range) {
    return statement
        .param("from", utc(range.from()))
        .param("to", utc(range.to()))
        .param("order", range.order() == null ? null : range.order().value());
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        new OrderId(row.getObject("order_id", UUID.class)),
        row.getInt("version"),
        Account.valueOf(row.getString("account")),
        money(row),
        row.getString("fact"),
        instant(row, "occurred_at"),
        instant(row, "recorded_at"));
  }

  private static Money money(ResultSet row) throws SQLException {
    return Money.ofMinor(CurrencyUnit.of(row.getString("currency")), row.getLong("amount_minor"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
