package aero.contrail.loyalty;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.FlightId;
import aero.contrail.events.LoyaltyEvent.Accrual;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderId;
import aero.contrail.events.TicketNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The journal of points and the lots they belong to. Double entry: each movement leaves one account
 * and enters another. Written for a whole batch.
 */
@Repository
class Ledger {

  private static final String OPEN =
      """
      insert into loyalty.accrual (lot, ticket, flight_id, member_number, order_id, miles, points,
                                   rule, status)
      select lot, ticket, flight, member, order_id, miles, points, rule, 'PENDING'
        from unnest(:lots, :tickets, :flights, :members, :orders, :miles, :points, :rules)
          as a (lot, ticket, flight, member, order_id, miles, points, rule)
          on conflict (ticket, flight_id) do nothing
      returning lot, ticket, flight_id, member_number, order_id, miles, points, rule, status
      """;

  /** Locked in the order of lots; callers have locked the members before. */
  private static final String FIND =
      """
      select a.lot, a.ticket, a.flight_id, a.member_number, a.order_id, a.miles, a.points, a.rule,
             a.status
        from loyalty.accrual a
        join unnest(:tickets, :flights) as c (ticket, flight_id)
          on c.ticket = a.ticket and c.flight_id = a.flight_id
       order by a.lot
      """;

  private static final String MOVE =
      """
      update loyalty.accrual a
         set status = u.status
        from unnest(:lots, :statuses) as u (lot, status)
       where a.lot = u.lot
      """;

  private static final String POST =
      """
      insert into loyalty.journal (id, member_number, entry, from_account, to_account, points, lot,
                                   order_id, flight_id, rule, occurred_at, recorded_at)
      select gen_random_uuid(), member, entry, from_account, to_account, points, lot, order_id,
             flight, rule, occurred_at::timestamptz, :now
        from unnest(:members, :entries, :froms, :tos, :points, :lots, :orders, :flights, :rules,
                    :occurred)
          as j (member, entry, from_account, to_account, points, lot, order_id, flight, rule,
                occurred_at)
      """;

  private static final String BALANCES =
      """
      select coalesce(sum(points) filter (where to_account = 'PENDING'), 0)
               - coalesce(sum(points) filter (where from_account = 'PENDING'), 0) as pending,
             coalesce(sum(points) filter (where to_account = 'AVAILABLE'), 0)
               - coalesce(sum(points) filter (where from_account = 'AVAILABLE'), 0) as available
        from loyalty.journal
       where member_number = :member and recorded_at <= :asOf
      """;

  private static final String ENTRIES =
      """
      select position, id, entry, points, lot, order_id, flight_id, rule, occurred_at, balance
        from (select position, id, entry, points, lot, order_id, flight_id, rule, occurred_at,
                     sum(case when to_account = 'AVAILABLE' then points
                              when from_account = 'AVAILABLE' then -points
                              else 0 end) over (order by position) as balance
                from loyalty.journal
               where member_number = :member) e
       where position > :after
       order by position
       limit :limit
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;

  Ledger(JdbcClient jdbc, DeferredWrites deferred) {
    this.jdbc = jdbc;
    this.deferred = deferred;
  }

  enum Account {
    ISSUED,
    PENDING,
    AVAILABLE
  }

  enum LotStatus {
    PENDING,
    ACTIVE,
    CANCELLED,
    REVERSED
  }

  /** How points move; each kind once for a lot. */
  enum Movement {
    FORECAST(Account.ISSUED, Account.PENDING, LotStatus.PENDING),
    POSTED(Account.PENDING, Account.AVAILABLE, LotStatus.ACTIVE),
    CANCELLED(Account.PENDING, Account.ISSUED, LotStatus.CANCELLED),
    REVERSED(Account.AVAILABLE, Account.ISSUED, LotStatus.REVERSED);

    private final Account from;
    private final Account to;
    private final LotStatus after;

    Movement(Account from, Account to, LotStatus after) {
      this.from = from;
      this.to = to;
      this.after = after;
    }
  }

  /** Points that one coupon brings. */
  record Lot(UUID id, Accrual accrual, int miles, int points, String rule, LotStatus status) {}

  /** A movement of all points of a lot; {@code at}: when its cause happened. */
  record Posting(Lot lot, Movement movement, Instant at) {}

  record Balances(int available, int pending) {}

  /** A line of a member's statement; {@code balance} is what was available after it. */
  record Entry(
      long position,
      UUID id,
      Instant at,
      Movement entry,
      int points,
      int balance,
      UUID lot,
      OrderId order,
      FlightId flight,
      String rule) {}

  /** Opens lots; those that a coupon has already are left out. */
  List<Lot> open(List<Lot> lots) {
    return jdbc.sql(OPEN)
        .param("lots", uuids(lots, Lot::id))
        .param("tickets", texts(lots, lot -> lot.accrual().ticket()))
        .param("flights", texts(lots, lot -> lot.accrual().flight()))
        .param("members", texts(lots, lot -> lot.accrual().member()))
        .param("orders", uuids(lots, lot -> lot.accrual().order().value()))
        .param("miles", lots.stream().map(Lot::miles).toArray(Integer[]::new))
        .param("points", lots.stream().map(Lot::points).toArray(Integer[]::new))
        .param("rules", texts(lots, Lot::rule))
        .query((row, _) -> lot(row))
        .list();
  }

  /** A ticket's coupon. */
  record Coupon(TicketNumber ticket, FlightId flight) {}

  List<Lot> find(List<Coupon> coupons) {
    return jdbc.sql(FIND)
        .param("tickets", texts(coupons, Coupon::ticket))
        .param("flights", texts(coupons, Coupon::flight))
        .query((row, _) -> lot(row))
        .list();
  }

  void post(List<Posting> postings, Instant now) {
    if (postings.isEmpty()) {
      return;
    }
    deferred.add(
        POST,
        new MapSqlParameterSource()
            .addValue("members", texts(postings, p -> p.lot().accrual().member()))
            .addValue("entries", texts(postings, Posting::movement))
            .addValue("froms", texts(postings, p -> p.movement().from))
            .addValue("tos", texts(postings, p -> p.movement().to))
            .addValue(
                "points", postings.stream().map(p -> p.lot().points()).toArray(Integer[]::new))
            .addValue("lots", uuids(postings, p -> p.lot().id()))
            .addValue("orders", uuids(postings, p -> p.lot().accrual().order().value()))
            .addValue("flights", texts(postings, p -> p.lot().accrual().flight()))
            .addValue("rules", texts(postings, p -> p.lot().rule()))
            .addValue("occurred", texts(postings, Posting::at))
            .addValue("now", now.atOffset(ZoneOffset.UTC)));
    deferred.add(
        MOVE,
        new MapSqlParameterSource()
            .addValue("lots", uuids(postings, p -> p.lot().id()))
            .addValue("statuses", texts(postings, p -> p.movement().after)));
  }

  /** What was known at a moment. */
  Balances balances(MemberNumber member, Instant asOf) {
    return jdbc.sql(BALANCES)
        .param("member", member.value())
        .param("asOf", asOf.atOffset(ZoneOffset.UTC))
        .query((row, _) -> new Balances(row.getInt("available"), row.getInt("pending")))
        .single();
  }

  /** A member's statement, oldest first, from after a position on. */
  List<Entry> entries(MemberNumber member, long after, int limit) {
    return jdbc.sql(ENTRIES)
        .param("member", member.value())
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> entry(row))
        .list();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    var movement = Movement.valueOf(row.getString("entry"));
    var points = row.getInt("points");
    return new Entry(
        row.getLong("position"),
        row.getObject("id", UUID.class),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        movement,
        movement.to == Account.ISSUED ? -points : points,
        row.getInt("balance"),
        row.getObject("lot", UUID.class),
        new OrderId(row.getObject("order_id", UUID.class)),
        new FlightId(row.getString("flight_id")),
        row.getString("rule"));
  }

  private static Lot lot(ResultSet row) throws SQLException {
    return new Lot(
        row.getObject("lot", UUID.class),
        new Accrual(
            new MemberNumber(row.getString("member_number")),
            new OrderId(row.getObject("order_id", UUID.class)),
            new TicketNumber(row.getString("ticket")),
            new FlightId(row.getString("flight_id"))),
        row.getInt("miles"),
        row.getInt("points"),
        row.getString("rule"),
        LotStatus.valueOf(row.getString("status")));
  }

  private static <T> String[] texts(Collection<T> rows, Function<T, Object> value) {
    return rows.stream().map(value).map(String::valueOf).toArray(String[]::new);
  }

  private static <T> UUID[] uuids(Collection<T> rows, Function<T, UUID> value) {
    return rows.stream().map(value).toArray(UUID[]::new);
  }
}
