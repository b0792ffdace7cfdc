package aero.contrail.events;

import java.util.List;

/**
 * What a cabin may still sell, class by class.
 *
 * @param cabin one of F, J, W, Y
 * @param classes the booking classes, high to low, one letter each
 * @param available seats for each class, in the order of {@code classes}; negative when limits were
 *     set below what is sold
 */
public record CabinAvailability(String cabin, String classes, List<Integer> available) {

  public CabinAvailability {
    available = List.copyOf(available);
    if (classes.length() != available.size()) {
      throw new IllegalArgumentException(classes + " does not match " + available);
    }
  }
}
