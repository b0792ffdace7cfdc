package aero.contrail.loyalty.earning;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.LoyaltyEvent.Earned;
import aero.contrail.events.LoyaltyEvent.EarningTable;
import aero.contrail.events.PassengerType;
import aero.contrail.loyalty.earning.EarningRules.Decided;
import aero.contrail.loyalty.programme.RuleVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarningRulesTests {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final LocalDate SECOND = LocalDate.parse("2027-01-01");
  private static final EarningTable TABLE =
      new EarningTable(
          Map.of("F", 200, "M", 100, "K", 25), 500, Map.of("SILVER", 25, "GOLD", 50), false);
  private static final EarningRules RULES =
      new EarningRules(
          "default",
          List.of(
              version(FIRST, TABLE),
              version(SECOND, new EarningTable(Map.of("M", 50), 0, Map.of(), true))));

  private static RuleVersion<EarningTable> version(LocalDate from, EarningTable table) {
    return new RuleVersion<>(from, table, "test", Instant.EPOCH);
  }

  private static Decided decide(String fareClass, int miles, LocalDate day) {
    return RULES.decide(fareClass, miles, PassengerType.ADULT, EarningTable.NO_TIER, day);
  }

  private static Earned earned(String fareClass, int miles, String tier) {
    return TABLE.earned(fareClass, miles, PassengerType.ADULT, tier);
  }

  @Test
  void pointsAreMilesTimesTheRateOfTheClass() {
    assertThat(decide("F", 720, FIRST))
        .isEqualTo(new Decided(new Earned(1440, 1440), "default/2026-01-01"));
    assertThat(decide("K", 719, FIRST).earned().points()).isEqualTo(180); // 179.75, half up
    assertThat(decide("K", 718, FIRST).earned().points()).isEqualTo(180); // 179.5
    assertThat(decide("K", 717, FIRST).earned().points()).isEqualTo(179); // 179.25
  }

  @Test
  void theRulesOfTheDayOfTravelCount() {
    assertThat(decide("M", 720, SECOND.minusDays(1)).earned().points()).isEqualTo(720);
    assertThat(decide("M", 720, SECOND).earned().points()).isEqualTo(360);
  }

  /** A version says it all: what it does not name earns nothing, whatever was before. */
  @Test
  void aClassWithoutARateAndADayWithoutRulesEarnNothing() {
    assertThat(decide("Z", 720, FIRST).earned()).isEqualTo(new Earned(0, 0));
    assertThat(decide("K", 720, SECOND).earned()).isEqualTo(new Earned(0, 0));
    assertThat(decide("M", 720, FIRST.minusDays(1)))
        .isEqualTo(new Decided(new Earned(0, 0), "default/none"));
  }

  @Test
  void aTierHasMorePointsToSpendButNotForTheTier() {
    assertThat(earned("M", 720, "SILVER")).isEqualTo(new Earned(900, 720));
    assertThat(earned("F", 721, "GOLD")).isEqualTo(new Earned(2163, 1442));
    assertThat(earned("M", 720, "UNHEARD_OF")).isEqualTo(new Earned(720, 720));
  }

  @Test
  void aTierHasAMinimumForWhatEarns() {
    assertThat(earned("K", 400, EarningTable.NO_TIER)).isEqualTo(new Earned(100, 100));
    assertThat(earned("K", 400, "SILVER")).isEqualTo(new Earned(625, 500));
    assertThat(earned("Z", 400, "SILVER")).isEqualTo(new Earned(0, 0));
  }

  @Test
  void anInfantOnALapEarnsWhereARuleSaysSo() {
    var infant = PassengerType.INFANT;
    assertThat(TABLE.earned("M", 720, infant, "GOLD")).isEqualTo(new Earned(0, 0));
    assertThat(RULES.decide("M", 720, infant, "GOLD", SECOND).earned())
        .isEqualTo(new Earned(360, 360));
    assertThat(TABLE.earned("M", 720, PassengerType.CHILD, "GOLD").points()).isEqualTo(1080);
    assertThat(TABLE.earned("M", 720, null, "GOLD").points()).isEqualTo(1080);
  }
}
