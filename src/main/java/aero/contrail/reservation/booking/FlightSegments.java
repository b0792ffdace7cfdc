package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.HoldId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whoever has space on a flight, over all parties. */
@Repository
public class FlightSegments {

  private static final String ON_FLIGHT =
      """
      select r.order_id, r.locator, coalesce(s.seats, r.seats) as seats, s.status
        from reservation.segment s
        join reservation.reservation r on r.order_id = s.order_id
       where s.flight_id = :flight and s.status in ('HELD', 'CONFIRMED')
       order by r.locator
      """;

  private static final String PARTIES =
      """
      select s.flight_id, count(distinct s.order_id) as parties,
             sum(coalesce(s.seats, r.seats)) as seats
        from reservation.segment s
        join reservation.reservation r on r.order_id = s.order_id
       where s.flight_id = any (:flights) and s.status in ('HELD', 'CONFIRMED')
       group by s.flight_id
      """;

  private static final String UNPAID =
      """
      select s.flight_id, r.channel, sum(coalesce(s.seats, r.seats)) as seats
        from reservation.segment s
        join reservation.reservation r on r.order_id = s.order_id
       where s.flight_id = any (:flights) and s.unpaid
       group by s.flight_id, r.channel
      """;

  private static final String HELD_FOR_CHANGES =
      """
      select hold_id, order_id
        from reservation.segment
       where flight_id = :flight and status = 'HELD' and hold_id <> order_id
       order by order_id, hold_id
      """;

  private static final String MARK_SEGMENTS =
      """
      update reservation.segment
         set status = :next, unpaid = false
       where flight_id = :flight and status = any (:from)
         and (:orders::uuid[] is null or order_id = any (:orders::uuid[]))
      returning order_id
      """;

  private final JdbcClient jdbc;

  FlightSegments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How many parties have space on a flight, and how many seats. */
  public record Parties(int count, int seats) {

    public static final Parties NONE = new Parties(0, 0);
  }

  /** Who has space on flights; those without have no entry. */
  public Map<FlightId, Parties> parties(Collection<FlightId> flights) {
    var parties = new HashMap<FlightId, Parties>();
    jdbc.sql(PARTIES)
        .param("flights", flights.stream().map(FlightId::value).toArray(String[]::new))
        .query(
            row -> {
              parties.put(
                  new FlightId(row.getString("flight_id")),
                  new Parties(row.getInt("parties"), row.getInt("seats")));
            });
    return parties;
  }

  /** Somebody who has space on a flight. */
  public record Affected(OrderId orderId, String recordLocator, int seats, SegmentStatus status) {}

  /** Whoever has space on a flight. */
  public List<Affected> onFlight(FlightId flight) {
    return jdbc.sql(ON_FLIGHT)
        .param("flight", flight.value())
        .query(
            (row, _) ->
                new Affected(
                    new OrderId(row.getObject("order_id", UUID.class)),
                    row.getString("locator"),
                    row.getInt("seats"),
                    SegmentStatus.valueOf(row.getString("status"))))
        .list();
  }

  /** What is held on a flight for changes, and of which orders. */
  public Map<HoldId, OrderId> heldForChanges(FlightId flight) {
    var holds = new LinkedHashMap<HoldId, OrderId>();
    jdbc.sql(HELD_FOR_CHANGES)
        .param("flight", flight.value())
        .query(
            row -> {
              holds.put(
                  new HoldId(row.getObject("hold_id", UUID.class)),
                  new OrderId(row.getObject("order_id", UUID.class)));
            });
    return holds;
  }

  /** What is held on flights and not paid for; certain under the locks of their cabins. */
  List<UnpaidHolds.Held> unpaid(Collection<FlightId> flights) {
    return jdbc.sql(UNPAID)
        .param("flights", texts(flights.stream().map(FlightId::value).toList()))
        .query(
            (row, _) ->
                new UnpaidHolds.Held(
                    row.getString("channel"),
                    new FlightId(row.getString("flight_id")),
                    row.getInt("seats")))
        .list();
  }

  /** Moves a flight's segments on; the orders that they belong to, sorted. */
  public Set<OrderId> mark(FlightId flight, List<SegmentStatus> from, SegmentStatus next) {
    return mark(flight, null, from, next);
  }

  /** The same for some orders. */
  public Set<OrderId> mark(
      FlightId flight,
      @Nullable Collection<OrderId> of,
      List<SegmentStatus> from,
      SegmentStatus next) {
    var orders =
        jdbc.sql(MARK_SEGMENTS)
            .param("flight", flight.value())
            .param(
                "orders", of == null ? null : of.stream().map(OrderId::value).toArray(UUID[]::new))
            .param("from", texts(from.stream().map(Enum::name).toList()))
            .param("next", next.name())
            .query((row, _) -> row.getObject("order_id", UUID.class))
            .list();
    var sorted = new TreeSet<OrderId>(Comparator.comparing(OrderId::value));
    orders.forEach(order -> sorted.add(new OrderId(order)));
    return sorted;
  }

  private static String[] texts(List<String> texts) {
    return texts.toArray(String[]::new);
  }
}
