package aero.contrail.reservation.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.web.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Random commands beside a model that is as simple as can be: a list of seats, each with its class,
 * and limits that are asked of every list that would be one seat longer. After each command both
 * say the same, and nothing that was taken where it was available is above any limit.
 */
class InventoryModelTests {

  private static final String CLASSES = "YBML";
  private static final int MOST = 60;

  private final List<String> held = new ArrayList<>();
  private final List<String> sold = new ArrayList<>();
  private Cabin cabin = Cabin.fresh(CabinTests.FLIGHT, "Y", 50, CLASSES, List.of(50, 40, 25, 10));

  /** How many more seats of a class there may be: one after the other, until one is too many. */
  private int modelAvailable(String fareClass) {
    var seats = new ArrayList<>(held);
    seats.addAll(sold);
    var more = 0;
    while (more < MOST) {
      seats.add(fareClass);
      if (!isAllowed(seats, fareClass)) {
        return more;
      }
      more++;
    }
    return more;
  }

  /** Counts only the limits that a seat of the class counts against. */
  private boolean isAllowed(List<String> seats, String fareClass) {
    var rank = CLASSES.indexOf(fareClass);
    if (seats.size() + reserved(seats, 0, fareClass, false) > cabin.authorised()) {
      return false;
    }
    var control = cabin.controls().get(rank);
    if (control.isFixed()) {
      return Collections.frequency(seats, fareClass) <= control.limit();
    }
    for (var j = 0; j <= rank; j++) {
      if (!cabin.controls().get(j).isFixed()) {
        var nest = 0;
        for (var k = j; k < CLASSES.length(); k++) {
          nest += isFixed(k) ? 0 : Collections.frequency(seats, letter(k));
        }
        if (nest + reserved(seats, j, fareClass, true) > cabin.controls().get(j).limit()) {
          return false;
        }
      }
    }
    return true;
  }

  private int reserved(List<String> seats, int from, String but, boolean nestedOnly) {
    var reserved = 0;
    for (var k = from; k < CLASSES.length(); k++) {
      if (!letter(k).equals(but) && !(nestedOnly && isFixed(k))) {
        var open = cabin.controls().get(k).minimum() - Collections.frequency(seats, letter(k));
        reserved += Math.max(0, open);
      }
    }
    return reserved;
  }

  private boolean isFixed(int rank) {
    return cabin.controls().get(rank).isFixed();
  }

  private static String letter(int rank) {
    return CLASSES.substring(rank, rank + 1);
  }

  @RepeatedTest(100)
  void bothSayTheSame(RepetitionInfo repetition) {
    var seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    for (var step = 0; step < 200; step++) {
      command(random);
      for (var i = 0; i < CLASSES.length(); i++) {
        var available = cabin.available(letter(i)).seats();
        assertThat(Math.max(0, available))
            .as("seed %d, step %d, class %s of %s", seed, step, letter(i), cabin)
            .isEqualTo(modelAvailable(letter(i)));
      }
      assertThat(cabin.sold()).isEqualTo(sold.size());
      assertThat(cabin.held()).isEqualTo(held.size());
    }
  }

  private void command(Random random) {
    var fareClass = letter(random.nextInt(CLASSES.length()));
    var seats = 1 + random.nextInt(9);
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        if (cabin.available(fareClass).seats() >= seats) {
          cabin = cabin.hold(fareClass, seats);
          held.addAll(Collections.nCopies(seats, fareClass));
        }
      }
      case 2 -> {
        if (held.remove(fareClass)) {
          cabin = cabin.confirm(fareClass, 1);
          sold.add(fareClass);
        }
      }
      case 3 -> {
        if (held.remove(fareClass)) {
          cabin = cabin.releaseHeld(fareClass, 1);
        }
      }
      case 4 -> {
        if (sold.remove(fareClass)) {
          cabin = cabin.releaseSold(fareClass, 1);
        }
      }
      default -> limit(fareClass, random);
    }
  }

  /** Also limits below what is sold; what is no limit is refused and changes nothing. */
  private void limit(String fareClass, Random random) {
    var number = random.nextInt(30);
    var limit =
        switch (random.nextInt(4)) {
          case 0 -> new NewLimits.ClassLimit(fareClass, number, null, null, null);
          case 1 -> new NewLimits.ClassLimit(fareClass, null, number, null, null);
          case 2 -> new NewLimits.ClassLimit(fareClass, null, null, number, null);
          default -> new NewLimits.ClassLimit(fareClass, null, null, null, number);
        };
    try {
      cabin = LimitRules.apply(new NewLimits("Y", 30 + number, List.of(limit)), cabin, "");
    } catch (Problem refused) {
      assertThat(refused).hasMessageContaining(".");
    }
  }
}
