package aero.contrail.reservation.inventory;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How much of a cabin a booking class may sell.
 *
 * @param fareClass one letter
 * @param limit what it and, if it is nested, all nested classes below it may sell together
 * @param minimum seats that no other class may sell, as long as this one has not sold as many
 * @param isFixed whether the class has its limit for itself: it is outside of the nest, the seats
 *     are no other class's, and it never sells more
 */
public record ClassControl(String fareClass, int limit, int minimum, boolean isFixed) {

  public ClassControl {
    if (fareClass.length() != 1 || limit < 0 || minimum < 0 || minimum > limit) {
      throw new IllegalArgumentException(
          "class %s has limit %d and minimum %d".formatted(fareClass, limit, minimum));
    }
  }

  /** One that is nested and has no seats of its own. */
  public static ClassControl nested(String fareClass, int limit) {
    return new ClassControl(fareClass, limit, 0, false);
  }

  /** One with seats of its own, and no others. */
  static ClassControl fixed(String fareClass, int seats) {
    return new ClassControl(fareClass, seats, seats, true);
  }

  /** Nested classes, high to low. */
  static List<ClassControl> nested(String classes, List<Integer> limits) {
    if (limits.size() != classes.length()) {
      throw new IllegalArgumentException(classes + " does not match limits " + limits);
    }
    return IntStream.range(0, classes.length())
        .mapToObj(i -> nested(classes.substring(i, i + 1), limits.get(i)))
        .toList();
  }

  /** The class sells nothing more. */
  ClassControl closed() {
    return nested(fareClass, 0);
  }
}
