package aero.contrail.reservation.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * What an operator has set for a cabin, whatever the schedule plans.
 *
 * @param capacity the seats of the cabin when it was set
 * @param authorised seats that were to be sold, of that many
 * @param classes those that have a limit of his, one letter each
 * @param limits in the order of {@code classes}
 */
public record LimitOverride(
    String cabin, int capacity, int authorised, String classes, List<Integer> limits) {

  public LimitOverride {
    limits = List.copyOf(limits);
  }

  /** What was set before, with what is set now. */
  LimitOverride and(NewLimits wanted, int newCapacity) {
    var all = new StringBuilder(classes);
    var values = new ArrayList<>(limits);
    for (var limit : wanted.classes()) {
      var at = all.indexOf(limit.fareClass());
      if (at < 0) {
        all.append(limit.fareClass());
        values.add(limit.limit());
      } else {
        values.set(at, limit.limit());
      }
    }
    return new LimitOverride(cabin, newCapacity, wanted.authorised(), all.toString(), values);
  }

  /** Nothing is set. */
  static LimitOverride none(String cabin) {
    return new LimitOverride(cabin, 0, 0, "", List.of());
  }

  /**
   * A cabin as it is planned, under these limits. So many seats as were overbooked when they were
   * set are so in another aircraft, too; where fewer were to be sold than there were, never more
   * than that are. A class never has more than the one above it.
   */
  public Cabin on(Cabin planned) {
    var limited = new ArrayList<Integer>();
    for (var i = 0; i < planned.classes().length(); i++) {
      var at = classes.indexOf(planned.classes().charAt(i));
      var limit = at < 0 ? planned.limits().get(i) : limits.get(at);
      limited.add(i == 0 ? limit : Math.min(limit, limited.get(i - 1)));
    }
    var most =
        authorised > capacity
            ? planned.capacity() + authorised - capacity
            : Math.min(authorised, planned.capacity());
    return planned.limited(most, limited);
  }
}
