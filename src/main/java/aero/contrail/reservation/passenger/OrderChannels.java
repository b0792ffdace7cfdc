package aero.contrail.reservation.passenger;

import aero.contrail.events.OrderId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which channel sold an order that has, or had, space. */
@Repository
public class OrderChannels {

  private static final String CHANNEL =
      "select channel from reservation.reservation where order_id = :order";

  private final JdbcClient jdbc;

  OrderChannels(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty when there is no such order, or it has not been answered with space yet. */
  public Optional<String> of(OrderId order) {
    return jdbc.sql(CHANNEL).param("order", order.value()).query(String.class).optional();
  }
}
