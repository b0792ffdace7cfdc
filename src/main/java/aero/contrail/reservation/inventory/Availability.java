package aero.contrail.reservation.inventory;

import aero.contrail.events.SpaceRefusal.Kind;

/**
 * What a class may still sell: the least of what the cabin has left, what every nest that the class
 * is in has left, and each of these without the seats that are guaranteed to other classes and not
 * sold yet. Pure.
 */
final class Availability {

  private Availability() {}

  /**
   * @param i the rank of the class, from 0
   */
  static Available of(Cabin cabin, int i) {
    var left = cabin.available();
    var reserved = reserved(cabin, 0, i, false);
    var least =
        new Available(left, Kind.CABIN_FULL, cabin.cabin())
            .orLess(left - reserved.seats, Kind.GUARANTEED, reserved.classes);
    var control = cabin.controls().get(i);
    if (control.isFixed()) {
      return least.orLess(
          control.limit() - cabin.counters().taken(i), Kind.CLASS_FULL, control.fareClass());
    }
    for (var j = 0; j <= i; j++) {
      var nest = cabin.controls().get(j);
      if (!nest.isFixed()) {
        var inNest = nest.limit() - taken(cabin, j);
        var inNestReserved = reserved(cabin, j, i, true);
        least =
            least
                .orLess(inNest, Kind.CLASS_FULL, nest.fareClass())
                .orLess(inNest - inNestReserved.seats, Kind.GUARANTEED, inNestReserved.classes);
      }
    }
    return least;
  }

  /** What is taken in a nested class and all nested ones below it. */
  static int taken(Cabin cabin, int from) {
    var taken = 0;
    for (var k = from; k < cabin.controls().size(); k++) {
      taken += cabin.controls().get(k).isFixed() ? 0 : cabin.counters().taken(k);
    }
    return taken;
  }

  private record Reserved(int seats, String classes) {}

  /** What is guaranteed to classes from a rank on, other than one, and not sold by them yet. */
  private static Reserved reserved(Cabin cabin, int from, int but, boolean nestedOnly) {
    var seats = 0;
    var classes = "";
    for (var k = from; k < cabin.controls().size(); k++) {
      var control = cabin.controls().get(k);
      var open = control.minimum() - cabin.counters().taken(k);
      if (k != but && open > 0 && !(nestedOnly && control.isFixed())) {
        seats += open;
        classes += control.fareClass();
      }
    }
    return new Reserved(seats, classes);
  }
}
