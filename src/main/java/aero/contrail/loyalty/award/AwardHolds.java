package aero.contrail.loyalty.award;

import static aero.contrail.database.SqlArrays.texts;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.loyalty.award.AwardHold.Status;
import aero.contrail.loyalty.ledger.Share;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which points are kept, or were spent, for orders. */
@Repository
public class AwardHolds {

  private static final String FIND =
      """
      select payment_id, order_id, member_number, channel, points, status, until, returned,
             lots, lot_points
        from loyalty.award_hold
       where payment_id = any(:payments)
      """;

  private static final String SAVE =
      """
      insert into loyalty.award_hold (payment_id, order_id, member_number, channel, points, status,
                                      until, returned, lots, lot_points)
      select payment, order_id, member, channel, points, status, until::timestamptz, returned,
             string_to_array(lots, ',')::uuid[], string_to_array(lot_points, ',')::bigint[]
        from unnest(:payments, :orders, :members, :channels, :points, :statuses, :untils, :returned,
                    :lots, :lotPoints)
          as h (payment, order_id, member, channel, points, status, until, returned, lots,
                lot_points)
          on conflict (payment_id) do update
         set status = excluded.status, returned = excluded.returned, lots = excluded.lots,
             lot_points = excluded.lot_points
      """;

  private static final String LAPSED =
      """
      select payment_id
        from loyalty.award_hold
       where status = 'HELD' and until <= :now
       order by until
       limit :limit
      """;

  private static final String PAID =
      """
      select order_id
        from loyalty.award_hold
       where order_id = any(:orders) and status in ('HELD', 'REDEEMED')
      """;

  private static final String RETURNED =
      """
      select cause_key
        from loyalty.entry
       where cause = 'AWARD' and kind = 'REDEPOSITED' and cause_key = any(:keys)
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;

  AwardHolds(JdbcClient jdbc, DeferredWrites deferred) {
    this.jdbc = jdbc;
    this.deferred = deferred;
  }

  /** Those of the orders that points pay for: their coupons earn none. */
  public Set<OrderId> paid(Collection<OrderId> orders) {
    return orders.isEmpty()
        ? Set.of()
        : new HashSet<>(
            jdbc.sql(PAID)
                .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query((row, _) -> new OrderId(row.getObject("order_id", UUID.class)))
                .list());
  }

  List<AwardHold> find(Collection<PaymentId> payments) {
    return jdbc.sql(FIND)
        .param("payments", payments.stream().map(PaymentId::value).toArray(UUID[]::new))
        .query((row, _) -> hold(row))
        .list();
  }

  /** Payments whose points nobody took in time. */
  List<PaymentId> lapsed(Instant now, int limit) {
    return jdbc.sql(LAPSED)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .query((row, _) -> new PaymentId(row.getObject("payment_id", UUID.class)))
        .list();
  }

  /** The keys of causes for which points came back already. */
  Set<String> returned(Collection<String> keys) {
    return keys.isEmpty()
        ? Set.of()
        : new HashSet<>(
            jdbc.sql(RETURNED)
                .param("keys", keys.toArray(String[]::new))
                .query(String.class)
                .list());
  }

  /** Within the caller's transaction. */
  void save(Collection<AwardHold> all) {
    if (all.isEmpty()) {
      return;
    }
    deferred.add(
        SAVE,
        new MapSqlParameterSource()
            .addValue("payments", all.stream().map(h -> h.payment().value()).toArray(UUID[]::new))
            .addValue("orders", all.stream().map(h -> h.order().value()).toArray(UUID[]::new))
            .addValue("members", texts(all, AwardHold::member))
            .addValue("channels", texts(all, AwardHold::channel))
            .addValue("points", all.stream().map(AwardHold::points).toArray(Integer[]::new))
            .addValue("statuses", texts(all, AwardHold::status))
            .addValue("untils", texts(all, AwardHold::until))
            .addValue("returned", all.stream().map(AwardHold::returned).toArray(Integer[]::new))
            .addValue("lots", texts(all, hold -> joined(hold.shares(), Share::lot)))
            .addValue("lotPoints", texts(all, hold -> joined(hold.shares(), Share::points))));
  }

  private static String joined(List<Share> shares, Function<Share, Object> value) {
    return String.join(",", shares.stream().map(value).map(Object::toString).toList());
  }

  private static AwardHold hold(ResultSet row) throws SQLException {
    var lots = (UUID[]) row.getArray("lots").getArray();
    var points = (Long[]) row.getArray("lot_points").getArray();
    var shares = new ArrayList<Share>();
    for (var i = 0; i < lots.length; i++) {
      shares.add(new Share(lots[i], points[i]));
    }
    return new AwardHold(
        new PaymentId(row.getObject("payment_id", UUID.class)),
        new OrderId(row.getObject("order_id", UUID.class)),
        new MemberNumber(row.getString("member_number")),
        row.getString("channel"),
        row.getInt("points"),
        Status.valueOf(row.getString("status")),
        row.getObject("until", OffsetDateTime.class).toInstant(),
        shares,
        row.getInt("returned"));
  }
}
