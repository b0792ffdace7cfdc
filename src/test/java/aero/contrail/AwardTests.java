package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import aero.contrail.loyalty.LedgerAudit;
import aero.contrail.loyalty.MemberPoints;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Flights that are paid with points, and the rest by card: over HTTP. */
@HttpTest
@TestPropertySource(properties = "contrail.reservation.unpaid-percent=100")
@DirtiesContext // the clock moves
class AwardTests {

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  private Api web = Api.anonymous(0);
  private Sales sales = new Sales(web);
  private String member = "";

  @BeforeEach
  void enrol() {
    web = Api.anonymous(port).as("web");
    sales = new Sales(web);
    member =
        web.create("/members", Map.of("givenName", "Ada", "familyName", "Lovelace"))
            .expect(201)
            .at("/number");
  }

  @AfterEach
  void allAddsUp() {
    LedgerAudit.check(jdbc);
  }

  private static Map<String, Object> payment(String member, int points, String token) {
    return Map.of(
        "tenders",
        List.of(
            Map.of("method", "POINTS", "memberNumber", member, "points", points),
            Map.of("method", "CARD", "token", token)));
  }

  private Map<String, Object> order(JsonNode offer, Map<String, Object> payment) {
    var ada =
        Map.of(
            "type", "ADULT",
            "givenName", "Ada",
            "familyName", "Lovelace",
            "memberNumber", member);
    return Map.of(
        "offerId",
        offer.at("/offerId").asString(),
        "passengers",
        List.of(ada),
        "contact",
        Sales.CONTACT,
        "payment",
        payment);
  }

  private JsonNode offer(String flight) {
    return sales.offer(flight, "M", "adults=1");
  }

  private long balance(String what) {
    return web.get("/members/" + member).expect(200).json().at("/award/" + what).asLong();
  }

  private void awaitBalance(String what, long points) {
    web.await("/members/" + member, "/award/" + what, "" + points);
  }

  private List<String> ledger() {
    return web.get("/members/" + member + "/ledger?limit=200")
        .expect(200)
        .json()
        .at("/items")
        .valueStream()
        .map(line -> line.at("/entry").asString() + " " + line.at("/points").asLong())
        .toList();
  }

  private Answer sold(JsonNode offer, String token) {
    var points = offer.at("/costs/points").asInt();
    var body = order(offer, payment(member, points, token));
    return web.create("/orders", body, "Prefer", "wait=20").expect(201);
  }

  @Test
  void pointsPayTheFaresAndACardTheRest() {
    MemberPoints.grant(jdbc, member, 20_000, null);
    var offer = offer(sales.flight("ORD", "738"));
    assertThat(offer.at("/costs/points").asInt()).isEqualTo(14_000);
    var order = sold(offer, "tok_ok");
    assertThat(order.at("/status")).isEqualTo("TICKETED");
    assertThat(order.at("/payments/0/method")).isEqualTo("POINTS");
    assertThat(order.at("/payments/0/status")).isEqualTo("CAPTURED");
    assertThat(order.at("/payments/0/points")).isEqualTo("14000");
    assertThat(order.at("/payments/0/amount/amount"))
        .isEqualTo(offer.at("/fare/amount").asString());
    assertThat(order.at("/payments/1/method")).isEqualTo("CARD");
    assertThat(order.at("/payments/1/status")).isEqualTo("CAPTURED");
    awaitBalance("held", 0);
    assertThat(balance("available")).isEqualTo(6_000);
    assertThat(ledger()).containsExactly("POSTED 20000", "HELD -14000", "REDEEMED -14000");
  }

  /** What points paid earns none. */
  @Test
  void anAwardEarnsNothing() {
    MemberPoints.grant(jdbc, member, 14_000, null);
    var flight = sales.flight("ORD", "738");
    var _ = sold(offer(flight), "tok_ok");
    var operations = Api.anonymous(port).as("operations");
    operations.create("/flights/" + flight + "/depart", Map.of()).expect(200);
    var bought = sales.flight("ORD", "738");
    var money =
        web.create("/orders", order(offer(bought), Sales.card("tok_ok")), "Prefer", "wait=20")
            .expect(201);
    assertThat(money.at("/status")).isEqualTo("TICKETED");
    operations.create("/flights/" + bought + "/depart", Map.of()).expect(200);
    awaitBalance("available", 720);
    assertThat(ledger())
        .containsExactlyInAnyOrder(
            "POSTED 14000", "HELD -14000", "REDEEMED -14000", "FORECAST 720", "POSTED 720");
  }

  @Test
  void aHeldOrderIsPaidSoLater() {
    var held = sales.hold(sales.flight("ORD", "738"), "M");
    var path = "/orders/" + held.at("/id") + "/payments";
    var few =
        web.create(path, payment(member, 14_000, "tok_ok"), "Prefer", "wait=20")
            .problem(409, "insufficient_points");
    assertThat(few.at("/detail")).contains(member);
    web.create(path, payment(member, 9_999, "tok_ok"), "Prefer", "wait=20")
        .problem(422, "price_changed");
    web.create(path, payment("4999999990", 14_000, "tok_ok"), "Prefer", "wait=20")
        .problem(422, "member_unknown");
    MemberPoints.grant(jdbc, member, 14_000, null);
    var paid = web.create(path, payment(member, 14_000, "tok_ok"), "Prefer", "wait=20").expect(201);
    assertThat(paid.at("/status")).isEqualTo("TICKETED");
    awaitBalance("available", 0);
  }

  /** A number is no right to spend: only who knows the member may. */
  @Test
  void anotherChannelCannotSpendThem() {
    MemberPoints.grant(jdbc, member, 14_000, null);
    var agency = Api.anonymous(port).as("agency");
    var selling = new Sales(agency, "agency");
    var held = selling.hold(selling.flight("ORD", "738"), "M");
    agency
        .create(
            "/orders/" + held.at("/id") + "/payments",
            payment(member, 14_000, "tok_ok"),
            "Prefer",
            "wait=20")
        .problem(422, "member_unknown");
    assertThat(balance("available")).isEqualTo(14_000);
  }

  @Test
  void aDeclinedCardLetsThePointsGo() {
    MemberPoints.grant(jdbc, member, 14_000, null);
    var held = sales.hold(sales.flight("ORD", "738"), "M");
    web.create(
            "/orders/" + held.at("/id") + "/payments",
            payment(member, 14_000, "tok_declined"),
            "Prefer",
            "wait=20")
        .problem(402, "payment_declined");
    awaitBalance("available", 14_000);
    assertThat(ledger()).containsExactly("POSTED 14000", "HELD -14000", "RELEASED 14000");
  }

  /** All is refunded within a day, to where it came from. */
  @Test
  void aCancelledAwardGivesThePointsBackToTheirLots() {
    var soon = Sales.day().plusMonths(1);
    var first = MemberPoints.grant(jdbc, member, 10_000, null);
    var second = MemberPoints.grant(jdbc, member, 10_000, soon);
    var order = sold(offer(sales.flight("ORD", "738")), "tok_ok");
    awaitBalance("available", 6_000);
    assertThat(available(second)).isZero();
    assertThat(available(first)).isEqualTo(6_000);
    var path = "/orders/" + order.at("/id") + "/cancellations";
    var quote = web.create(path, Map.of()).expect(201);
    web.create(path + "/" + quote.at("/id") + "/confirm", Map.of(), "Prefer", "wait=20")
        .expect(200);
    awaitBalance("available", 20_000);
    assertThat(available(second)).isEqualTo(10_000);
    assertThat(available(first)).isEqualTo(10_000);
    assertThat(sales.history(order.at("/id"))).contains("PointsTenderRefunded");
  }

  private long available(UUID lot) {
    return jdbc.sql("select available from loyalty.lot where id = :id")
        .param("id", lot)
        .query(Long.class)
        .single();
  }

  @Test
  void nonsenseIsRefusedWithAPointer() {
    var offer = offer(sales.flight("ORD", "738"));
    var points = Map.<String, Object>of("method", "POINTS", "memberNumber", member, "points", 1);
    var card = Map.<String, Object>of("method", "CARD", "token", "tok_ok");
    refused(offer, List.of(points), "/payment/tenders", "card_missing");
    refused(offer, List.of(card, card), "/payment/tenders/1/method", "duplicate");
    refused(
        offer,
        List.of(card, Map.of("method", "POINTS", "memberNumber", "123", "points", 1)),
        "/payment/tenders/1/memberNumber",
        "invalid_member_number");
    refused(
        offer,
        List.of(Map.of("method", "POINTS", "memberNumber", member), card),
        "/payment/tenders/0/points",
        "not_null");
    refused(
        offer,
        List.of(Map.of("method", "POINTS", "memberNumber", member, "points", -1), card),
        "/payment/tenders/0/points",
        "min");
    refused(
        offer,
        List.of(Map.of("method", "CARD", "token", "tok_ok", "points", 5)),
        "/payment/tenders/0/method",
        "not_with_points");
    refused(offer, List.of(Map.of("method", "CARD")), "/payment/tenders/0/token", "not_blank");
    var wrong = web.create("/orders", order(offer, Map.of("tenders", List.of(points, card))));
    wrong.problem(422, "price_changed");
    assertThat(wrong.at("/errors/0/pointer")).isEqualTo("/payment/tenders/0/points");
  }

  private void refused(
      JsonNode offer, List<Map<String, Object>> tenders, String pointer, String code) {
    var answer =
        web.create("/orders", order(offer, Map.of("tenders", tenders)))
            .problem(422, "validation_failed");
    assertThat(answer.at("/errors/0/pointer")).as(answer.text()).isEqualTo(pointer);
    assertThat(answer.at("/errors/0/code")).as(answer.text()).isEqualTo(code);
  }

  /** The same 14,000 points at the same time: one order has them, the others are still held. */
  @Test
  void ofTwentyOrdersThatPayAtOnceOneIsPaid() throws Exception {
    MemberPoints.grant(jdbc, member, 14_000, null);
    var flight = sales.flight("ORD", "738");
    var orders = IntStream.range(0, 20).mapToObj(_ -> sales.hold(flight, "M").at("/id")).toList();
    var calls =
        orders.stream()
            .<Callable<Integer>>map(
                id ->
                    () ->
                        web.create(
                                "/orders/" + id + "/payments",
                                payment(member, 14_000, "tok_ok"),
                                "Prefer",
                                "wait=20")
                            .status())
            .toList();
    try (var clients = Executors.newFixedThreadPool(20)) {
      var answers = clients.invokeAll(calls).stream().map(Future::resultNow);
      assertThat(answers.filter(status -> status == 201)).hasSize(1);
    }
    awaitBalance("available", 0);
    assertThat(balance("held")).isZero();
    assertThat(orders.stream().map(id -> web.get("/orders/" + id).at("/status")))
        .filteredOn("TICKETED"::equals)
        .hasSize(1);
  }
}
