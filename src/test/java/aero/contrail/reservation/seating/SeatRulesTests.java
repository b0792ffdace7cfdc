package aero.contrail.reservation.seating;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.PassengerType;
import aero.contrail.reservation.schedule.ReferenceData.Layout;
import aero.contrail.reservation.seating.SeatRules.Refusal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may sit where, and who sits together. */
class SeatRulesTests {

  /** A real one: a 717 with twelve in front, exits over the wings. */
  private static final SeatMap MAP =
      SeatMap.of(
          List.of(
              new Layout("717-F12Y105", "717", "Y", 10, 30, "AB-CDE", "17 18"),
              new Layout("717-F12Y105", "717", "F", 1, 3, "AB-CD", "")));

  private static Seat seat(String number) {
    return MAP.find(number).orElseThrow();
  }

  private static List<PassengerType> party(String types) {
    return Arrays.stream(types.split(" ", -1)).map(PassengerType::valueOf).toList();
  }

  private static List<String> together(int count, boolean mayOpenExits, Set<String> taken) {
    return SeatRules.together(MAP, "Y", count, mayOpenExits, taken, Set.of()).stream()
        .map(Seat::number)
        .toList();
  }

  /** All seats of the rows, but those named. */
  private static Set<String> allOfRowsBut(int first, int last, String... free) {
    var taken = new HashSet<String>();
    for (var row = first; row <= last; row++) {
      for (var column : "ABCDE".toCharArray()) {
        taken.add("" + row + column);
      }
    }
    taken.removeAll(Set.of(free));
    return taken;
  }

  @Nested
  class TheMap {

    @Test
    void hasTheSeatsOfItsRowsFromTheFront() {
      assertThat(MAP.all()).hasSize(12 + 105);
      assertThat(MAP.all().getFirst().number()).isEqualTo("1A");
      assertThat(MAP.all().getLast().number()).isEqualTo("30E");
      assertThat(MAP.rows("F")).hasSize(3).allSatisfy(row -> assertThat(row).hasSize(4));
      assertThat(MAP.find("4A")).isEmpty();
      assertThat(MAP.find(null)).isEmpty();
    }

    @Test
    void knowsWindowsAislesAndExits() {
      assertThat(seat("17A")).isEqualTo(new Seat(17, 'A', "Y", 0, true, false, true));
      assertThat(seat("17B")).isEqualTo(new Seat(17, 'B', "Y", 1, false, true, true));
      assertThat(seat("19C")).isEqualTo(new Seat(19, 'C', "Y", 3, false, true, false));
      assertThat(seat("19D")).isEqualTo(new Seat(19, 'D', "Y", 4, false, false, false));
      assertThat(seat("19E")).isEqualTo(new Seat(19, 'E', "Y", 5, true, false, false));
    }

    /** The other half of a row that begins with the aisle. */
    @Test
    void hasRowsOnOneSideOnly() {
      var map = SeatMap.of(List.of(new Layout("DH8-Y37", "DH8", "Y", 10, 10, "-C", "")));

      assertThat(map.all()).containsExactly(new Seat(10, 'C', "Y", 1, true, true, false));
    }
  }

  @Nested
  class MaySit {

    @ParameterizedTest
    @CsvSource({
      "12C, Y, ADULT,  ADULT,              ",
      "12C, Y, CHILD,  ADULT CHILD,        ",
      "12C, Y, INFANT, ADULT INFANT,       NO_SEAT_NEEDED",
      "2A,  Y, ADULT,  ADULT,              OTHER_CABIN",
      "12C, F, ADULT,  ADULT,              OTHER_CABIN",
      "17A, Y, ADULT,  ADULT,              ",
      "17A, Y, ADULT,  ADULT ADULT CHILD,  ",
      "17A, Y, CHILD,  ADULT CHILD,        EXIT_ROW",
      "18E, Y, ADULT,  ADULT ADULT INFANT, EXIT_ROW"
    })
    void who(
        String number, String cabin, PassengerType type, String party, @Nullable Refusal refusal) {
      assertThat(SeatRules.refusal(seat(number), cabin, type, party(party)))
          .isEqualTo(Optional.ofNullable(refusal));
    }
  }

  @Nested
  class Together {

    @Test
    void sideBySideAsFarInFrontAsPossible() {
      assertThat(together(2, true, Set.of())).containsExactly("10A", "10B");
      assertThat(together(3, true, Set.of())).containsExactly("10C", "10D", "10E");
    }

    @Test
    void aPairLeavesThreeInARowToThree() {
      assertThat(together(2, true, Set.of("10A"))).containsExactly("10C", "10D");
      assertThat(together(1, true, Set.of("10A"))).containsExactly("10B");
    }

    @Test
    void noTakenSeatBetweenThem() {
      assertThat(together(2, true, Set.of("10A", "10D"))).containsExactly("11A", "11B");
    }

    @Test
    void acrossTheAisleRatherThanInTwoRows() {
      assertThat(together(5, true, Set.of("10C")))
          .containsExactly("11A", "11B", "11C", "11D", "11E");
    }

    @Test
    void inNeighbouringRowsWhenNoRowHasRoom() {
      assertThat(together(7, true, Set.of()))
          .containsExactly("10A", "10B", "10C", "10D", "10E", "11A", "11B");
    }

    @Test
    void thoseWithChildrenNotAtExits() {
      var taken = allOfRowsBut(10, 30, "17A", "17B", "29D", "29E");

      assertThat(together(2, true, taken)).containsExactly("17A", "17B");
      assertThat(together(2, false, taken)).containsExactly("29D", "29E");
    }

    @Test
    void nearThoseOfThemWhoSitAlready() {
      assertThat(SeatRules.together(MAP, "Y", 1, true, Set.of("20A"), Set.of(20)))
          .extracting(Seat::number)
          .containsExactly("20B");
    }

    @Test
    void fewerThanWantedWhenTheCabinIsFull() {
      assertThat(together(3, true, allOfRowsBut(10, 30, "10A", "30E")))
          .containsExactly("10A", "30E");
      assertThat(together(1, true, allOfRowsBut(10, 30))).isEmpty();
    }
  }
}
