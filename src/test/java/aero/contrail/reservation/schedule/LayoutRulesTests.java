package aero.contrail.reservation.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.reservation.schedule.ReferenceData.Layout;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayoutRulesTests {

  private static Layout row(String configuration, String cabin, int first, int last) {
    return new Layout(configuration, "738", cabin, first, last, "ABC-DEF", "");
  }

  private static String fault(Layout... rows) {
    return LayoutRules.faults(List.of(rows), Set.of()).getOrDefault("A", "");
  }

  @Test
  void rowsOneAfterTheOtherAreAnAircraft() {
    assertThat(fault(row("A", "F", 1, 4), row("A", "Y", 5, 30), row("B", "Y", 1, 30))).isEmpty();
  }

  @Test
  void aRowIsInOneCabin() {
    assertThat(fault(row("A", "F", 1, 4), row("A", "Y", 4, 30)))
        .isEqualTo("A has rows 1 to 4 and 4 to 30");
  }

  @Test
  void aConfigurationIsOfOneType() {
    var other = new Layout("A", "320", "Y", 5, 30, "ABC-DEF", "");
    assertThat(fault(row("A", "F", 1, 4), other)).isEqualTo("A is of types 320, 738");
  }

  @Test
  void aSeatIsThereOnce() {
    assertThat(fault(new Layout("A", "738", "Y", 1, 2, "ABC-ADE", "")))
        .isEqualTo("columns ABC-ADE name a seat twice");
  }

  @Test
  void exitsAreAtRowsThatAreThere() {
    assertThat(fault(new Layout("A", "738", "Y", 1, 20, "ABC-DEF", "10 11"))).isEmpty();
    assertThat(fault(new Layout("A", "738", "Y", 1, 20, "ABC-DEF", "10 21")))
        .isEqualTo("exit row 21 is not of rows 1 to 20");
    assertThat(fault(new Layout("A", "738", "Y", 1, 20, "ABC-DEF", "x")))
        .isEqualTo("exit row x is not of rows 1 to 20");
  }

  @Test
  void oneWrongRowSpoilsItsConfigurationAlone() {
    var rows = List.of(row("A", "Y", 1, 30), row("B", "Y", 1, 30));
    assertThat(LayoutRules.faults(rows, Set.of("A"))).containsOnlyKeys("A");
  }
}
