package aero.contrail.reservation.specialservice;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.reservation.specialservice.ServiceRequest.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What passengers asked for. To be changed only under the locks of the flights' cabins, so that no
 * flight promises more than it has. Whoever is not on a flight any more asks for nothing there.
 */
@Repository
public class SpecialServices {

  private static final String COLUMNS =
      """
      select v.id, v.order_id, v.flight_id, v.passenger, v.code, v.status
        from reservation.special_service v
      """;

  private static final String OF_ORDER =
      COLUMNS + " where v.order_id = :order order by v.requested_at, v.id";

  private static final String FIND = COLUMNS + " where v.order_id = :order and v.id = :id";

  /** Parties are written as P1 ADULT,P2 INFANT. */
  private static final String ABOARD =
      """
      select v.id, v.order_id, v.flight_id, v.passenger, v.code, v.status
        from reservation.special_service v
        join reservation.segment s
          on s.order_id = v.order_id and s.flight_id = v.flight_id and s.hold_id = s.order_id
        join reservation.reservation r on r.order_id = s.order_id
       where v.flight_id = :flight and v.status = 'HK'
         and s.status in ('HELD', 'CONFIRMED', 'FLOWN')
         and position(v.passenger || ' ' in coalesce(s.party, r.party)) > 0
       order by v.order_id, v.passenger, v.code
      """;

  private static final String INSERT =
      """
      insert into reservation.special_service (id, order_id, flight_id, passenger, code, status,
                                               requested_at)
      values (:id, :order, :flight, :passenger, :code, :status, :at)
      """;

  private static final String GIVE_UP =
      """
      update reservation.special_service
         set status = 'XX'
       where order_id = :order and flight_id = any (:flights) and passenger = any (:passengers)
         and status = 'HK'
         and not exists (select
                           from reservation.bought_service b
                          where b.special_service = special_service.id)
      returning passenger, code
      """;

  private static final String IS_BOUGHT =
      """
      select exists (select
                       from reservation.bought_service
                      where special_service = :id)
      """;

  private static final String GIVE_UP_ONE =
      "update reservation.special_service set status = 'XX' where id = :id";

  private final JdbcClient jdbc;
  private final ServiceLimits limits;
  private final Clock clock;

  SpecialServices(JdbcClient jdbc, ServiceLimits limits, Clock clock) {
    this.jdbc = jdbc;
    this.limits = limits;
    this.clock = clock;
  }

  /** All that was ever asked for on an order, oldest first. */
  List<ServiceRequest> of(OrderId order) {
    return jdbc.sql(OF_ORDER).param("order", order.value()).query((row, _) -> service(row)).list();
  }

  Optional<ServiceRequest> find(OrderId order, UUID id) {
    return jdbc.sql(FIND)
        .param("order", order.value())
        .param("id", id)
        .query((row, _) -> service(row))
        .optional();
  }

  /** What is confirmed for those who are on a flight. */
  List<ServiceRequest> aboard(FlightId flight) {
    return jdbc.sql(ABOARD).param("flight", flight.value()).query((row, _) -> service(row)).list();
  }

  /** The codes of what is confirmed on a flight, by order and passenger. */
  public Map<OrderId, Map<PassengerId, List<String>>> codes(FlightId flight) {
    var codes = new HashMap<OrderId, Map<PassengerId, List<String>>>();
    for (var service : aboard(flight)) {
      codes
          .computeIfAbsent(service.order(), _ -> new HashMap<>())
          .merge(service.passenger(), List.of(service.code().name()), SpecialServices::together);
    }
    return codes;
  }

  private static List<String> together(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private static ServiceRequest service(ResultSet row) throws SQLException {
    return new ServiceRequest(
        row.getObject("id", UUID.class),
        new OrderId(row.getObject("order_id", UUID.class)),
        new FlightId(row.getString("flight_id")),
        new PassengerId(row.getString("passenger")),
        ServiceCode.valueOf(row.getString("code")),
        Status.valueOf(row.getString("status")));
  }

  /** Whether a flight has one more of it. */
  boolean hasRoom(FlightId flight, ServiceCode code) {
    return hasRoom(flight, code, aboard(flight), 0);
  }

  /**
   * The same where it is known what is confirmed.
   *
   * @param aboard as {@link #aboard} tells it
   * @param others how many are to get it beside them
   */
  boolean hasRoom(FlightId flight, ServiceCode code, List<ServiceRequest> aboard, int others) {
    var most = limits.of(flight, code);
    return most.isEmpty()
        || aboard.stream().filter(service -> service.code() == code).count() + others < most.get();
  }

  void insert(ServiceRequest service) {
    jdbc.sql(INSERT)
        .param("id", service.id())
        .param("order", service.order().value())
        .param("flight", service.flight().value())
        .param("passenger", service.passenger().value())
        .param("code", service.code().name())
        .param("status", service.status().name())
        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  void giveUp(UUID service) {
    jdbc.sql(GIVE_UP_ONE).param("id", service).update();
  }

  /** Whether an order bought it: then it is given up there. */
  boolean isBought(ServiceRequest service) {
    return jdbc.sql(IS_BOUGHT)
        .param("id", service.id())
        .query((row, _) -> row.getBoolean(1))
        .single();
  }

  private record Wish(PassengerId passenger, ServiceCode code) {}

  /**
   * Passengers fly something else: what was confirmed to them goes with them, as far as the new
   * flights have room for it. They must be on these already. What they bought stays behind: the
   * order is told, and takes it back.
   */
  public void follow(
      OrderId order,
      Collection<PassengerId> passengers,
      Collection<FlightId> from,
      Collection<FlightId> to) {
    var wishes =
        jdbc.sql(GIVE_UP)
            .param("order", order.value())
            .param("flights", from.stream().map(FlightId::value).toArray(String[]::new))
            .param("passengers", passengers.stream().map(PassengerId::value).toArray(String[]::new))
            .query(
                (row, _) ->
                    new Wish(
                        new PassengerId(row.getString("passenger")),
                        ServiceCode.valueOf(row.getString("code"))))
            .list();
    for (var wish : wishes.stream().distinct().toList()) {
      for (var flight : to) {
        insert(
            new ServiceRequest(
                UUID.randomUUID(),
                order,
                flight,
                wish.passenger(),
                wish.code(),
                hasRoom(flight, wish.code()) ? Status.HK : Status.UC));
      }
    }
  }
}
