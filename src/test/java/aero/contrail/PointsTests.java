package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import aero.contrail.loyalty.LedgerAudit;
import aero.contrail.loyalty.MemberPoints;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
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

/** Points that people move, and that time takes: over HTTP. */
@HttpTest
@DirtiesContext // the clock moves
class PointsTests {

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  private Api web = Api.anonymous(0);
  private Api staff = web;
  private Api supervisor = web;
  private String ada = "";
  private String grace = "";

  @BeforeEach
  void enrol() {
    web = Api.anonymous(port).as("web");
    staff = web.as("backoffice");
    supervisor = web.as("supervisor");
    ada = enrolled("Ada");
    grace = enrolled("Grace");
  }

  @AfterEach
  void allAddsUp() {
    LedgerAudit.check(jdbc);
  }

  private String enrolled(String name) {
    return web.create("/members", Map.of("givenName", name, "familyName", "Lovelace"))
        .expect(201)
        .at("/number");
  }

  private long available(String member) {
    return staff.get("/members/" + member).expect(200).json().at("/award/available").asLong();
  }

  private Answer adjust(Api by, String member, int points) {
    return by.create(
        "/members/" + member + "/adjustments", Map.of("points", points, "reason", "goodwill"));
  }

  private List<String> ledger(String member) {
    return web.get("/members/" + member + "/ledger?limit=200")
        .expect(200)
        .json()
        .at("/items")
        .valueStream()
        .map(line -> line.at("/entry").asString() + " " + line.at("/points").asLong())
        .toList();
  }

  @Test
  void staffGiveAndTakePoints() {
    var given = adjust(staff, ada, 5_000).expect(201);
    assertThat(given.at("/status")).isEqualTo("DONE");
    assertThat(given.at("/requestedBy")).isEqualTo("backoffice");
    adjust(staff, ada, -1_500).expect(201);
    assertThat(available(ada)).isEqualTo(3_500);
    assertThat(ledger(ada)).containsExactly("ADJUSTED 5000", "ADJUSTED -1500");
    var tooMany = adjust(staff, ada, -3_501).problem(409, "insufficient_points");
    assertThat(tooMany.at("/detail")).contains("3500");
    assertThat(available(ada)).isEqualTo(3_500);
    var all = staff.get("/members/" + ada + "/adjustments").expect(200);
    assertThat(all.json().at("/items").size()).isEqualTo(2);
    assertThat(all.at("/items/1/points")).isEqualTo("-1500");
  }

  @Test
  void channelsDoNot() {
    adjust(web, ada, 5_000).problem(403, "forbidden");
    web.get("/members/" + ada + "/adjustments").problem(403, "forbidden");
    web.create("/members/" + ada + "/reinstatements", Map.of()).problem(403, "forbidden");
  }

  /** Whoever asked cannot approve, and what is decided is. */
  @Test
  void largeOnesTakeFourEyes() {
    var asked = adjust(staff, ada, 10_001).expect(201);
    assertThat(asked.at("/status")).isEqualTo("PENDING");
    assertThat(available(ada)).isZero();
    var path = "/members/" + ada + "/adjustments/" + asked.at("/id");
    staff.create(path + "/approve", Map.of()).problem(409, "second_person_needed");
    staff.create(path + "/reject", Map.of()).problem(409, "second_person_needed");
    assertThat(available(ada)).isZero();
    var approved = supervisor.create(path + "/approve", Map.of()).expect(200);
    assertThat(approved.at("/status")).isEqualTo("DONE");
    assertThat(approved.at("/decidedBy")).isEqualTo("supervisor");
    supervisor.create(path + "/approve", Map.of()).problem(409, "illegal_state");
    supervisor.create(path + "/reject", Map.of()).problem(409, "illegal_state");
    assertThat(available(ada)).isEqualTo(10_001);
    supervisor
        .create("/members/" + grace + "/adjustments/" + asked.at("/id") + "/approve", Map.of())
        .problem(404, "not_found");
  }

  @Test
  void whatIsRejectedMovesNothing() {
    var asked = adjust(staff, ada, 20_000).expect(201);
    var path = "/members/" + ada + "/adjustments/" + asked.at("/id");
    assertThat(supervisor.create(path + "/reject", Map.of()).expect(200).at("/status"))
        .isEqualTo("REJECTED");
    supervisor.create(path + "/approve", Map.of()).problem(409, "illegal_state");
    assertThat(available(ada)).isZero();
  }

  /** What was there when it was asked for may be spent when it is approved. */
  @Test
  void aLargeDebitThatIsNotThereAnyMoreStaysPending() {
    MemberPoints.grant(jdbc, ada, 20_000, null);
    var asked = adjust(staff, ada, -15_000).expect(201);
    transfer(ada, grace, 10_000).expect(201);
    var path = "/members/" + ada + "/adjustments/" + asked.at("/id") + "/approve";
    supervisor.create(path, Map.of()).problem(409, "insufficient_points");
    assertThat(available(ada)).isEqualTo(10_000);
    assertThat(staff.get("/members/" + ada + "/adjustments").at("/items/0/status"))
        .isEqualTo("PENDING");
  }

  @Test
  void nonsenseIsRefusedWithAPointer() {
    refused("adjustments", Map.of("points", 0, "reason", "x"), "/points");
    refused("adjustments", Map.of("points", 5, "reason", " "), "/reason");
    refused("adjustments", Map.of("points", 2_000_000_000, "reason", "x"), "/points");
    refused("transfers", Map.of("to", ada, "points", 5), "/to");
    refused("transfers", Map.of("to", grace, "points", 0), "/points");
    refused("transfers", Map.of("to", grace, "points", -5), "/points");
    refused("transfers", Map.of("to", "4000000011", "points", 5), "/to");
    assertThat(ledger(ada)).isEmpty();
  }

  private void refused(String what, Map<String, Object> body, String pointer) {
    var answer = staff.create("/members/" + ada + "/" + what, body);
    assertThat(answer.problem(422, "validation_failed").at("/errors/0/pointer")).isEqualTo(pointer);
  }

  private Answer transfer(String from, String to, int points) {
    return web.create("/members/" + from + "/transfers", Map.of("to", to, "points", points));
  }

  /** Those that expire soonest go first, and expire when they would have. */
  @Test
  void membersGivePointsToEachOther() {
    MemberPoints.grant(jdbc, ada, 300, LocalDate.parse("2040-01-01"));
    MemberPoints.grant(jdbc, ada, 300, null);
    var given = transfer(ada, grace, 400).expect(201);
    assertThat(given.at("/points")).isEqualTo("400");
    assertThat(available(ada)).isEqualTo(200);
    assertThat(available(grace)).isEqualTo(400);
    assertThat(ledger(grace)).containsExactly("RECEIVED 300", "RECEIVED 100");
    assertThat(
            web.get("/members/" + grace + "/lots")
                .json()
                .at("/items")
                .valueStream()
                .map(lot -> lot.at("/earned").asLong() + " " + lot.at("/expiresOn").asString()))
        .containsExactlyInAnyOrder("300 2040-01-01", "100 ");
    transfer(ada, grace, 201).problem(409, "insufficient_points");
    transfer(ada, "4999999990", 5).problem(422, "member_unknown");
  }

  /** Two give to each other at the same time, again and again: nobody waits for ever. */
  @Test
  void transfersInBothDirectionsDoNotDeadlock() throws Exception {
    MemberPoints.grant(jdbc, ada, 1_000, null);
    MemberPoints.grant(jdbc, grace, 1_000, null);
    var calls =
        IntStream.range(0, 24)
            .<Callable<Integer>>mapToObj(
                i ->
                    () ->
                        (i % 2 == 0 ? transfer(ada, grace, 10) : transfer(grace, ada, 10)).status())
            .toList();
    try (var clients = Executors.newFixedThreadPool(8)) {
      assertThat(clients.invokeAll(calls).stream().map(Future::resultNow)).containsOnly(201);
    }
    assertThat(available(ada)).isEqualTo(1_000);
    assertThat(available(grace)).isEqualTo(1_000);
  }

  /** What is there today, and what is left of it when nothing is done. */
  @Test
  void aMemberSeesWhatWillExpire() {
    var next = LocalDate.now(ZoneOffset.UTC).plusYears(1);
    MemberPoints.grant(jdbc, ada, 300, next);
    MemberPoints.grant(jdbc, ada, 500, next.plusYears(1));
    MemberPoints.grant(jdbc, ada, 700, null);
    assertThat(on(next.minusDays(1))).isEqualTo(1_500);
    assertThat(on(next)).isEqualTo(1_200);
    assertThat(on(next.plusYears(2))).isEqualTo(700);
    assertThat(available(ada)).isEqualTo(1_500);
    var liability = staff.get("/programme/liability").expect(200).json().at("/items");
    assertThat(
            liability
                .valueStream()
                .filter(one -> one.at("/month").asString().equals(("" + next).substring(0, 7)))
                .mapToLong(one -> one.at("/available").asLong())
                .sum())
        .isGreaterThanOrEqualTo(300);
    web.get("/programme/liability").problem(403, "forbidden");
  }

  private long on(LocalDate day) {
    return web.get("/members/" + ada + "?asOf=" + day + "T12:00:00Z")
        .expect(200)
        .json()
        .at("/award/available")
        .asLong();
  }

  @Test
  void aTripIsQuoted() {
    var sales = new Sales(web);
    var offer = sales.offer(sales.flight("ORD", "738"), "M", "adults=2");
    var quote =
        web.post(
                "/programme/quote",
                Map.of("memberNumber", ada, "offerId", offer.at("/offerId").asString()))
            .expect(200);
    assertThat(quote.at("/points")).isEqualTo("720");
    assertThat(quote.at("/tierPoints")).isEqualTo("720");
    assertThat(quote.at("/costs")).isEqualTo("28000");
    assertThat(quote.at("/flights/0/tier")).isEqualTo("BASE");
    assertThat(offer.at("/earns/points").asInt()).isEqualTo(720);
    assertThat(offer.at("/costs/points").asInt()).isEqualTo(28_000);
    web.post("/programme/quote", Map.of("memberNumber", ada, "offerId", "x"))
        .problem(422, "validation_failed");
    web.as("agency")
        .post("/programme/quote", Map.of("memberNumber", ada, "offerId", "x"))
        .problem(404, "not_found");
  }
}
