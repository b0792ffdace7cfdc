package aero.contrail.reservation.schedule;

import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.LimitOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What becomes of a flight's cabins in another aircraft. */
final class Refit {

  private Refit() {}

  /**
   * The cabins of the flight: what is sold stays sold, and what operators set stays set. A cabin
   * that the new aircraft lacks has no seats and sells nothing more.
   *
   * @param planned those of the new aircraft, with nothing sold
   * @param set by operators, by cabin
   */
  static List<Cabin> of(List<Cabin> before, List<Cabin> planned, Map<String, LimitOverride> set) {
    var after = new ArrayList<Cabin>();
    for (var plan : planned) {
      var override = set.get(plan.cabin());
      var wanted = override == null ? plan : override.on(plan);
      after.add(
          before.stream()
              .filter(cabin -> cabin.cabin().equals(plan.cabin()))
              .findFirst()
              .map(cabin -> cabin.planned(wanted))
              .orElse(wanted));
    }
    before.stream()
        .filter(cabin -> planned.stream().noneMatch(plan -> plan.cabin().equals(cabin.cabin())))
        .map(Refit::gone)
        .forEach(after::add);
    return after;
  }

  private static Cabin gone(Cabin cabin) {
    return cabin.planned(Cabin.fresh(cabin.flight(), cabin.cabin(), 0, "", List.of()));
  }
}
