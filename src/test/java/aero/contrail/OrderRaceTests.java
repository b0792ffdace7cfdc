package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * What wants opposite things of an order at the same time. {@code -Drace.orders=10000} has as many
 * orders, {@code -Drace.seed=…} repeats the order in which they are paid.
 */
@HttpTest
@TestPropertySource(
    properties = {
      "contrail.web.requests-per-second=1000000",
      "contrail.reservation.unpaid-percent=100",
      "contrail.shopping.offer-lifetime=PT2H"
    })
@DirtiesContext // the clock moves
class OrderRaceTests {

  private static final int ORDERS = Integer.getInteger("race.orders", 400);
  private static final long SEED = Long.getLong("race.seed", System.nanoTime() % 1_000_000);
  private static final int CLIENTS = 16;
  private static final Duration SETTLED = Duration.ofMinutes(5);

  /** Of each order of a flight what it became, and what its money did, in cents. */
  private static final String ENDS =
      """
      with mine as (
        select i.order_id, i.status
          from orders.order_index i
          join orders.order_flight f using (order_id)
         where f.flight_id = :flight
      ), money as (
        select order_id,
               coalesce(sum(amount_minor) filter (where operation = 'CAPTURE'), 0) as captured,
               coalesce(sum(amount_minor) filter (where operation = 'REFUND'), 0) as refunded,
               count(*) filter (where i.status = 'OPEN') as open
          from orders.payment_instruction i
          join mine using (order_id)
         where i.status in ('DONE', 'OPEN')
         group by order_id
      )
      select mine.status || case when coalesce(open, 0) > 0 then ' undecided' else '' end
             || case when coalesce(captured, 0) = coalesce(refunded, 0) then ' keeps nothing'
                     else ' keeps money' end as outcome,
             count(*) as orders
        from mine
        left join money using (order_id)
       group by 1
      """;

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  Api web = Api.anonymous(0);
  Sales sales = new Sales(web);
  String flight = "";

  @BeforeEach
  void aFlightForAll() {
    web = Api.anonymous(port).as("web");
    sales = new Sales(web);
    flight = sales.flightAlone();
    jdbc.sql(
            """
            update reservation.cabin
               set authorised = 100000,
                   limits = array_fill(100000, array[array_length(limits, 1)])
             where flight_id = :flight
            """)
        .param("flight", flight)
        .update();
  }

  private <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    var results = new ArrayList<T>();
    try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (var done : clients.invokeAll(calls)) {
        results.add(done.get());
      }
    }
    return results;
  }

  /** Everybody has an address of his own: the same party may not hold the same seats for ever. */
  private Callable<String> ordering(String offer, int number, Map<String, Object> more) {
    var body = new HashMap<>(Sales.ada(offer));
    body.put("contact", Map.of("email", "ada%d@example.com".formatted(number)));
    body.putAll(more);
    return () -> web.create("/orders", body, "Prefer", "wait=20").at("/id");
  }

  private Map<String, Integer> ends() {
    var ends = new TreeMap<String, Integer>();
    jdbc.sql(ENDS)
        .param("flight", flight)
        .query(
            row -> {
              ends.put(row.getString("outcome"), row.getInt("orders"));
            });
    return ends;
  }

  private Map<String, Integer> awaitEnds(String... legal) {
    return Awaitility.await("all orders to be decided")
        .atMost(SETTLED)
        .until(this::ends, ends -> List.of(legal).containsAll(ends.keySet()));
  }

  @Test
  void fiftyClientsWithOneKeyHaveOneOrderOneChargeAndOneAnswer() throws Exception {
    var body = Sales.ada(sales.offerId(flight, "Y"), "tok_ok");
    var key = UUID.randomUUID().toString();
    var calls = Collections.nCopies(50, (Callable<String>) () -> persist(body, key));
    var answers = atOnce(calls);
    assertThat(answers.stream().distinct()).hasSize(1);
    assertThat(ends()).isEqualTo(Map.of("TICKETED keeps money", 1));
    assertThat(sales.inventory(flight, "sold")).isEqualTo(1);
    var captures =
        jdbc.sql(
                """
                select count(*)
                  from orders.sandbox_payment p
                  join orders.payment_instruction i
                    on i.payment_id = p.payment_id and i.operation = p.operation
                  join orders.order_flight f using (order_id)
                 where f.flight_id = :flight and p.operation = 'CAPTURE'
                """)
            .param("flight", flight)
            .query((row, _) -> row.getInt(1))
            .single();
    assertThat(captures).isEqualTo(1);
  }

  private String persist(Map<String, Object> body, String key) throws InterruptedException {
    while (true) {
      var answer = web.post("/orders", body, "Idempotency-Key", key, "Prefer", "wait=20");
      if (answer.status() != 409) {
        return answer.expect(201).text();
      }
      answer.problem(409, "request_in_progress");
      Thread.sleep(100);
    }
  }

  @Test
  void whoPaysAtTheLastMomentHasATicketOrHisMoney() throws Exception {
    var offer = sales.offerId(flight, "Y");
    var orders = new ArrayList<Callable<String>>();
    for (var i = 0; i < ORDERS; i++) {
      orders.add(ordering(offer, i, Map.of()));
    }
    var held = new ArrayList<>(atOnce(orders));
    Collections.shuffle(held, new Random(SEED));
    var paid = new AtomicInteger();
    var calls = new ArrayList<Callable<String>>();
    for (var order : held) {
      calls.add(
          () -> {
            if (paid.incrementAndGet() == ORDERS / 3) {
              sales.advance("PT15M");
            }
            var card = Sales.card(order.hashCode() % 10 == 0 ? "tok_late" : "tok_ok");
            return web.create("/orders/" + order + "/payments", card, "Prefer", "respond-async")
                .text();
          });
    }
    atOnce(calls);
    sales.advance("PT30M"); // tok_late answers
    var ends = awaitEnds("TICKETED keeps money", "EXPIRED keeps nothing");
    System.out.printf("payment against expiry, seed %d: %s%n", SEED, ends);
    assertThat(ends).hasSize(2);
    var ticketed = ends.get("TICKETED keeps money");
    awaitFlight(ticketed == null ? 0 : ticketed);
  }

  private void awaitFlight(int sold) {
    Awaitility.await("space")
        .untilAsserted(
            () -> {
              assertThat(sales.inventory(flight, "sold")).isEqualTo(sold);
              assertThat(sales.inventory(flight, "held")).isZero();
            });
  }

  @Test
  void aFlightThatIsCancelledWhileItIsSoldLeavesNoOrderBetween() throws Exception {
    var offer = sales.offerId(flight, "Y");
    var operations = web.as("operations");
    var placed = new AtomicInteger();
    var calls = new ArrayList<Callable<String>>();
    for (var i = 0; i < ORDERS; i++) {
      var order = ordering(offer, i, Map.of("payment", Sales.card("tok_ok")));
      calls.add(
          () -> {
            if (placed.incrementAndGet() == ORDERS / 2) {
              operations.create("/flights/" + flight + "/cancel", Map.of()).expect(200);
            }
            return order.call();
          });
    }
    atOnce(calls);
    var ends =
        awaitEnds(
            "TICKETED keeps money",
            "FAILED keeps nothing",
            "CANCELLED keeps nothing",
            "REJECTED keeps nothing");
    System.out.printf("sale against cancellation: %s%n", ends);
    assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(ORDERS);
    // Whoever had his ticket by then is asked what he wants instead.
    for (var order : ticketed()) {
      web.await("/orders/" + order + "/airline-changes", "/items/0/status", "OPEN");
    }
  }

  private List<String> ticketed() {
    return jdbc.sql(
            """
            select i.order_id::text
              from orders.order_index i
              join orders.order_flight f using (order_id)
             where f.flight_id = :flight and i.status = 'TICKETED'
            """)
        .param("flight", flight)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
