package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What operators see of the log over HTTP, and can do. */
@HttpTest
class OperationsTests {

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired ObjectProvider<Tracer> tracers;

  private Api web = Api.anonymous(0);
  private Api staff = Api.anonymous(0);
  private Sales sales = new Sales(web);

  @BeforeEach
  void clients() {
    web = Api.anonymous(port).as("web");
    staff = Api.anonymous(port).as("backoffice");
    sales = new Sales(web);
  }

  @Test
  void nothingIsTracedUnlessTheProfileSaysSo() {
    var offer = sales.offerId(sales.flight("ORD", "CR2"), "Y");
    var parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    web.create("/orders", Sales.ada(offer, "tok_ok"), "Prefer", "wait=20", "traceparent", parent)
        .expect(201);
    assertThat(tracers.stream()).isEmpty();
    var traced = jdbc.sql("select count(*) from eventlog.event where trace is not null");
    assertThat(traced.query(Long.class).single()).isZero();
  }

  @Nested
  class Seeing {

    @Test
    void isForStaffAlone() {
      web.get("/actuator/eventlog").problem(403, "forbidden");
      Api.anonymous(port).get("/actuator/eventlog").problem(401, "unauthorized");
      assertThat(web.get("/actuator/health").expect(200).text()).doesNotContain("consumers");
    }

    @Test
    void showsEachConsumer() {
      sales.ticket(sales.flight("ORD", "CR2"), "Y");
      var overview = staff.get("/actuator/eventlog").expect(200).json();
      assertThat(overview.at("/consumers").valueStream().map(c -> c.at("/consumer").asString()))
          .contains("order.progress", "reservation.space", "loyalty.accrual", "shopping.index");
      assertThat(overview.at("/gone")).isEmpty();
      var health = staff.get("/actuator/health").expect(200).json();
      assertThat(health.at("/components/eventLog/details/consumers")).isNotEmpty();
    }

    @Test
    void hasMetrics() {
      sales.ticket(sales.flight("ORD", "CR2"), "Y");
      assertThat(staff.get("/actuator/prometheus").expect(200).text())
          .contains(
              "contrail_eventlog_lag_events{consumer=\"reservation.space\"",
              "contrail_eventlog_lag_seconds{consumer=\"reservation.space\"",
              "contrail_eventlog_parked{consumer=\"reservation.space\"",
              "contrail_eventlog_held_back_seconds",
              "contrail_eventlog_batch_size_count{consumer=\"reservation.space\"",
              "contrail_eventlog_handler_seconds_count{consumer=\"reservation.space\"");
    }

    @Test
    void pagesThroughWhatIsParked() {
      for (var i = 0; i < 3; i++) {
        park("test.pages", "order-page-" + i);
      }
      var first = staff.get("/actuator/eventlog/parked?consumer=test.pages&limit=2").expect(200);
      assertThat(first.json().at("/items")).hasSize(2);
      var next = first.at("/next");
      var second =
          staff
              .get("/actuator/eventlog/parked?consumer=test.pages&limit=2&cursor=" + next)
              .expect(200);
      assertThat(second.json().at("/items")).hasSize(1);
      assertThat(second.at("/items/0/stream")).isEqualTo("order-page-2");
      assertThat(second.json().at("/next").isNull()).isTrue();
      staff.get("/actuator/eventlog/parked?limit=0").problem(400, "malformed_request");
      staff.get("/actuator/eventlog/interventions?cursor=x").problem(400, "malformed_request");
      staff.get("/actuator/eventlog/nothing").problem(404, "not_found");
    }
  }

  private void park(String consumer, String stream) {
    jdbc.sql(
            """
            insert into eventlog.parked_stream (consumer, stream, version, type, failures,
                                                error, parked_at, retry_at)
            values (:consumer, :stream, 1, 'order.OrderPlaced.v4', 3, 'test', now(), null)
            """)
        .param("consumer", consumer)
        .param("stream", stream)
        .update();
  }

  @Nested
  class Deciding {

    @Test
    void aboutWhatIsParkedIsRecordedWithReasonAndActor() {
      park("test.decisions", "order-decided");
      var skip = Map.of("consumer", "test.decisions", "stream", "order-decided");
      staff.post("/actuator/eventlog/skip", skip).problem(400, "malformed_request");
      var forged = Map.of("consumer", "x", "stream", "y", "reason", "one line\nand another");
      staff.post("/actuator/eventlog/skip", forged).problem(400, "malformed_request");
      staff
          .post(
              "/actuator/eventlog/skip",
              Map.of(
                  "consumer",
                  "test.decisions",
                  "stream",
                  "order-decided",
                  "reason",
                  "a test order"))
          .expect(202);
      var last = staff.get("/actuator/eventlog/interventions?limit=1").expect(200);
      assertThat(last.at("/items/0/action")).isEqualTo("SKIP");
      assertThat(last.at("/items/0/actor")).isEqualTo("staff:backoffice");
      assertThat(last.at("/items/0/reason")).isEqualTo("a test order");
      staff
          .post("/actuator/eventlog/retry", Map.of("consumer", "x", "stream", "order-none"))
          .problem(404, "not_found");
      web.post("/actuator/eventlog/retry", skip).problem(403, "forbidden");
    }

    @Test
    void toRunAgainWhatHasEffectsIsRefused() {
      var answer =
          staff.post("/actuator/eventlog/rebuild", Map.of("consumer", "reservation.space"));
      assertThat(answer.problem(409, "illegal_state").at("/detail")).contains("no read model");
    }
  }

  @Nested
  class Rebuilding {

    @Test
    void mendsTheIndexWhileSalesGoOn() throws Exception {
      var flight = sales.flight("ORD", "CR9");
      var lost = sales.flight("LAX", "738");
      sales.ticket(flight, "Y");
      sales.offer(lost, "Y", "adults=1");
      jdbc.sql("delete from shopping.flight where flight_id = :id").param("id", lost).update();
      jdbc.sql("update shopping.flight set cabins = '{}' where flight_id = :id")
          .param("id", flight)
          .update();
      jdbc.sql("insert into shopping.change (flight_ids) values (array[:lost, :flight])")
          .param("lost", lost)
          .param("flight", flight)
          .update();
      var search = "/offers?origin=EWR&destination=LAX&adults=1&date=" + Sales.day();
      Awaitility.await("the flight to be lost in memory too")
          .atMost(Duration.ofSeconds(20))
          .until(() -> !web.get(search).expect(200).text().contains(lost));

      var stop = new CountDownLatch(1);
      var sold = new AtomicInteger();
      var busy = sales.flight("BOS", "738");
      var body = Sales.ada(sales.offerId(busy, "Y"), "tok_ok");
      var selling =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (stop.getCount() > 0) {
                      web.create("/orders", body, "Prefer", "wait=20").expect(201);
                      sold.incrementAndGet();
                    }
                  });
      var consumer = Map.of("consumer", "shopping.index");
      staff.post("/actuator/eventlog/rebuild", consumer).expect(202);
      assertThat(staff.post("/actuator/eventlog/rebuild", consumer).expect(409).at("/detail"))
          .contains("is being rebuilt");
      Awaitility.await("the new copy to be live")
          .atMost(Duration.ofSeconds(60))
          .until(() -> staff.get("/actuator/eventlog").json().at("/rebuilds").isEmpty());
      stop.countDown();
      selling.join();

      sales.offer(lost, "Y", "adults=1");
      assertThat(sales.offer(flight, "Y", "adults=1").at("/seatsLeft").asInt()).isPositive();
      assertThat(sold).hasPositiveValue();
      var left =
          number(
              """
              select authorised - (select sum(n) from unnest(sold || held) n)
                from reservation.cabin
               where flight_id = :id and cabin = 'Y'
              """,
              busy);
      Awaitility.await("the index to know the sales that went on meanwhile")
          .atMost(Duration.ofSeconds(20))
          .until(() -> indexed(busy) == left);
      assertThat(indexes()).containsExactly("one_rate_per_class", "one_row_per_flight");
      assertThat(staff.get("/actuator/eventlog/interventions?limit=1").at("/items/0/action"))
          .isEqualTo("REBUILT");
    }

    private int indexed(String flight) {
      return number(
          """
          select (cabins #>> '{Y,available,0}')::int
            from shopping.flight
           where flight_id = :id
          """,
          flight);
    }

    private int number(String sql, String flight) {
      return jdbc.sql(sql).param("id", flight).query((row, _) -> row.getInt(1)).single();
    }

    private List<String> indexes() {
      return jdbc.sql(
              """
              select indexname
                from pg_indexes
               where schemaname = 'shopping' and tablename in ('flight', 'earning_rate')
               order by indexname
              """)
          .query((row, _) -> row.getString(1))
          .list();
    }

    @Test
    void canBeGivenUp() {
      var consumer = Map.of("consumer", "shopping.index");
      staff.post("/actuator/eventlog/give-up", consumer).expect(409);
      transaction.executeWithoutResult(
          _ -> {
            // Nobody can swap while the live cursors are locked.
            jdbc.sql("select 1 from eventlog.cursor where consumer = 'shopping.index' for update")
                .query(Integer.class)
                .list();
            staff.post("/actuator/eventlog/rebuild", consumer).expect(202);
            Awaitility.await()
                .until(() -> staff.post("/actuator/eventlog/give-up", consumer).status() == 202);
          });
      assertThat(staff.get("/actuator/eventlog").json().at("/rebuilds")).isEmpty();
    }
  }

  /** Settling stands still: new orders wait a little, then are told to come again. */
  @Test
  void ordersAreTurnedAwayWhileSettlingIsTooFarBehind() {
    var flight = sales.flight("ORD", "CR9");
    var body = Sales.ada(sales.offerId(flight, "Y"));
    // A consumer that has never been at the end of the log keeps nobody waiting.
    web.create("/orders", body, "Prefer", "wait=20").expect(201);
    transaction.executeWithoutResult(
        _ -> {
          jdbc.sql("select 1 from eventlog.cursor where consumer = 'reservation.space' for update")
              .query(Integer.class)
              .list();
          web.create("/orders", body, "Prefer", "respond-async").expect(202);
          var refused =
              Awaitility.await()
                  .atMost(Duration.ofSeconds(7))
                  .until(
                      () -> web.create("/orders", body, "Prefer", "respond-async"),
                      answer -> answer.status() == 503);
          refused.problem(503, "unavailable");
          assertThat(refused.header("Retry-After")).isEqualTo("1");
          assertThat(web.get("/actuator/health/readiness").status()).isEqualTo(200);
        });
    web.create("/orders", body, "Prefer", "wait=20").expect(201);
  }
}
