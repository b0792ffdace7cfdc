package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two hundred buyers at once for the last fifty seats of a flight. */
@HttpTest
class SeatRaceTests {

  private static final int BUYERS = 200;
  private static final int SEATS = 50;

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;

  @Test
  void exactlyAsManyTicketsAsSeats() throws Exception {
    var web = Api.anonymous(port).as("web");
    var sales = new Sales(web);
    var flight = sales.flight("ALB", "ER4");
    var offer = sales.offerId(flight, "Y");

    var outcomes = new TreeMap<String, Integer>();
    try (var buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<String>>();
      for (var i = 0; i < BUYERS; i++) {
        tasks.add(
            () -> {
              var body = Sales.ada(offer, "tok_ok");
              var answer = web.create("/orders", body, "Prefer", "wait=30");
              return answer.status() + " " + answer.at("/status") + answer.at("/code");
            });
      }
      for (var outcome : buyers.invokeAll(tasks)) {
        outcomes.merge(outcome.get(), 1, Integer::sum);
      }
    }

    assertThat(outcomes)
        .isEqualTo(
            new TreeMap<>(
                Map.of("201 TICKETED", SEATS, "409 409space_unavailable", BUYERS - SEATS)));
    assertThat(sales.inventory(flight, "sold")).isEqualTo(SEATS);
    assertThat(sales.inventory(flight, "held")).isZero();
    assertThat(events("order.OrderTicketed.v4", flight)).isEqualTo(SEATS);
    assertThat(events("order.OrderPlaced.v4", flight)).isEqualTo(BUYERS);
    assertThat(captured(flight)).isEqualTo(SEATS);
  }

  private int events(String type, String flight) {
    return jdbc.sql(
            """
            select count(*)
              from eventlog.event e
             where e.type = :type and position(:flight in e.data::text) > 0
            """)
        .param("type", type)
        .param("flight", flight)
        .query((row, _) -> row.getInt(1))
        .single();
  }

  private int captured(String flight) {
    return jdbc.sql(
            """
            select count(*)
              from orders.payment_instruction i
              join orders.order_flight f on f.order_id = i.order_id
             where i.operation = 'CAPTURE' and i.status = 'DONE' and f.flight_id = :flight
            """)
        .param("flight", flight)
        .query((row, _) -> row.getInt(1))
        .single();
  }
}
