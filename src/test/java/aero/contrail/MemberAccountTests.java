package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import aero.contrail.loyalty.MemberPoints;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What members read of their accounts, miss in them and have erased: over HTTP. */
class MemberAccountTests extends PointsCustomers {

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

  private Answer claim(Api by, String member, String ticket, String flight) {
    return by.create(
            "/members/" + member + "/claims", Map.of("ticketNumber", ticket, "flightId", flight))
        .expect(201);
  }

  /** Flown without a number: credited once, to whoever claims first. */
  @Test
  void aFlightThatIsMissedIsClaimed() {
    var sales = new Sales(web);
    var flight = sales.flight("ORD", "738");
    var offer = sales.offer(flight, "M", "adults=1").at("/offerId").asString();
    var order =
        web.create(
                "/orders",
                Map.of(
                    "offerId",
                    offer,
                    "passengers",
                    List.of(Sales.person("ADULT", "Ada", "1990-12-10")),
                    "contact",
                    Sales.CONTACT,
                    "payment",
                    Sales.card("tok_ok")),
                "Prefer",
                "wait=20")
            .expect(201);
    var ticket = order.at("/passengers/0/tickets/0/number");
    assertThat(claim(web, ada, ticket, flight).at("/reason")).isEqualTo("NOT_FLOWN");
    web.as("operations").create("/flights/" + flight + "/depart", Map.of()).expect(200);
    web.await("/orders/" + order.at("/id"), "/status", "COMPLETED");
    var approved =
        Awaitility.await("loyalty hears of it")
            .until(() -> claim(web, ada, ticket, flight), c -> c.at("/status").equals("APPROVED"));
    assertThat(approved.at("/points")).isEqualTo("720");
    assertThat(available(ada)).isEqualTo(720);
    assertThat(claim(web, ada, ticket, flight).at("/reason")).isEqualTo("CREDITED");
    assertThat(claim(staff, grace, ticket, flight).at("/reason")).isEqualTo("CREDITED");
    assertThat(ledger(ada)).containsExactly("POSTED 720");
    assertThat(available(grace)).isZero();
  }

  @Test
  void whatIsNotThereBringsNothing() {
    var flight = "UA1431-2026-12-01-EWR";
    assertThat(claim(web, ada, "0160000000001", flight).at("/reason")).isEqualTo("UNKNOWN_COUPON");
    assertThat(claim(web, ada, "0160000000001", "UA1431-2016-12-01-EWR").at("/reason"))
        .isEqualTo("TOO_LATE");
    refused("claims", Map.of("ticketNumber", "x", "flightId", flight), "/ticketNumber");
    refused("claims", Map.of("ticketNumber", "0160000000001", "flightId", "x"), "/flightId");
    assertThat(ledger(ada)).isEmpty();
  }

  @Test
  void aMemberReadsAStatement() {
    adjust(staff, ada, 5_000).expect(201);
    adjust(staff, ada, -1_500).expect(201);
    var lines = web.get("/members/" + ada + "/statement").expect(200).text().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo("at,entry,points,tierPoints,balance,orderId,flightId,rule");
    assertThat(lines.get(1)).contains(",ADJUSTED,5000,0,5000,,,");
    assertThat(lines.get(2)).contains(",ADJUSTED,-1500,0,3500,,,");
    assertThat(lines).hasSize(3);
    var before = web.get("/members/" + ada + "/statement?to=2020-01-01").expect(200);
    assertThat(before.text().lines()).hasSize(1);
    web.get("/members/" + ada + "/statement?from=2021-01-01&to=2020-01-01")
        .problem(400, "invalid_parameter");
    var tier = web.get("/members/" + ada + "/tier").expect(200);
    assertThat(tier.at("/tier")).isEqualTo("BASE");
    assertThat(tier.at("/nextTier/points")).isEqualTo("25000");
    assertThat(tier.at("/lifetimePoints")).isEqualTo("0");
  }

  /** The name goes, the points stay. */
  @Test
  void whoAMemberIsCanBeErased() {
    adjust(staff, ada, 5_000).expect(201);
    var path = "/members/" + ada + "/personal-data";
    web.delete(path).problem(403, "forbidden");
    staff.delete(path).expect(204);
    staff.delete(path).expect(204);
    var member = web.get("/members/" + ada).expect(200);
    assertThat(member.json().at("/givenName").isNull()).isTrue();
    assertThat(member.json().at("/familyName").isNull()).isTrue();
    assertThat(member.at("/award/available")).isEqualTo("5000");
    assertThat(ledger(ada)).containsExactly("ADJUSTED 5000");
    assertThat(
            jdbc.sql("select count(*) from loyalty.member where number = :number and email is null")
                .param("number", ada)
                .query(Long.class)
                .single())
        .isOne();
    staff.delete("/members/4999999990/personal-data").problem(404, "not_found");
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
