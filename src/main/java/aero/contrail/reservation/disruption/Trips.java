package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.reservation.disruption.ReprotectionRules.Protection;
import aero.contrail.reservation.disruption.Trip.TripFlight;
import aero.contrail.reservation.passenger.Party;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What parties have booked and not flown yet. */
@Repository
class Trips {

  private static final String LOCK =
      """
      select order_id
        from reservation.reservation
       where order_id = :order and status = 'CONFIRMED'
         for update
      """;

  private static final String OF_ORDERS =
      """
      select s.order_id, s.flight_id, s.cabin, s.fare_class, s.status,
             coalesce(s.party, r.party) as party, coalesce(s.seats, r.seats) as seats
        from reservation.segment s
        join reservation.reservation r on r.order_id = s.order_id
       where s.order_id = any (:orders) and r.status = 'CONFIRMED' and s.hold_id = s.order_id
         and s.status in ('CONFIRMED', 'UNABLE')
       order by s.order_id, s.flight_id
      """;

  private static final String BOOKED_ON =
      """
      select distinct s.order_id
        from reservation.segment s
       where s.flight_id = any (:flights) and s.status = 'CONFIRMED'
       order by s.order_id
      """;

  private static final String IN_NO_CABIN =
      """
      select s.order_id
        from reservation.segment s
        join reservation.cabin c on c.flight_id = s.flight_id and c.cabin = s.cabin
       where s.flight_id = :flight and s.status = 'CONFIRMED' and c.capacity = 0
       order by s.order_id
      """;

  private static final String REPLACE =
      """
      update reservation.segment
         set status = 'REPROTECTED'
       where order_id = :order and hold_id = :order and flight_id = any (:flights)
      """;

  /** It may have been on the flight before, and left it. */
  private static final String ADD =
      """
      insert into reservation.segment (order_id, hold_id, flight_id, cabin, fare_class, status,
                                       party, seats)
      values (:order, :order, :flight, :cabin, :class, 'CONFIRMED', :party, :seats)
          on conflict (order_id, flight_id, hold_id) do update
         set cabin = excluded.cabin, fare_class = excluded.fare_class, status = excluded.status,
             party = excluded.party, seats = excluded.seats, unpaid = false
      """;

  private final JdbcClient jdbc;
  private final Flights flights;

  Trips(JdbcClient jdbc, Flights flights) {
    this.jdbc = jdbc;
    this.flights = flights;
  }

  /** Keeps others from changing what a party has; false when it has nothing any more. */
  boolean lock(OrderId order) {
    return jdbc.sql(LOCK)
        .param("order", order.value())
        .query((row, _) -> row.getObject("order_id", UUID.class))
        .optional()
        .isPresent();
  }

  /** Whoever has booked one of the flights, in the order in which they are served. */
  List<OrderId> bookedOn(Collection<FlightId> some) {
    return jdbc.sql(BOOKED_ON)
        .param("flights", some.stream().map(FlightId::value).toArray(String[]::new))
        .query((row, _) -> new OrderId(row.getObject("order_id", UUID.class)))
        .list();
  }

  /** Whoever has booked a cabin of a flight that its aircraft does not have. */
  List<OrderId> inNoCabin(FlightId flight) {
    return jdbc.sql(IN_NO_CABIN)
        .param("flight", flight.value())
        .query((row, _) -> new OrderId(row.getObject("order_id", UUID.class)))
        .list();
  }

  private record Row(OrderId order, FlightId flight, TripFlightData data) {}

  private record TripFlightData(
      String cabin, String fareClass, boolean isUnable, Party party, int seats) {}

  /** What parties fly. */
  List<Trip> of(Collection<OrderId> orders) {
    return of(orders, (_, _) -> false);
  }

  /**
   * What parties fly, and what they would if it flew.
   *
   * @param isLost whether an order lost a flight
   */
  List<Trip> of(Collection<OrderId> orders, BiPredicate<OrderId, FlightId> isLost) {
    return of(orders, isLost, Map.of());
  }

  /**
   * The same if some flights were otherwise.
   *
   * @param otherwise these flights, as they would be
   */
  List<Trip> of(
      Collection<OrderId> orders,
      BiPredicate<OrderId, FlightId> isLost,
      Map<FlightId, Flight> otherwise) {
    var rows =
        jdbc.sql(OF_ORDERS)
            .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
            .query(
                (row, _) ->
                    new Row(
                        new OrderId(row.getObject("order_id", UUID.class)),
                        new FlightId(row.getString("flight_id")),
                        new TripFlightData(
                            row.getString("cabin"),
                            row.getString("fare_class"),
                            row.getString("status").equals("UNABLE"),
                            Party.ofText(row.getString("party")),
                            row.getInt("seats"))))
            .list();
    var known = new HashMap<FlightId, Flight>();
    flights
        .of(rows.stream().map(Row::flight).distinct().toList())
        .forEach(flight -> known.put(flight.id(), otherwise.getOrDefault(flight.id(), flight)));
    Map<OrderId, List<TripFlight>> trips = new LinkedHashMap<>();
    for (var row : rows) {
      var flight = known.get(row.flight());
      var lost = isLost.test(row.order(), row.flight());
      if (flight != null && (lost || (!row.data().isUnable() && flight.status().isAhead()))) {
        trips
            .computeIfAbsent(row.order(), _ -> new ArrayList<>())
            .add(
                new TripFlight(
                    flight,
                    row.data().cabin(),
                    row.data().fareClass(),
                    row.data().party(),
                    row.data().seats(),
                    !row.data().isUnable(),
                    lost));
      }
    }
    return trips.entrySet().stream()
        .map(trip -> new Trip(trip.getKey(), trip.getValue()))
        .sorted(Comparator.comparing(trip -> trip.order().value()))
        .toList();
  }

  /** Writes that a party flies something else. */
  void replace(OrderId order, Protection protection) {
    jdbc.sql(REPLACE)
        .param("order", order.value())
        .param(
            "flights",
            protection.alternative().instead().stream()
                .map(flight -> flight.id().value())
                .toArray(String[]::new))
        .update();
    for (var claim : protection.claims()) {
      jdbc.sql(ADD)
          .param("order", order.value())
          .param("flight", claim.flight().value())
          .param("cabin", claim.cabin())
          .param("class", claim.fareClass())
          .param("party", protection.party().text())
          .param("seats", claim.seats())
          .update();
    }
  }
}
