package aero.contrail.reservation.booking;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.RecordLocator;
import aero.contrail.reservation.booking.Reservation.Status;
import aero.contrail.reservation.passenger.Party;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who has space. Read and written for a whole batch. */
@Repository
class Reservations {

  private static final String COLUMNS =
      """
      select r.order_id, r.channel, r.locator, r.party, r.status, r.lapses_at, s.flight_id, s.cabin,
             s.fare_class, s.status as segment_status, s.unpaid,
             coalesce(s.seats, r.seats) as seats, coalesce(s.party, r.party) as segment_party
        from reservation.reservation r
        join reservation.segment s on s.order_id = r.order_id and s.hold_id = r.order_id
      """;

  /**
   * Segments are read again under the locks of their cabins. Only re-protection adds flights: who
   * waited for it here finds the cabin of one not locked, and the batch is done again.
   */
  private static final String LOCK =
      """
      select r.order_id, s.flight_id
        from reservation.reservation r
        join reservation.segment s on s.order_id = r.order_id
       where r.order_id = any (:orders)
       order by r.order_id
         for update of r
      """;

  private static final String BY_ORDER =
      COLUMNS + " where r.order_id = any (:orders) order by r.order_id, s.flight_id";

  private static final String BY_LOCATOR =
      COLUMNS + " where r.locator = :locator order by s.flight_id";

  private static final String INSERT =
      """
      with reservations as (
        insert into reservation.reservation (order_id, channel, locator, seats, party, status,
                                             lapses_at)
        select *
          from unnest(:holders, :channels, :locators, :seats, :parties, :states,
                      :lapses::timestamptz[])
      )
      insert into reservation.segment (order_id, hold_id, flight_id, cabin, fare_class, status,
                                       unpaid)
      select *
        from unnest(:orders, :orders, :flights, :cabins, :classes, :statuses, :unpaid)
      """;

  private static final String UPDATE =
      """
      with reservations as (
        update reservation.reservation r
           set status = u.status
          from unnest(:holders, :states) as u (order_id, status)
         where r.order_id = u.order_id
      )
      update reservation.segment s
         set status = u.status, unpaid = u.unpaid, party = u.party, seats = u.seats
        from unnest(:orders, :flights, :statuses, :unpaid, :segmentParties, :segmentSeats)
          as u (order_id, flight_id, status, unpaid, party, seats)
       where s.order_id = u.order_id and s.flight_id = u.flight_id and s.hold_id = u.order_id
         and (s.status, s.unpaid, s.party) is distinct from (u.status, u.unpaid, u.party)
      """;

  /** What became of them, and for whom, is written with the others. */
  private static final String JOIN =
      """
      insert into reservation.segment (order_id, hold_id, flight_id, cabin, fare_class, status)
      select *
        from unnest(:orders, :orders, :flights, :cabins, :classes, :statuses)
          on conflict (order_id, flight_id, hold_id) do update
         set cabin = excluded.cabin, fare_class = excluded.fare_class
      """;

  private static final String TAKEN_LOCATORS =
      "select locator from reservation.reservation where locator = any (:locators)";

  private static final String LAPSED =
      """
      (select order_id
         from reservation.reservation
        where status = 'HELD' and lapses_at <= :now
        order by lapses_at
        limit 200)
      union
      (select order_id
         from reservation.change_hold
        where status = 'HELD' and lapses_at <= :now
        order by lapses_at
        limit 200)
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;

  Reservations(JdbcClient jdbc, DeferredWrites deferred) {
    this.jdbc = jdbc;
    this.deferred = deferred;
  }

  Set<String> taken(Collection<RecordLocator> locators) {
    return jdbc.sql(TAKEN_LOCATORS)
        .param("locators", locators.stream().map(RecordLocator::value).toArray(String[]::new))
        .query((row, _) -> row.getString("locator"))
        .set();
  }

  /** Which orders have reservations, and on which flights; those held for changes, too. */
  record Locked(Set<OrderId> orders, Set<FlightId> flights) {}

  /** Locks the reservations of the orders until the transaction ends, in the order of ids. */
  Locked lock(Collection<OrderId> orders) {
    var locked = new Locked(new HashSet<>(), new LinkedHashSet<>());
    jdbc.sql(LOCK)
        .param("orders", ids(orders))
        .query(
            row -> {
              locked.orders().add(new OrderId(row.getObject("order_id", UUID.class)));
              locked.flights().add(new FlightId(row.getString("flight_id")));
            });
    return locked;
  }

  /** The reservations of the orders, in the order of ids. */
  List<Reservation> of(Collection<OrderId> orders) {
    return group(
        jdbc.sql(BY_ORDER).param("orders", ids(orders)).query((row, _) -> reservation(row)).list());
  }

  Optional<Reservation> find(RecordLocator locator) {
    return group(
            jdbc.sql(BY_LOCATOR)
                .param("locator", locator.value())
                .query((row, _) -> reservation(row))
                .list())
        .stream()
        .findFirst();
  }

  /** Orders with a hold that they should have given back. */
  List<OrderId> lapsed(Instant now) {
    return jdbc.sql(LAPSED)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query((row, _) -> new OrderId(row.getObject("order_id", UUID.class)))
        .list();
  }

  void insert(List<Reservation> reservations) {
    if (reservations.isEmpty()) {
      return;
    }
    deferred.add(
        INSERT,
        segments(reservations)
            .addValue("channels", texts(reservations.stream().map(Reservation::channel).toList()))
            .addValue(
                "locators",
                reservations.stream()
                    .map(r -> r.locator() == null ? null : r.locator().value())
                    .toArray(String[]::new))
            .addValue(
                "seats", reservations.stream().map(r -> r.party().seats()).toArray(Integer[]::new))
            .addValue("parties", texts(reservations.stream().map(r -> r.party().text()).toList()))
            .addValue(
                "lapses", texts(reservations.stream().map(r -> r.lapsesAt().toString()).toList()))
            .addValue(
                "cabins", texts(claims(reservations).stream().map(Space.Claim::cabin).toList()))
            .addValue(
                "classes",
                texts(claims(reservations).stream().map(Space.Claim::fareClass).toList())));
  }

  /** Writes flights that reservations did not have before, or had in another class. */
  void join(List<Reservation> reservations) {
    if (reservations.isEmpty()) {
      return;
    }
    deferred.add(
        JOIN,
        segments(reservations)
            .addValue(
                "cabins", texts(claims(reservations).stream().map(Space.Claim::cabin).toList()))
            .addValue(
                "classes",
                texts(claims(reservations).stream().map(Space.Claim::fareClass).toList())));
  }

  void update(List<Reservation> reservations) {
    if (reservations.isEmpty()) {
      return;
    }
    var parties = new ArrayList<@Nullable String>();
    var seats = new ArrayList<@Nullable Integer>();
    for (var reservation : reservations) {
      for (var segment : reservation.segments()) {
        var isWhole = segment.party().equals(reservation.party());
        parties.add(isWhole ? null : segment.party().text());
        seats.add(isWhole ? null : segment.party().seats());
      }
    }
    deferred.add(
        UPDATE,
        segments(reservations)
            .addValue("segmentParties", parties.toArray(String[]::new))
            .addValue("segmentSeats", seats.toArray(Integer[]::new)));
  }

  private static MapSqlParameterSource segments(List<Reservation> reservations) {
    var orders = new ArrayList<OrderId>();
    var unpaid = new ArrayList<Boolean>();
    for (var r : reservations) {
      for (var segment : r.segments()) {
        orders.add(r.order());
        unpaid.add(r.isUnpaid() && segment.status() == SegmentStatus.HELD);
      }
    }
    return new MapSqlParameterSource()
        .addValue("holders", ids(reservations.stream().map(Reservation::order).toList()))
        .addValue("states", texts(reservations.stream().map(r -> r.status().name()).toList()))
        .addValue("orders", ids(orders))
        .addValue("unpaid", unpaid.toArray(Boolean[]::new))
        .addValue(
            "flights", texts(claims(reservations).stream().map(c -> c.flight().value()).toList()))
        .addValue(
            "statuses",
            texts(
                reservations.stream()
                    .flatMap(r -> r.segments().stream())
                    .map(segment -> segment.status().name())
                    .toList()));
  }

  private static List<Space.Claim> claims(List<Reservation> reservations) {
    return reservations.stream()
        .flatMap(r -> r.segments().stream())
        .map(Reservation.Segment::claim)
        .toList();
  }

  private static Reservation reservation(ResultSet row) throws SQLException {
    var locator = row.getString("locator");
    return new Reservation(
        new OrderId(row.getObject("order_id", UUID.class)),
        row.getString("channel"),
        locator == null ? null : new RecordLocator(locator),
        Party.ofText(row.getString("party")),
        row.getBoolean("unpaid"),
        Status.valueOf(row.getString("status")),
        row.getObject("lapses_at", OffsetDateTime.class).toInstant(),
        List.of(
            new Reservation.Segment(
                new Space.Claim(
                    new FlightId(row.getString("flight_id")),
                    row.getString("cabin"),
                    row.getString("fare_class"),
                    row.getInt("seats")),
                Party.ofText(row.getString("segment_party")),
                SegmentStatus.valueOf(row.getString("segment_status")))));
  }

  /** Puts the rows of one reservation together. */
  private static List<Reservation> group(List<Reservation> rows) {
    var reservations = new LinkedHashMap<OrderId, Reservation>();
    for (var row : rows) {
      reservations.merge(
          row.order(),
          row,
          (known, more) -> {
            var segments = new ArrayList<>(known.segments());
            segments.addAll(more.segments());
            return new Reservation(
                known.order(),
                known.channel(),
                known.locator(),
                known.party(),
                known.isUnpaid() || more.isUnpaid(),
                known.status(),
                known.lapsesAt(),
                segments);
          });
    }
    return List.copyOf(reservations.values());
  }

  private static UUID[] ids(Collection<OrderId> orders) {
    return orders.stream().map(OrderId::value).toArray(UUID[]::new);
  }

  private static String[] texts(List<String> texts) {
    return texts.toArray(String[]::new);
  }
}
