package aero.contrail.reservation.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.schedule.ClassPlan.ClassShare;
import aero.contrail.reservation.schedule.ReferenceData.Layout;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CabinPlanTests {

  private static final LocalDate DAY = LocalDate.of(2027, 6, 1);

  private static ClassPlan plan(String carrier, LocalDate from, ClassShare... shares) {
    return new ClassPlan(carrier, "Y", from, List.of(shares));
  }

  private static OverbookingRule rule(
      String carrier, int first, int last, @Nullable Integer percent, @Nullable Integer seats) {
    return new OverbookingRule(carrier, first, last, "Y", DAY, DAY.plusDays(1), percent, seats);
  }

  private static Cabin cabin(String flight, OverbookingRule... rules) {
    var layouts =
        List.of(
            new Layout("T-Y100", "T", "Y", 1, 10, "ABC-DEF", ""),
            new Layout("T-Y100", "T", "Y", 11, 20, "AB-CD", ""));
    var plans =
        List.of(
            plan("*", LocalDate.of(1900, 1, 1), new ClassShare("Y", 100), new ClassShare("M", 55)),
            plan("UA", DAY, new ClassShare("Y", 100), new ClassShare("B", 50)),
            plan("UA", DAY.plusDays(2), new ClassShare("Y", 80)));
    return new CabinPlan(layouts, plans, List.of(rules))
        .cabins(new FlightId(flight), "T-Y100")
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "DL1-2027-06-01-EWR,YM",
    "UA1-2027-05-31-EWR,YM",
    "UA1-2027-06-01-EWR,YB",
    "UA1-2027-06-03-EWR,Y",
  })
  void theNewestPlanOfTheCarrierCountsElseThatOfAll(String flight, String classes) {
    assertThat(cabin(flight).classes()).isEqualTo(classes);
  }

  @Test
  void rowsOfSeatsAddUp() {
    assertThat(cabin("DL1-2027-06-01-EWR").capacity()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "DL1-2027-06-01-EWR,103",
    "DL1A-2027-06-02-EWR,103",
    "DL2-2027-06-01-EWR,100",
    "DL1-2027-06-03-EWR,100",
    "DL1-2027-05-31-EWR,100",
    "UA1-2027-06-01-EWR,100",
  })
  void overbookingIsOfACarrierItsNumbersAndDays(String flight, int authorised) {
    assertThat(cabin(flight, rule("DL", 1, 1, null, 3)).authorised()).isEqualTo(authorised);
  }

  @Test
  void theRuleThatWasFiledLastCounts() {
    var cabin = cabin("DL1-2027-06-01-EWR", rule("*", 1, 9999, 0, null), rule("DL", 1, 1, 9, null));
    assertThat(cabin.authorised()).isEqualTo(100);
  }

  /** Limits are shares of what may be sold, not of the seats; part of a seat is none. */
  @Test
  void overbookedSeatsAreSharedLikeTheOthers() {
    var cabin = cabin("DL1-2027-06-01-EWR", rule("*", 1, 9999, 5, null));
    assertThat(cabin.authorised()).isEqualTo(105);
    assertThat(cabin.limits()).containsExactly(105, 57);
  }
}
