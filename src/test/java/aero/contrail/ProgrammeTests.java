package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The rules of the programme, filed over HTTP. */
@HttpTest
class ProgrammeTests {

  @LocalServerPort int port;
  private Api web = Api.anonymous(0);
  private Api staff = web;

  @BeforeEach
  void connect() {
    web = Api.anonymous(port).as("web");
    staff = web.as("backoffice");
  }

  /** A day on which no test flies. */
  private static LocalDate farDay() {
    return LocalDate.parse("2060-01-01").plusDays(ThreadLocalRandom.current().nextInt(9_000));
  }

  private static Map<String, Object> earning(Object from, Map<String, ?> rates) {
    return new HashMap<>(Map.of("effectiveFrom", "" + from, "rates", rates));
  }

  @Test
  void aVersionIsFiledOnceAndRead() {
    var day = farDay();
    var version = earning(day, Map.of("Y", 110, "M", 55));
    version.put("minimum", 500);
    version.put("bonuses", Map.of("SILVER", 25));
    var filed = staff.create("/programme/earning", version).expect(201);
    assertThat(filed.at("/rates/Y")).isEqualTo("110");
    assertThat(filed.at("/bonuses/SILVER")).isEqualTo("25");
    assertThat(filed.at("/infants")).isEqualTo("false");
    assertThat(filed.at("/filedBy")).isEqualTo("backoffice");
    assertThat(web.get("/programme/earning").expect(200).json().toString()).contains("" + day);
    staff
        .create("/programme/earning", earning(day, Map.of("Y", 500)))
        .problem(409, "already_filed");
    assertThat(
            web.get("/programme/earning")
                .json()
                .at("/items")
                .valueStream()
                .filter(one -> one.at("/effectiveFrom").asString().equals("" + day))
                .map(one -> one.at("/rates/Y").asInt())
                .toList())
        .containsExactly(110);
  }

  /** What flies today earns by what was filed before. */
  @Test
  void thePastIsNotRewritten() {
    var today = LocalDate.now(ZoneOffset.UTC);
    var refused =
        staff
            .create("/programme/earning", earning(today, Map.of("Y", 100)))
            .problem(422, "validation_failed");
    assertThat(refused.at("/errors/0/pointer")).isEqualTo("/effectiveFrom");
    assertThat(refused.at("/errors/0/code")).isEqualTo("not_ahead");
  }

  @Test
  void nonsenseIsRefusedWithAPointer() {
    var day = farDay();
    var before = staff.get("/programme/earning").json().at("/items").size();
    refused(earning(day, Map.of()), "/rates");
    refused(earning(day, Map.of("economy", 100)), "/rates/economy");
    refused(earning(day, Map.of("Y", -1)), "/rates/Y");
    refused(earning(day, Map.of("Y", 1_001)), "/rates/Y");
    var basic = earning(day, Map.of("Y", 100));
    basic.put("bonuses", Map.of("BASE", 10));
    refused(basic, "/bonuses/BASE");
    var nobodys = earning(day, Map.of("Y", 100));
    nobodys.put("bonuses", Map.of("BRONZ", 10));
    refused(nobodys, "/bonuses/BRONZ");
    var negative = earning(day, Map.of("Y", 100));
    negative.put("minimum", -1);
    refused(negative, "/minimum");
    assertThat(staff.get("/programme/earning").json().at("/items").size()).isEqualTo(before);
  }

  private void refused(Map<String, Object> version, String pointer) {
    assertThat(
            staff
                .create("/programme/earning", version)
                .problem(422, "validation_failed")
                .at("/errors/0/pointer"))
        .isEqualTo(pointer);
  }

  private static Map<String, Object> tiers(Object from, Object... levels) {
    return Map.of("effectiveFrom", "" + from, "levels", List.of(levels));
  }

  private static Map<String, Object> level(String code, int points, int segments) {
    return Map.of("code", code, "points", points, "segments", segments);
  }

  @Test
  void tiersAreFiledAndRead() {
    var day = farDay();
    var all =
        tiers(
            day,
            level("BRONZE", 10_000, 10),
            level("SILVER", 20_000, 20),
            level("GOLD", 40_000, 40),
            level("PLATINUM", 50_000, 50));
    var filed = staff.create("/programme/tiers", all).expect(201);
    assertThat(filed.at("/levels/2/code")).isEqualTo("GOLD");
    assertThat(filed.at("/softLanding")).isEqualTo("true");
    assertThat(web.get("/programme/tiers").expect(200).json().toString()).contains("" + day);
    staff.create("/programme/tiers", all).problem(409, "already_filed");
    web.create("/programme/tiers", all).problem(403, "forbidden");
  }

  /** Members have the others. */
  @Test
  void noTierGoesAway() {
    var some = tiers(farDay(), level("SILVER", 20_000, 20), level("GOLD", 40_000, 40));
    assertThat(refusedTiers(some, "/levels").at("/errors/0/code")).isEqualTo("tier_gone");
    var swapped =
        tiers(
            farDay(),
            level("SILVER", 10_000, 10),
            level("BRONZE", 20_000, 20),
            level("GOLD", 40_000, 40),
            level("PLATINUM", 50_000, 50));
    assertThat(refusedTiers(swapped, "/levels").at("/errors/0/code")).isEqualTo("tier_gone");
  }

  private static Map<String, Object> band(int miles, Map<String, ?> points) {
    return Map.of("upToMiles", miles, "points", points);
  }

  private static Map<String, Object> awards(Object from, Object... bands) {
    return Map.of("effectiveFrom", "" + from, "bands", List.of(bands));
  }

  @Test
  void awardChartsAreFiledAndRead() {
    var day = farDay();
    var two = awards(day, band(500, Map.of("Y", 7_000)), band(900, Map.of("Y", 9_000)));
    var filed = staff.create("/programme/awards", two).expect(201);
    assertThat(filed.at("/bands/1/points/Y")).isEqualTo("9000");
    assertThat(filed.at("/filedBy")).isEqualTo("backoffice");
    assertThat(web.get("/programme/awards").expect(200).json().toString()).contains("" + day);
    staff.create("/programme/awards", two).problem(409, "already_filed");
    web.create("/programme/awards", two).problem(403, "forbidden");
  }

  @Test
  void awardChartsThatMakeNoSenseAreRefused() {
    var day = farDay();
    var near = band(500, Map.of("Y", 7_000));
    refusedAwards(awards(day), "/bands");
    refusedAwards(awards(day, near, near), "/bands/1/upToMiles");
    refusedAwards(awards(day, band(0, Map.of("Y", 1))), "/bands/0/upToMiles");
    refusedAwards(awards(day, band(5, Map.of("Y", 0))), "/bands/0/points/Y");
    refusedAwards(awards(day, band(5, Map.of("economy", 5))), "/bands/0/points/economy");
    refusedAwards(awards(day, band(5, Map.of())), "/bands/0/points");
    refusedAwards(awards("2020-01-01", near), "/effectiveFrom");
  }

  private void refusedAwards(Map<String, Object> version, String pointer) {
    assertThat(
            staff
                .create("/programme/awards", version)
                .problem(422, "validation_failed")
                .at("/errors/0/pointer"))
        .isEqualTo(pointer);
  }

  @Test
  void aHigherTierTakesMore() {
    var day = farDay();
    var low = level("SILVER", 20_000, 20);
    refusedTiers(tiers(day), "/levels");
    refusedTiers(tiers(day, low, level("GOLD", 20_000, 40)), "/levels/1");
    refusedTiers(tiers(day, low, level("GOLD", 40_000, 20)), "/levels/1");
    refusedTiers(tiers(day, low, level("SILVER", 40_000, 40)), "/levels/1/code");
    refusedTiers(tiers(day, level("BASE", 1, 1)), "/levels/0/code");
    refusedTiers(tiers(day, level("SILVER", 0, 20)), "/levels/0/points");
    refusedTiers(tiers("2020-01-01", low), "/effectiveFrom");
  }

  private Answer refusedTiers(Map<String, Object> version, String pointer) {
    var refused = staff.create("/programme/tiers", version).problem(422, "validation_failed");
    assertThat(refused.at("/errors/0/pointer")).isEqualTo(pointer);
    return refused;
  }

  @Test
  void aMemberSeesWhatIsMissingToTheNextTier() {
    var member = web.get("/members/4000000028").expect(200);
    assertThat(member.at("/tier")).isEqualTo("BASE");
    assertThat(member.at("/tierProgress/next/tier")).isEqualTo("BRONZE");
    assertThat(member.at("/tierProgress/next/points")).isEqualTo("25000");
    assertThat(member.at("/tierProgress/next/segments")).isEqualTo("30");
  }

  @Test
  void onlyStaffFile() {
    web.create("/programme/earning", earning(farDay(), Map.of("Y", 100))).problem(403, "forbidden");
  }
}
