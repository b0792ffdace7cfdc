package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.loyalty.MemberPoints;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Points that people move: over HTTP. */
class PointsTests extends PointsCustomers {

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

  /** Whoever sells to a number sees its member, and moves none of his points. */
  @Test
  void onlyWhoEnrolledAMemberMovesHisPoints() {
    MemberPoints.grant(jdbc, ada, 20_000, null);
    var agency = web.as("agency");
    var selling = new Sales(agency, "agency");
    var offer = selling.offer(selling.flight("ORD", "738"), "M", "adults=1");
    var body =
        Map.of(
            "offerId", offer.at("/offerId").asString(),
            "passengers",
                List.of(
                    Map.of(
                        "type", "ADULT",
                        "givenName", "Ada",
                        "familyName", "King",
                        "memberNumber", ada)),
            "contact", Sales.CONTACT,
            "payment", Sales.card("tok_ok"));
    agency.create("/orders", body, "Prefer", "wait=20").expect(201);
    agency.await("/members/" + ada, "/award/available", "20000");
    agency
        .create("/members/" + ada + "/transfers", Map.of("to", grace, "points", 5))
        .problem(403, "forbidden");
    var held = selling.hold(selling.flight("ORD", "738"), "M");
    var points =
        Map.of(
            "tenders",
            List.of(
                Map.of("method", "POINTS", "memberNumber", ada, "points", 14_000),
                Map.of("method", "CARD", "token", "tok_ok")));
    agency
        .create("/orders/" + held.at("/id") + "/payments", points, "Prefer", "wait=20")
        .problem(422, "member_unknown");
    assertThat(available(ada)).isEqualTo(20_000);
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
}
