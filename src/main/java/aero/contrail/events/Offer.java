package aero.contrail.events;

import java.time.Instant;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a signed offer promises: these flights in these classes, for this price, until then. It
 * travels with the client from the shopping context to the order context.
 *
 * @param bounds one a direction of travel, in the order in which they are flown
 * @param points for which a passenger with a seat can have the flights instead of for their fare;
 *     null when they are not to be had for points
 */
public record Offer(
    List<Bound> bounds,
    Price price,
    FareConditions conditions,
    @Nullable Integer points,
    Instant expiresAt) {

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

  /** What can be had beside a flight. */
  public enum ServiceKind {
    BAG,
    SEAT,
    MEAL,
    SPECIAL
  }

  /**
   * What a signed offer of a service promises: this service on this flight in this class, for this
   * price, until then.
   *
   * @param code as IATA has it, for example {@code VGML}
   * @param price for one
   * @param maxQuantity how many a passenger may have
   * @param rows in which a seat is to be had for this price; null for any, and what is not a seat
   * @param otherRows in which it is not, because seats there have another price
   * @param refundable whether the price goes back when the customer gives it up
   */
  public record Ancillary(
      ServiceKind kind,
      String code,
      String name,
      FlightId flight,
      String fareClass,
      List<PassengerType> passengerTypes,
      Money price,
      int maxQuantity,
      @Nullable List<Integer> rows,
      List<Integer> otherRows,
      boolean refundable,
      Instant expiresAt) {

    public Ancillary {
      passengerTypes = List.copyOf(passengerTypes);
      rows = rows == null ? null : List.copyOf(rows);
      otherRows = List.copyOf(otherRows);
    }

    /** Whether a seat of a row can be had for this price. */
    public boolean hasRow(int row) {
      return rows == null ? !otherRows.contains(row) : rows.contains(row);
    }
  }

  public Offer {
    bounds = List.copyOf(bounds);
    if (bounds.isEmpty()) {
      throw new IllegalArgumentException("an offer needs a flight");
    }
  }

  /** For how many points all can have the flights; null when they are not to be had so. */
  public @Nullable Integer pointsOfAll() {
    return points == null ? null : Math.multiplyExact(points, price.seats());
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
