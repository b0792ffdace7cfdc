package aero.contrail.reservation.passenger;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.RecordLocator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Everybody on a flight. Certain and to be changed only under the locks of the flight's cabins;
 * where a passenger has no row of his own he is as his party's segment is.
 */
@Repository
public class FlightPassengers {

  private static final String ON_FLIGHT =
      """
      select s.order_id, r.channel, r.locator, coalesce(s.party, r.party) as party, s.flight_id,
             s.cabin, s.fare_class, s.status as segment_status, p.passenger, p.status, p.seat,
             p.sequence, p.told_at, p.checked_in_at
        from reservation.segment s
        join reservation.reservation r on r.order_id = s.order_id
        left join reservation.passenger p
          on p.order_id = s.order_id and p.flight_id = s.flight_id
       where s.flight_id = :flight and s.status in ('HELD', 'CONFIRMED', 'FLOWN', 'NO_SHOW')
         and s.hold_id = s.order_id
         and (:order::uuid is null or s.order_id = :order::uuid)
       order by r.locator, s.order_id
      """;

  private static final String SAVE =
      """
      insert into reservation.passenger as p (order_id, flight_id, passenger, status, seat,
                                              sequence, told_at, checked_in_at)
      select order_id, flight_id, passenger, status, seat, sequence, told_at::timestamptz,
             checked_in_at::timestamptz
        from unnest(:orders, :flights, :passengers, :statuses, :seats, :sequences, :told,
                    :checkedIn)
          as u (order_id, flight_id, passenger, status, seat, sequence, told_at, checked_in_at)
          on conflict (order_id, flight_id, passenger) do update
         set status = excluded.status, seat = excluded.seat, sequence = excluded.sequence,
             told_at = excluded.told_at, checked_in_at = excluded.checked_in_at
      """;

  /** First of all: two may change their seats with each other. */
  private static final String CLEAR_SEATS =
      """
      update reservation.passenger p
         set seat = null
        from unnest(:orders, :flights, :passengers, :seats)
          as u (order_id, flight_id, passenger, seat)
       where p.order_id = u.order_id and p.flight_id = u.flight_id and p.passenger = u.passenger
         and p.seat is not null and p.seat is distinct from u.seat
      """;

  /** Whoever has no space any more has no seat. */
  private static final String FREE =
      """
      update reservation.passenger p
         set seat = null
        from reservation.segment s
       where p.order_id = any (:orders) and p.seat is not null
         and s.order_id = p.order_id and s.flight_id = p.flight_id and s.hold_id = s.order_id
         and s.status in ('RELEASED', 'LAPSED', 'UNABLE')
      """;

  private static final String FREE_SOME =
      """
      update reservation.passenger
         set seat = null
       where order_id = :order and flight_id = :flight and passenger = any (:passengers)
         and seat is not null
      """;

  private static final String FORGET =
      """
      delete from reservation.passenger
       where order_id = :order and flight_id = :flight and passenger = any (:passengers)
      """;

  private static final String WITH_SEATS =
      """
      select distinct flight_id
        from reservation.passenger
       where flight_id = any (:flights) and seat is not null
      """;

  private static final String AT_AIRPORT =
      """
      select order_id, flight_id, passenger
        from reservation.passenger
       where order_id = any (:orders) and status in ('CHECKED_IN', 'BOARDED')
      """;

  private static final String ORDER_OF =
      "select order_id from reservation.reservation where locator = :locator";

  private final JdbcClient jdbc;

  /** A passenger of an order on a flight. */
  public record FlightPassengerKey(OrderId order, FlightId flight, PassengerId passenger) {}

  FlightPassengers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The order that a record locator is of. */
  public Optional<OrderId> orderOf(RecordLocator locator) {
    return jdbc.sql(ORDER_OF)
        .param("locator", locator.value())
        .query((row, _) -> new OrderId(row.getObject("order_id", UUID.class)))
        .optional();
  }

  /** Who of orders is checked in or aboard, and on which flight. */
  public List<FlightPassengerKey> atAirport(Collection<OrderId> orders) {
    return jdbc.sql(AT_AIRPORT)
        .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
        .query(
            (row, _) ->
                new FlightPassengerKey(
                    new OrderId(row.getObject("order_id", UUID.class)),
                    new FlightId(row.getString("flight_id")),
                    new PassengerId(row.getString("passenger"))))
        .list();
  }

  /** Those of the flights on which somebody has a seat. */
  public List<FlightId> withSeats(Collection<FlightId> flights) {
    return jdbc.sql(WITH_SEATS)
        .param("flights", flights.stream().map(FlightId::value).toArray(String[]::new))
        .query((row, _) -> new FlightId(row.getString("flight_id")))
        .list();
  }

  /** Everybody who has space on a flight, flew on it or did not come, party by party. */
  public List<FlightPassenger> of(FlightId flight) {
    return read(flight, null);
  }

  /** Those of one party; nobody when it has no space on the flight. */
  public List<FlightPassenger> of(FlightId flight, OrderId order) {
    return read(flight, order);
  }

  private List<FlightPassenger> read(FlightId flight, @Nullable OrderId order) {
    var parties = new LinkedHashMap<OrderId, Map<PassengerId, FlightPassenger>>();
    jdbc.sql(ON_FLIGHT)
        .param("flight", flight.value())
        .param("order", order == null ? null : order.value())
        .query(
            row -> {
              var party =
                  parties.computeIfAbsent(
                      new OrderId(row.getObject("order_id", UUID.class)),
                      _ -> new LinkedHashMap<>());
              if (party.isEmpty()) {
                asSegmentSays(row).forEach(passenger -> party.put(passenger.id(), passenger));
              }
              var known = row.getString("passenger");
              if (known != null) {
                var passenger = party.get(new PassengerId(known));
                if (passenger != null) {
                  party.put(passenger.id(), withOwnRow(passenger, row));
                }
              }
            });
    return parties.values().stream().flatMap(party -> party.values().stream()).toList();
  }

  private static List<FlightPassenger> asSegmentSays(ResultSet row) throws SQLException {
    var locator = row.getString("locator");
    var order = new OrderId(row.getObject("order_id", UUID.class));
    var channel = row.getString("channel");
    var flight = new FlightId(row.getString("flight_id"));
    var cabin = row.getString("cabin");
    var fareClass = row.getString("fare_class");
    var status = status(row.getString("segment_status"));
    return Party.ofText(row.getString("party")).members().stream()
        .map(
            member ->
                new FlightPassenger(
                    order,
                    channel,
                    locator == null ? null : new RecordLocator(locator),
                    flight,
                    cabin,
                    fareClass,
                    member.id(),
                    member.type(),
                    status,
                    null,
                    null,
                    null,
                    null))
        .toList();
  }

  private static PassengerStatus status(String segment) {
    return switch (segment) {
      case "HELD" -> PassengerStatus.HELD;
      case "FLOWN" -> PassengerStatus.FLOWN;
      case "NO_SHOW" -> PassengerStatus.NO_SHOW;
      default -> PassengerStatus.BOOKED;
    };
  }

  private static FlightPassenger withOwnRow(FlightPassenger passenger, ResultSet row)
      throws SQLException {
    var status = row.getString("status");
    return new FlightPassenger(
        passenger.order(),
        passenger.channel(),
        passenger.locator(),
        passenger.flight(),
        passenger.cabin(),
        passenger.fareClass(),
        passenger.id(),
        passenger.type(),
        status == null ? passenger.status() : PassengerStatus.valueOf(status),
        row.getString("seat"),
        row.getObject("sequence", Integer.class),
        instant(row, "told_at"),
        instant(row, "checked_in_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** Writes what has become of passengers; their seats must not be somebody else's. */
  public void save(List<FlightPassenger> passengers) {
    if (passengers.isEmpty()) {
      return;
    }
    keyed(CLEAR_SEATS, passengers).update();
    keyed(SAVE, passengers)
        .param("statuses", texts(passengers, FlightPassengers::ownStatus))
        .param(
            "sequences", passengers.stream().map(FlightPassenger::sequence).toArray(Integer[]::new))
        .param("told", texts(passengers, p -> text(p.toldAt())))
        .param("checkedIn", texts(passengers, p -> text(p.checkedInAt())))
        .update();
  }

  private JdbcClient.StatementSpec keyed(String sql, List<FlightPassenger> passengers) {
    return jdbc.sql(sql)
        .param("orders", passengers.stream().map(p -> p.order().value()).toArray(UUID[]::new))
        .param("flights", texts(passengers, p -> p.flight().value()))
        .param("passengers", texts(passengers, p -> p.id().value()))
        .param("seats", texts(passengers, FlightPassenger::seat));
  }

  /** Held and booked follow from the segment. */
  private static @Nullable String ownStatus(FlightPassenger passenger) {
    return switch (passenger.status()) {
      case HELD, BOOKED -> null;
      default -> passenger.status().name();
    };
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC).toString();
  }

  private static String[] texts(
      List<FlightPassenger> passengers, Function<FlightPassenger, @Nullable String> value) {
    return passengers.stream().map(value).toArray(String[]::new);
  }

  /** Gives back the seats of orders on flights where they have no space any more. */
  public void free(Collection<OrderId> orders) {
    if (!orders.isEmpty()) {
      jdbc.sql(FREE)
          .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
          .update();
    }
  }

  /** Gives back the seats of passengers who left flights. */
  public void free(OrderId order, List<Part> parts) {
    each(FREE_SOME, order, parts);
  }

  /** Passengers who are put on other flights, or in other cabins, begin anew there. */
  public void forget(OrderId order, List<Part> parts) {
    each(FORGET, order, parts);
  }

  private void each(String sql, OrderId order, List<Part> parts) {
    for (var part : parts) {
      jdbc.sql(sql)
          .param("order", order.value())
          .param("flight", part.flight().value())
          .param(
              "passengers",
              part.passengers().stream().map(PassengerId::value).toArray(String[]::new))
          .update();
    }
  }
}
