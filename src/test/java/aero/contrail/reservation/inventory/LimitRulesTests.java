package aero.contrail.reservation.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aero.contrail.reservation.inventory.NewLimits.ClassLimit;
import aero.contrail.web.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitRulesTests {

  private static Cabin apply(int authorised, ClassLimit... limits) {
    return LimitRules.apply(
        new NewLimits("Y", authorised, List.of(limits)), CabinTests.EMPTY, "/cabins/0");
  }

  private static void assertRefused(String pointer, String code, int authorised, ClassLimit... l) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> apply(authorised, l))
        .satisfies(
            problem -> {
              assertThat(problem.errors().getFirst().pointer()).isEqualTo(pointer);
              assertThat(problem.errors().getFirst().code()).isEqualTo(code);
            });
  }

  private static ClassLimit protect(String fareClass, int seats) {
    return new ClassLimit(fareClass, null, seats, null, null);
  }

  private static ClassLimit fix(String fareClass, int seats) {
    return new ClassLimit(fareClass, null, null, seats, null);
  }

  private static ClassLimit guarantee(String fareClass, int seats) {
    return new ClassLimit(fareClass, null, null, null, seats);
  }

  @Test
  void aProtectionIsTheLimitOfTheClassBelow() {
    assertThat(apply(100, protect("Y", 55)).limits()).containsExactly(100, 45, 20);
    assertThat(apply(100, protect("M", 90)).limits()).containsExactly(100, 60, 10);
  }

  @Test
  void ofTheNextThatIsNested() {
    assertThat(apply(100, fix("M", 30), protect("Y", 90)).limits()).containsExactly(100, 30, 10);
  }

  @Test
  void aFixedClassIsOutsideOfTheNest() {
    var fixed = apply(100, fix("M", 5));
    assertThat(fixed.controls().get(1)).isEqualTo(ClassControl.fixed("M", 5));
    assertThat(fixed.available("L").seats()).isEqualTo(20);
  }

  @Test
  void aLimitMakesAFixedClassNestedAgain() {
    var cabin =
        LimitRules.apply(
            new NewLimits("Y", 100, List.of(ClassLimit.of("M", 50))), apply(100, fix("M", 30)), "");
    assertThat(cabin.controls().get(1)).isEqualTo(ClassControl.nested("M", 50));
  }

  @Test
  void whatIsImpossibleIsPointedAt() {
    assertRefused("/cabins/0/classes", "not_nested", 100, ClassLimit.of("L", 61));
    assertRefused("/cabins/0/classes/0/fareClass", "unknown_class", 100, ClassLimit.of("Q", 1));
    assertRefused("/cabins/0/classes/0/protected", "nothing_below", 100, protect("L", 1));
    assertRefused("/cabins/0/classes/0/minimum", "above_limit", 100, guarantee("L", 21));
    assertRefused(
        "/cabins/0/classes", "guaranteed_above_authorised", 50, fix("M", 40), guarantee("L", 11));
    assertRefused(
        "/cabins/0/classes", "guaranteed_above_limit", 100, guarantee("M", 50), guarantee("L", 20));
    assertRefused("/cabins/0/classes/0", "one_of", 100, new ClassLimit("M", 1, 1, null, null));
    assertRefused(
        "/cabins/0/classes/0", "one_of", 100, new ClassLimit("M", null, null, null, null));
  }

  /** What is not mentioned stays as it is. */
  @Test
  void aLimitLeavesAGuaranteeAlone() {
    var guaranteed = apply(100, guarantee("M", 20));
    var limited =
        LimitRules.apply(new NewLimits("Y", 100, List.of(ClassLimit.of("M", 50))), guaranteed, "");
    assertThat(limited.controls().get(1)).isEqualTo(new ClassControl("M", 50, 20, false));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(
            () ->
                LimitRules.apply(
                    new NewLimits("Y", 100, List.of(ClassLimit.of("M", 19))), guaranteed, ""));
  }

  @Test
  void whatIsSaidOfAClassItselfCountsWithinAProtection() {
    var limits = apply(100, ClassLimit.of("M", 40), protect("Y", 50)).limits();
    assertThat(limits).containsExactly(100, 40, 20);
    assertRefused(
        "/cabins/0/classes/1/protected",
        "above_protection",
        100,
        ClassLimit.of("M", 60),
        protect("Y", 50));
  }
}
