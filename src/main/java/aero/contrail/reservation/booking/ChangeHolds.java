package aero.contrail.reservation.booking;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.HoldId;
import aero.contrail.reservation.booking.ChangeHold.Status;
import aero.contrail.reservation.passenger.Party;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Space that is held for changes. Read and written for a whole batch, under its orders' locks. */
@Repository
class ChangeHolds {

  private static final String OF_ORDERS =
      """
      select h.hold_id, h.order_id, h.status, h.lapses_at, s.flight_id, s.cabin, s.fare_class,
             s.party, s.seats, s.status as segment_status
        from reservation.change_hold h
        left join reservation.segment s on s.order_id = h.order_id and s.hold_id = h.hold_id
       where h.order_id = any (:orders)
       order by h.hold_id, s.flight_id
      """;

  /** Its segments are there as long as it is held. */
  private static final String SAVE =
      """
      with holds as (
        insert into reservation.change_hold (hold_id, order_id, status, lapses_at)
        select hold_id, order_id, status, lapses_at::timestamptz
          from unnest(:holds, :orders, :statuses, :lapses)
            as u (hold_id, order_id, status, lapses_at)
            on conflict (hold_id) do update
           set status = excluded.status
      ), ended as (
        delete from reservation.segment s
         using unnest(:holds, :orders, :statuses) as u (hold_id, order_id, status)
         where s.order_id = u.order_id and s.hold_id = u.hold_id and u.status <> 'HELD'
      )
      insert into reservation.segment (hold_id, order_id, flight_id, cabin, fare_class, party,
                                       seats, status, unpaid)
      select hold_id, order_id, flight_id, cabin, fare_class, party, seats, 'HELD', true
        from unnest(:segmentHolds, :segmentOrders, :flights, :cabins, :classes, :parties, :seats)
          as u (hold_id, order_id, flight_id, cabin, fare_class, party, seats)
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;

  ChangeHolds(JdbcClient jdbc, DeferredWrites deferred) {
    this.jdbc = jdbc;
    this.deferred = deferred;
  }

  /** All that were ever held for changes of the orders. */
  List<ChangeHold> of(Collection<OrderId> orders) {
    var holds = new LinkedHashMap<HoldId, ChangeHold>();
    jdbc.sql(OF_ORDERS)
        .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
        .query((row, _) -> hold(row))
        .list()
        .forEach(hold -> holds.merge(hold.id(), hold, ChangeHolds::together));
    return List.copyOf(holds.values());
  }

  private static ChangeHold hold(ResultSet row) throws SQLException {
    return new ChangeHold(
        new HoldId(row.getObject("hold_id", UUID.class)),
        new OrderId(row.getObject("order_id", UUID.class)),
        Status.valueOf(row.getString("status")),
        row.getObject("lapses_at", OffsetDateTime.class).toInstant(),
        row.getString("flight_id") == null
            ? List.of()
            : List.of(
                new Reservation.Segment(
                    new Space.Claim(
                        new FlightId(row.getString("flight_id")),
                        row.getString("cabin"),
                        row.getString("fare_class"),
                        row.getInt("seats")),
                    Party.ofText(row.getString("party")),
                    SegmentStatus.valueOf(row.getString("segment_status")))));
  }

  private static ChangeHold together(ChangeHold known, ChangeHold more) {
    var segments = new ArrayList<>(known.segments());
    segments.addAll(more.segments());
    return new ChangeHold(known.id(), known.order(), known.status(), known.lapsesAt(), segments);
  }

  /** Writes new ones, and what became of others. */
  void save(List<ChangeHold> holds) {
    if (holds.isEmpty()) {
      return;
    }
    var owners = new ArrayList<ChangeHold>();
    var segments = new ArrayList<Reservation.Segment>();
    for (var hold : holds) {
      for (var segment : hold.segments()) {
        owners.add(hold);
        segments.add(segment);
      }
    }
    var claims = segments.stream().map(Reservation.Segment::claim).toList();
    deferred.add(
        SAVE,
        new MapSqlParameterSource()
            .addValue("holds", holds.stream().map(h -> h.id().value()).toArray(UUID[]::new))
            .addValue("orders", holds.stream().map(h -> h.order().value()).toArray(UUID[]::new))
            .addValue("statuses", holds.stream().map(h -> h.status().name()).toArray(String[]::new))
            .addValue(
                "lapses", holds.stream().map(h -> h.lapsesAt().toString()).toArray(String[]::new))
            .addValue("segmentHolds", owners.stream().map(h -> h.id().value()).toArray(UUID[]::new))
            .addValue(
                "segmentOrders", owners.stream().map(h -> h.order().value()).toArray(UUID[]::new))
            .addValue(
                "flights", claims.stream().map(c -> c.flight().value()).toArray(String[]::new))
            .addValue("cabins", claims.stream().map(Space.Claim::cabin).toArray(String[]::new))
            .addValue("classes", claims.stream().map(Space.Claim::fareClass).toArray(String[]::new))
            .addValue(
                "parties", segments.stream().map(s -> s.party().text()).toArray(String[]::new))
            .addValue("seats", claims.stream().map(Space.Claim::seats).toArray(Integer[]::new)));
  }
}
