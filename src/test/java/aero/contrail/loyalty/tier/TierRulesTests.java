package aero.contrail.loyalty.tier;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.loyalty.programme.RuleVersion;
import aero.contrail.loyalty.tier.Progress.Missing;
import aero.contrail.loyalty.tier.TierTable.Level;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TierRulesTests {

  private static final List<Level> LEVELS =
      List.of(
          new Level("BRONZE", 25_000, 30),
          new Level("SILVER", 50_000, 60),
          new Level("GOLD", 75_000, 90));
  private static final TierRules SOFT = rules(new TierTable(LEVELS, true));
  private static final TierRules HARD = rules(new TierTable(LEVELS, false));

  private static TierRules rules(TierTable table) {
    return new TierRules(List.of(version("2013-01-01", table)));
  }

  private static RuleVersion<TierTable> version(String from, TierTable table) {
    return new RuleVersion<>(LocalDate.parse(from), table, "test", Instant.EPOCH);
  }

  private static NavigableMap<LocalDate, Qualified> flown(Map<String, Qualified> days) {
    var all = new TreeMap<LocalDate, Qualified>();
    days.forEach((day, qualified) -> all.put(LocalDate.parse(day), qualified));
    return all;
  }

  private static Qualified points(long points) {
    return new Qualified(points, 1);
  }

  private static Standing on(TierRules rules, String day, Map<String, Qualified> days) {
    return rules.on(LocalDate.parse(day), flown(days));
  }

  private static Standing standing(String tier, int rank, String until) {
    return new Standing(tier, rank, LocalDate.parse(until));
  }

  @Test
  void whoFlewNothingHasNone() {
    assertThat(on(SOFT, "2026-05-01", Map.of())).isEqualTo(Standing.BASE);
    assertThat(on(SOFT, "2026-05-01", Map.of("2026-04-01", points(24_999))))
        .isEqualTo(Standing.BASE);
  }

  /** From the day after, and to the end of the next year. */
  @Test
  void aTierIsHadAtOnce() {
    var days = Map.of("2026-03-01", points(10_000), "2026-04-01", points(15_000));
    assertThat(on(SOFT, "2026-04-01", days)).isEqualTo(Standing.BASE);
    assertThat(on(SOFT, "2026-04-02", days)).isEqualTo(standing("BRONZE", 1, "2027-12-31"));
    assertThat(on(SOFT, "2027-12-31", days)).isEqualTo(standing("BRONZE", 1, "2027-12-31"));
    assertThat(on(SOFT, "2028-01-01", days)).isEqualTo(Standing.BASE);
  }

  @Test
  void segmentsReachATierToo() {
    assertThat(on(SOFT, "2026-05-01", Map.of("2026-04-01", new Qualified(900, 60))))
        .isEqualTo(standing("SILVER", 2, "2027-12-31"));
  }

  /** What one year lacks the next does not add. */
  @Test
  void eachYearCountsForItself() {
    var days = Map.of("2026-12-31", points(20_000), "2027-01-01", points(20_000));
    assertThat(on(SOFT, "2027-06-01", days)).isEqualTo(Standing.BASE);
  }

  @Test
  void whoReachesItAgainKeepsIt() {
    var days = Map.of("2026-04-01", points(25_000), "2027-08-01", points(26_000));
    assertThat(on(SOFT, "2027-08-01", days)).isEqualTo(standing("BRONZE", 1, "2027-12-31"));
    assertThat(on(SOFT, "2027-08-02", days)).isEqualTo(standing("BRONZE", 1, "2028-12-31"));
  }

  @Test
  void whoDoesNotLandsSoftlyWhereARuleSaysSo() {
    var days = Map.of("2026-04-01", points(75_000));
    assertThat(on(SOFT, "2028-01-01", days)).isEqualTo(standing("SILVER", 2, "2028-12-31"));
    assertThat(on(SOFT, "2029-01-01", days)).isEqualTo(standing("BRONZE", 1, "2029-12-31"));
    assertThat(on(SOFT, "2030-01-01", days)).isEqualTo(Standing.BASE);
    assertThat(on(HARD, "2028-01-01", days)).isEqualTo(Standing.BASE);
  }

  /** Gold falls to silver, but bronze that was reached meanwhile is no reason to fall further. */
  @Test
  void theBetterOfLandingAndReachingCounts() {
    var days = Map.of("2026-04-01", points(75_000), "2027-04-01", points(25_000));
    assertThat(on(SOFT, "2028-02-01", days)).isEqualTo(standing("SILVER", 2, "2028-12-31"));
    assertThat(on(HARD, "2028-02-01", days)).isEqualTo(standing("BRONZE", 1, "2028-12-31"));
  }

  /** A rule of next year does not take what was reached in this. */
  @Test
  void aYearIsDecidedByItsOwnRules() {
    var harder =
        new TierTable(
            List.of(
                new Level("BRONZE", 40_000, 50),
                new Level("SILVER", 60_000, 70),
                new Level("GOLD", 90_000, 99)),
            true);
    var rules =
        new TierRules(
            List.of(
                version("2013-01-01", new TierTable(LEVELS, true)), version("2027-01-01", harder)));
    var days = Map.of("2026-04-01", points(75_000), "2027-04-01", points(30_000));
    assertThat(on(rules, "2027-05-01", days)).isEqualTo(standing("GOLD", 3, "2027-12-31"));
    assertThat(on(rules, "2028-05-01", days)).isEqualTo(standing("SILVER", 2, "2028-12-31"));
    assertThat(on(rules, "2012-05-01", Map.of())).isEqualTo(Standing.BASE);
  }

  /** A harder table of the same year does not take what was reached before. */
  @Test
  void whatWasReachedStaysWhenTheRulesChangeInMidYear() {
    var harder = new TierTable(List.of(new Level("BRONZE", 900_000, 900)), true);
    var rules =
        new TierRules(
            List.of(
                version("2013-01-01", new TierTable(LEVELS, true)), version("2026-12-12", harder)));
    var days = Map.of("2026-12-09", points(25_000));
    assertThat(on(rules, "2026-12-12", days)).isEqualTo(standing("BRONZE", 1, "2027-12-31"));
    assertThat(on(rules, "2027-12-31", days)).isEqualTo(standing("BRONZE", 1, "2027-12-31"));
    assertThat(on(rules, "2028-01-01", days)).isEqualTo(Standing.BASE);
  }

  /** A tier is its name, not its place. */
  @Test
  void aNewTierBelowTakesNoOtherAway() {
    var more =
        new TierTable(
            List.of(
                new Level("IRON", 10_000, 10),
                new Level("BRONZE", 25_000, 30),
                new Level("SILVER", 50_000, 60),
                new Level("GOLD", 75_000, 90)),
            true);
    var rules =
        new TierRules(
            List.of(
                version("2013-01-01", new TierTable(LEVELS, true)), version("2027-02-01", more)));
    var days = Map.of("2026-04-01", points(50_000));
    assertThat(on(rules, "2027-01-31", days)).isEqualTo(standing("SILVER", 2, "2027-12-31"));
    assertThat(on(rules, "2027-02-02", days)).isEqualTo(standing("SILVER", 3, "2027-12-31"));
    assertThat(on(rules, "2028-01-01", days)).isEqualTo(standing("BRONZE", 2, "2028-12-31"));
    assertThat(on(rules, "2029-01-01", days)).isEqualTo(standing("IRON", 1, "2029-12-31"));
    assertThat(on(rules, "2030-01-01", days)).isEqualTo(Standing.BASE);
  }

  /** Who reaches in this year what he has from the last has it a year longer, at once. */
  @Test
  void theHighestThatThereIsIsReachedAgain() {
    var one = new TierTable(List.of(new Level("GOLD", 20_000, 90)), true);
    var rules =
        new TierRules(
            List.of(
                version("2013-01-01", new TierTable(LEVELS, true)), version("2027-01-01", one)));
    var days = Map.of("2026-04-01", points(75_000), "2027-03-01", points(20_000));
    assertThat(on(rules, "2027-03-02", days)).isEqualTo(standing("GOLD", 1, "2028-12-31"));
  }

  /** On its last day it is there, with what was flown on that day. */
  @Test
  void theLastDayOfATierIsOneOfIt() {
    var days = flown(Map.of("2026-04-01", points(25_000), "2027-12-31", points(100)));
    var last = LocalDate.parse("2027-12-31");
    assertThat(SOFT.after(last, days)).isEqualTo(standing("BRONZE", 1, "2027-12-31"));
    assertThat(SOFT.progress(last, days).standing().tier()).isEqualTo("BRONZE");
    assertThat(SOFT.after(last.plusDays(1), days)).isEqualTo(Standing.BASE);
    var reached = flown(Map.of("2026-12-31", points(25_000)));
    assertThat(SOFT.after(LocalDate.parse("2026-12-31"), reached))
        .isEqualTo(standing("BRONZE", 1, "2027-12-31"));
  }

  @Test
  void whatIsMissingIsTold() {
    var days = flown(Map.of("2026-04-01", new Qualified(30_000, 10)));
    var day = LocalDate.parse("2026-04-01");
    assertThat(SOFT.progress(day, days))
        .isEqualTo(
            new Progress(
                standing("BRONZE", 1, "2027-12-31"),
                2026,
                30_000,
                10,
                new Missing("SILVER", 20_000, 50)));
    var all = flown(Map.of("2026-04-01", points(90_000)));
    assertThat(SOFT.progress(day, all).next()).isNull();
    assertThat(SOFT.progress(day, flown(Map.of())).next())
        .isEqualTo(new Missing("BRONZE", 25_000, 30));
  }
}
