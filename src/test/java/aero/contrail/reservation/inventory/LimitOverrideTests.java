package aero.contrail.reservation.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.reservation.inventory.NewLimits.ClassLimit;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitOverrideTests {

  private static Cabin planned(int seats) {
    return Cabin.fresh(
        CabinTests.FLIGHT, "Y", seats, "YML", List.of(seats, seats * 6 / 10, seats * 2 / 10));
  }

  private static LimitOverride set(int authorised, ClassLimit... limits) {
    return and(LimitOverride.none("Y"), planned(100), authorised, limits);
  }

  private static LimitOverride and(
      LimitOverride before, Cabin cabin, int authorised, ClassLimit... limits) {
    var wanted = new NewLimits("Y", authorised, List.of(limits));
    return before.and(wanted, cabin, LimitRules.apply(wanted, cabin, ""));
  }

  @Test
  void soManySeatsAreOverbookedInAnotherAircraft() {
    assertThat(set(105).on(planned(50)).authorised()).isEqualTo(55);
    assertThat(set(105).on(planned(200)).authorised()).isEqualTo(205);
  }

  @Test
  void whereFewerWereToBeSoldNoMoreAre() {
    assertThat(set(80).on(planned(200)).authorised()).isEqualTo(80);
    assertThat(set(80).on(planned(50)).authorised()).isEqualTo(50);
    assertThat(set(0).on(planned(50)).authorised()).isZero();
  }

  @Test
  void classesThatWereNotNamedAreAsPlanned() {
    var cabin = set(100, ClassLimit.of("M", 40)).on(planned(50));
    assertThat(cabin.limits()).containsExactly(50, 40, 10);
  }

  @Test
  void aClassHasNeverMoreThanTheOneAbove() {
    var cabin = set(100, ClassLimit.of("L", 55)).on(planned(50));
    assertThat(cabin.limits()).containsExactly(50, 30, 30);
  }

  @Test
  void whatIsSetLaterIsAddedToWhatWasSet() {
    var first = set(100, ClassLimit.of("M", 30), ClassLimit.of("Y", 60));
    var both =
        and(first, first.on(planned(100)), 90, ClassLimit.of("L", 1), ClassLimit.of("M", 20));
    assertThat(both.on(planned(100)).limits()).containsExactly(60, 20, 1);
    assertThat(both.on(planned(100)).authorised()).isEqualTo(90);
  }

  /** What a protection does to the class below outlasts another aircraft, too. */
  @Test
  void classesThatAProtectionChangesAreSet() {
    var protectedY = new ClassLimit("Y", null, 80, null, null);
    assertThat(set(100, protectedY).on(planned(200)).limits()).containsExactly(200, 20, 20);
  }

  @Test
  void whatIsGuaranteedIsNeverMoreThanTheLimit() {
    var set = set(100, new ClassLimit("M", null, null, null, 40));
    assertThat(set.on(planned(50)).controls().get(1))
        .isEqualTo(new ClassControl("M", 50, 40, false));
    assertThat(set.on(planned(30)).controls().get(1))
        .isEqualTo(new ClassControl("M", 30, 30, false));
  }

  @Test
  void aCabinOfWhichTheClassesChangedTakesWhatItHas() {
    var override = new LimitOverride("Y", 100, 100, List.of(ClassControl.nested("Q", 7)));
    assertThat(override.on(planned(100))).isEqualTo(planned(100));
  }
}
