package aero.contrail.reservation.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What an operator has set for a cabin, whatever the schedule plans.
 *
 * @param capacity the seats of the cabin when it was set
 * @param authorised seats that were to be sold, of that many
 * @param controls of the classes for which he set something
 */
public record LimitOverride(
    String cabin, int capacity, int authorised, List<ClassControl> controls) {

  public LimitOverride {
    controls = List.copyOf(controls);
  }

  /** Nothing is set. */
  static LimitOverride none(String cabin) {
    return new LimitOverride(cabin, 0, 0, List.of());
  }

  /** What was set before, with what is set now: the classes named, and those it changes as well. */
  LimitOverride and(NewLimits wanted, Cabin before, Cabin after) {
    var all = new LinkedHashMap<String, ClassControl>();
    controls.forEach(control -> all.put(control.fareClass(), control));
    for (var i = 0; i < after.controls().size(); i++) {
      var control = after.controls().get(i);
      var isNamed =
          wanted.classes().stream()
              .anyMatch(
                  limit ->
                      limit.protectedSeats() == null
                          && limit.fareClass().equals(control.fareClass()));
      if (isNamed || !control.equals(before.controls().get(i))) {
        all.put(control.fareClass(), control);
      }
    }
    return new LimitOverride(
        cabin, after.capacity(), after.authorised(), List.copyOf(all.values()));
  }

  /**
   * A cabin as it is planned, under these limits. So many seats as were overbooked when they were
   * set are so in another aircraft, too; where fewer were to be sold than there were, never more
   * than that are. A nested class never has more than the one above it.
   */
  public Cabin on(Cabin planned) {
    var limited = new ArrayList<ClassControl>();
    var most = Integer.MAX_VALUE;
    for (var plan : planned.controls()) {
      var control =
          controls.stream()
              .filter(set -> set.fareClass().equals(plan.fareClass()))
              .findFirst()
              .orElse(plan);
      if (!control.isFixed()) {
        most = Math.min(most, control.limit());
        control =
            new ClassControl(control.fareClass(), most, Math.min(most, control.minimum()), false);
      }
      limited.add(control);
    }
    return planned.limited(authorisedOf(planned), limited);
  }

  private int authorisedOf(Cabin planned) {
    return authorised > capacity
        ? planned.capacity() + authorised - capacity
        : Math.min(authorised, planned.capacity());
  }
}
