package aero.contrail.reservation.inventory;

import aero.contrail.web.problem.Problem;
import java.util.ArrayList;

/** What booking limits may be. */
public final class LimitRules {

  private LimitRules() {}

  /**
   * The cabin under new limits.
   *
   * @param pointer where the limits stand in the request
   * @throws Problem when a class is not the cabin's, or the limits are not nested
   */
  public static Cabin apply(NewLimits wanted, Cabin cabin, String pointer) {
    var limits = new ArrayList<>(cabin.limits());
    for (var i = 0; i < wanted.classes().size(); i++) {
      var limit = wanted.classes().get(i);
      if (!cabin.sells(limit.fareClass())) {
        throw Problem.invalid(
            "%s/classes/%d/fareClass".formatted(pointer, i),
            "unknown_class",
            "Cabin %s has no class %s.".formatted(cabin.cabin(), limit.fareClass()));
      }
      limits.set(cabin.classes().indexOf(limit.fareClass()), limit.limit());
    }
    for (var i = 1; i < limits.size(); i++) {
      if (limits.get(i) > limits.get(i - 1)) {
        throw Problem.invalid(
            pointer + "/classes",
            "not_nested",
            "The limit of class %s (%d) is above that of class %s (%d)."
                .formatted(
                    cabin.classes().charAt(i),
                    limits.get(i),
                    cabin.classes().charAt(i - 1),
                    limits.get(i - 1)));
      }
    }
    return cabin.limited(wanted.authorised(), limits);
  }
}
