package aero.contrail.loyalty.ledger;

import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderId;
import aero.contrail.loyalty.ledger.Entry.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What members read of their accounts. Nothing here sums a history. */
@Repository
public class Statements {

  private static final String NOW =
      """
      select pending, available, held, debt, tier_points
        from loyalty.account
       where member_number = :member
      """;

  /** Entries of a member are recorded in the order of their numbers: the newest that fits. */
  private static final String THEN =
      """
      select pending_after as pending, available_after as available, held_after as held,
             debt_after as debt, 0 as tier_points
        from loyalty.entry
       where member_number = :member and recorded_at <= :asOf
       order by sequence desc
       limit 1
      """;

  /** What is left of what can be spent now when lots are over by a day, or all by inactivity. */
  private static final String LEFT =
      """
      select a.pending,
             case when a.active_on <= :inactiveSince then 0
                  else a.available - coalesce((select sum(l.available)
                                                 from loyalty.lot l
                                                where l.member_number = a.member_number
                                                  and l.available > 0
                                                  and l.expires_on <= :day), 0)
             end as available, a.held, a.debt, a.tier_points
        from loyalty.account a
       where a.member_number = :member
      """;

  private static final String LIABILITY =
      """
      select to_char(expires_on, 'YYYY-MM') as month, sum(available) as available,
             sum(held) as held, count(distinct member_number) as members
        from loyalty.lot
       where available > 0 or held > 0
       group by 1
       order by 1 nulls last
      """;

  private static final String ENTRIES =
      """
      select e.sequence, e.id, e.kind, e.points, e.tier_points, e.lot, e.channel, e.order_id,
             e.flight_id, e.rule, e.occurred_at, e.available_after
        from loyalty.entry e
       where e.member_number = :member and e.sequence > :after
       order by e.sequence
       limit :limit
      """;

  private static final String LOTS =
      """
      select id, source, source_key, rule, expires_on, opened_at, earned, pending, available, held
        from loyalty.lot
       where member_number = :member and (opened_at, id) > (:after, :id)
       order by opened_at, id
       limit :limit
      """;

  private final JdbcClient jdbc;

  Statements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A line of the statement.
   *
   * @param balance what can be spent after it
   * @param channel that may know of its cause; null for staff alone
   */
  public record Line(
      long sequence,
      UUID id,
      Instant at,
      Kind kind,
      long points,
      long tierPoints,
      long balance,
      @Nullable UUID lot,
      @Nullable String channel,
      @Nullable OrderId order,
      @Nullable FlightId flight,
      @Nullable String rule) {

    /** Whether somebody may see its cause. */
    public boolean isKnownTo(boolean staff, String seller) {
      return staff || seller.equals(channel);
    }
  }

  /** A lot as its member sees it. */
  public record LotLine(
      UUID id,
      Instant openedAt,
      String rule,
      @Nullable LocalDate expiresOn,
      long earned,
      long pending,
      long available,
      long held) {}

  public Balance balance(MemberNumber member) {
    return jdbc.sql(NOW)
        .param("member", member.value())
        .query((row, _) -> balance(row))
        .optional()
        .orElse(Balance.NOTHING);
  }

  /** What was known at a moment; tier points are those of now alone. */
  public Balance balance(MemberNumber member, Instant asOf) {
    return jdbc.sql(THEN)
        .param("member", member.value())
        .param("asOf", asOf.atOffset(ZoneOffset.UTC))
        .query((row, _) -> balance(row))
        .optional()
        .orElse(Balance.NOTHING);
  }

  /**
   * What is left on a day ahead, if nothing is earned until then and nothing spent.
   *
   * @param inactiveSince who was active last on this day, or before, has lost all by then
   */
  public Balance balanceOn(MemberNumber member, LocalDate day, @Nullable LocalDate inactiveSince) {
    return jdbc.sql(LEFT)
        .param("member", member.value())
        .param("day", day)
        .param("inactiveSince", inactiveSince, Types.DATE)
        .query((row, _) -> balance(row))
        .optional()
        .orElse(Balance.NOTHING);
  }

  /**
   * What members can spend, or have spent nearly, by the month in which it expires.
   *
   * @param month as {@code 2026-12}; null for what lasts
   */
  public record Liability(@Nullable String month, long available, long held, long members) {}

  /** All that the programme owes its members, the first to expire first. */
  public List<Liability> liability() {
    return jdbc.sql(LIABILITY)
        .query(
            (row, _) ->
                new Liability(
                    row.getString("month"),
                    row.getLong("available"),
                    row.getLong("held"),
                    row.getLong("members")))
        .list();
  }

  /** A member's statement, oldest first, from after a line on. */
  public List<Line> lines(MemberNumber member, long after, int limit) {
    return jdbc.sql(ENTRIES)
        .param("member", member.value())
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> line(row))
        .list();
  }

  /** A member's lots, oldest first, from after one on. */
  public List<LotLine> lots(MemberNumber member, Instant after, UUID id, int limit) {
    return jdbc.sql(LOTS)
        .param("member", member.value())
        .param("after", after.atOffset(ZoneOffset.UTC))
        .param("id", id)
        .param("limit", limit)
        .query((row, _) -> lot(row))
        .list();
  }

  static Balance balance(ResultSet row) throws SQLException {
    return new Balance(
        row.getLong("pending"),
        row.getLong("available"),
        row.getLong("held"),
        row.getLong("debt"),
        row.getLong("tier_points"));
  }

  private static Line line(ResultSet row) throws SQLException {
    var order = row.getObject("order_id", UUID.class);
    var flight = row.getString("flight_id");
    return new Line(
        row.getLong("sequence"),
        row.getObject("id", UUID.class),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        Kind.valueOf(row.getString("kind")),
        row.getLong("points"),
        row.getLong("tier_points"),
        row.getLong("available_after"),
        row.getObject("lot", UUID.class),
        row.getString("channel"),
        order == null ? null : new OrderId(order),
        flight == null ? null : new FlightId(flight),
        row.getString("rule"));
  }

  private static LotLine lot(ResultSet row) throws SQLException {
    return new LotLine(
        row.getObject("id", UUID.class),
        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
        row.getString("rule"),
        row.getObject("expires_on", LocalDate.class),
        row.getLong("earned"),
        row.getLong("pending"),
        row.getLong("available"),
        row.getLong("held"));
  }
}
