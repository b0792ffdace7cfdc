package aero.contrail.events;

import java.time.Instant;
import java.util.List;

/**
 * What a signed offer promises: these flights in these classes, for this price, until then. It
 * travels with the client from the shopping context to the order context.
 */
public record Offer(
    List<Segment> segments, Price price, FareConditions conditions, Instant expiresAt) {

  public Offer {
    segments = List.copyOf(segments);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("an offer needs a flight");
    }
  }

  /** How many passengers of a type the price is for. */
  public int count(PassengerType type) {
    return price.parts().stream()
        .filter(part -> part.type() == type)
        .mapToInt(PassengerPrice::count)
        .sum();
  }
}
