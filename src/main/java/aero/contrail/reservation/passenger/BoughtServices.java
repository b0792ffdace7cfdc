package aero.contrail.reservation.passenger;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What flights gave to passengers who bought it. To be changed only under the locks of the flights'
 * cabins.
 */
@Repository
public class BoughtServices {

  private static final String INSERT =
      """
      insert into reservation.bought_service (id, order_id, flight_id, passenger, seat, seat_before,
                                              special_service)
      values (:id, :order, :flight, :passenger, :seat, :before, :specialService)
          on conflict do nothing
      """;

  private static final String TAKE_BACK =
      """
      delete from reservation.bought_service
       where id = :id
      returning order_id, seat, seat_before, special_service
      """;

  private static final String SEAT =
      """
      select seat
        from reservation.bought_service
       where order_id = :order and flight_id = :flight and passenger = :passenger
         and seat is not null
      """;

  private final JdbcClient jdbc;

  BoughtServices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What a flight gave.
   *
   * @param before the seat that the passenger had; null when he had none
   * @param specialService what was promised new; null when it was promised already
   */
  public record Given(
      @Nullable String seat, @Nullable String before, @Nullable UUID specialService) {}

  /** Keeps what was given for a service. */
  public void give(
      UUID service, OrderId order, FlightId flight, PassengerId passenger, Given given) {
    jdbc.sql(INSERT)
        .param("id", service)
        .param("order", order.value())
        .param("flight", flight.value())
        .param("passenger", passenger.value())
        .param("seat", given.seat())
        .param("before", given.before())
        .param("specialService", given.specialService())
        .update();
  }

  /**
   * What was given and is not any more.
   *
   * @param order whose it was; another than bought it, when its passenger has one of his own
   */
  public record TakenBack(OrderId order, Given given) {}

  /** What was given for a service, which it is not any more; empty when nothing was. */
  public Optional<TakenBack> takeBack(UUID service) {
    return jdbc.sql(TAKE_BACK)
        .param("id", service)
        .query(
            (row, _) ->
                new TakenBack(
                    new OrderId(row.getObject("order_id", UUID.class)),
                    new Given(
                        row.getString("seat"),
                        row.getString("seat_before"),
                        row.getObject("special_service", UUID.class))))
        .optional();
  }

  /** The seat that a passenger bought on a flight. */
  public Optional<String> seat(OrderId order, FlightId flight, PassengerId passenger) {
    return jdbc.sql(SEAT)
        .param("order", order.value())
        .param("flight", flight.value())
        .param("passenger", passenger.value())
        .query((row, _) -> row.getString("seat"))
        .optional();
  }
}
