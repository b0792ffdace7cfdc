package aero.contrail.events;

import java.time.Instant;
import java.util.List;

/**
 * What a signed offer promises: these flights in these classes, for this price, until then. It
 * travels with the client from the shopping context to the order context.
 *
 * @param bounds one a direction of travel, in the order in which they are flown
 */
public record Offer(List<Bound> bounds, Price price, FareConditions conditions, Instant expiresAt) {

  /**
   * The flights of one direction, all in one booking class.
   *
   * @param brand the code under which they are sold
   */
  public record Bound(String brand, List<Segment> segments) {

    public Bound {
      segments = List.copyOf(segments);
      if (segments.isEmpty()) {
        throw new IllegalArgumentException("a bound needs a flight");
      }
    }
  }

  public Offer {
    bounds = List.copyOf(bounds);
    if (bounds.isEmpty()) {
      throw new IllegalArgumentException("an offer needs a flight");
    }
  }

  /** All flights in the order in which they are flown. */
  public List<Segment> segments() {
    return bounds.stream().flatMap(bound -> bound.segments().stream()).toList();
  }

  /** How many passengers of a type the price is for. */
  public int count(PassengerType type) {
    return price.parts().stream()
        .filter(part -> part.type() == type)
        .mapToInt(PassengerPrice::count)
        .sum();
  }
}
