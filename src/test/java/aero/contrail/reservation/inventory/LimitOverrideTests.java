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
    return LimitOverride.none("Y").and(new NewLimits("Y", authorised, List.of(limits)), 100);
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
    var cabin = set(100, new ClassLimit("M", 3)).on(planned(50));
    assertThat(cabin.limits()).containsExactly(50, 3, 3);
  }

  @Test
  void aClassHasNeverMoreThanTheOneAbove() {
    var cabin = set(100, new ClassLimit("L", 90)).on(planned(50));
    assertThat(cabin.limits()).containsExactly(50, 30, 30);
  }

  @Test
  void whatIsSetLaterIsAddedToWhatWasSet() {
    var later = new NewLimits("Y", 90, List.of(new ClassLimit("L", 1), new ClassLimit("M", 20)));
    var both = set(100, new ClassLimit("M", 3), new ClassLimit("Y", 60)).and(later, 100);
    assertThat(both.on(planned(100)).limits()).containsExactly(60, 20, 1);
    assertThat(both.on(planned(100)).authorised()).isEqualTo(90);
  }

  @Test
  void aCabinOfWhichTheClassesChangedTakesWhatItHas() {
    var override = set(100, new ClassLimit("Q", 7));
    assertThat(override.on(planned(100))).isEqualTo(planned(100));
  }
}
