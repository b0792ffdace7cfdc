package aero.contrail.loyalty.earning;

import static aero.contrail.database.SqlArrays.texts;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.TicketNumber;
import aero.contrail.loyalty.earning.Coupon.Status;
import aero.contrail.loyalty.earning.Coupon.Trip;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All coupons that were ever sold or flown, for a whole batch. */
@Repository
class Coupons {

  /**
   * Facts about a coupon may be in the streams of two orders, after a split, and be told at the
   * same time, before there is a row that could be locked. Few locks, in one order.
   */
  private static final String LOCK =
      """
      select pg_advisory_xact_lock(hashtext('loyalty.coupon'), key)::text
        from (select distinct abs(hashtext(ticket) % 256) as key
                from unnest(:tickets) as k (ticket)
               order by key) ordered
      """;

  private static final String FIND =
      """
      select c.ticket, c.flight_id, c.order_id, c.member_number, c.channel, c.passenger_type,
             c.fare_class, c.miles, c.award, c.status, c.tier_points
        from unnest(:tickets, :flights) as k (ticket, flight)
        join loyalty.coupon c on c.ticket = k.ticket and c.flight_id = k.flight
      """;

  private static final String SAVE =
      """
      insert into loyalty.coupon (ticket, flight_id, order_id, member_number, channel,
                                  passenger_type, fare_class, miles, award, status,
                                  tier_points)
      select ticket, flight, order_id, member, channel, type, fare_class, miles,
             coalesce(award, false), status, tier_points
        from unnest(:tickets, :flights, :orders, :members, :channels, :types, :classes, :miles,
                    :awards, :statuses, :tierPoints)
          as c (ticket, flight, order_id, member, channel, type, fare_class, miles, award, status,
                tier_points)
          on conflict (ticket, flight_id) do update
         set order_id = excluded.order_id, member_number = excluded.member_number,
             channel = excluded.channel,
             passenger_type = excluded.passenger_type,
             fare_class = excluded.fare_class, miles = excluded.miles, award = excluded.award,
             status = excluded.status,
             tier_points = excluded.tier_points
      """;

  private static final String WITHOUT_DOCUMENT =
      """
      select count(*)
        from loyalty.coupon
       where fare_class is null
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;

  Coupons(JdbcClient jdbc, DeferredWrites deferred) {
    this.jdbc = jdbc;
    this.deferred = deferred;
  }

  /** Those that are known; nobody else changes any of them until the transaction ends. */
  List<Coupon> lock(Collection<Coupon.Key> keys) {
    var tickets = texts(keys, Coupon.Key::ticket);
    var _ = jdbc.sql(LOCK).param("tickets", tickets).query(String.class).list();
    return jdbc.sql(FIND)
        .param("tickets", tickets)
        .param("flights", texts(keys, Coupon.Key::flight))
        .query((row, _) -> coupon(row))
        .list();
  }

  /** Within the caller's transaction. */
  void save(Collection<Coupon> coupons) {
    deferred.add(
        SAVE,
        new MapSqlParameterSource()
            .addValue("tickets", texts(coupons, coupon -> coupon.key().ticket()))
            .addValue("flights", texts(coupons, coupon -> coupon.key().flight()))
            .addValue("orders", coupons.stream().map(c -> c.order().value()).toArray(UUID[]::new))
            .addValue("members", texts(coupons, Coupon::member))
            .addValue("channels", texts(coupons, of(Trip::channel)))
            .addValue("types", texts(coupons, of(Trip::type)))
            .addValue("classes", texts(coupons, of(Trip::fareClass)))
            .addValue("miles", coupons.stream().map(of(Trip::miles)).toArray(Integer[]::new))
            .addValue("awards", coupons.stream().map(of(Trip::award)).toArray(Boolean[]::new))
            .addValue("statuses", texts(coupons, Coupon::status))
            .addValue("tierPoints", coupons.stream().map(Coupon::tierPoints).toArray(Long[]::new)));
  }

  /** How many were flown or given up of which no document was ever told. */
  long withoutDocument() {
    return jdbc.sql(WITHOUT_DOCUMENT).query(Long.class).single();
  }

  private static <T extends @Nullable Object> Function<Coupon, @Nullable T> of(
      Function<Trip, T> value) {
    return coupon -> coupon.trip() == null ? null : value.apply(coupon.trip());
  }

  private static Coupon coupon(ResultSet row) throws SQLException {
    var member = row.getString("member_number");
    var fareClass = row.getString("fare_class");
    var type = row.getString("passenger_type");
    return new Coupon(
        new Coupon.Key(
            new TicketNumber(row.getString("ticket")), new FlightId(row.getString("flight_id"))),
        new OrderId(row.getObject("order_id", UUID.class)),
        member == null ? null : new MemberNumber(member),
        fareClass == null
            ? null
            : new Trip(
                row.getString("channel"),
                type == null ? null : PassengerType.valueOf(type),
                fareClass,
                row.getInt("miles"),
                row.getBoolean("award")),
        Status.valueOf(row.getString("status")),
        row.getLong("tier_points"));
  }
}
