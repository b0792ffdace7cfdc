package aero.contrail.loyalty.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Points that leave one place and enter another: balanced by construction.
 *
 * @param lot whose points they are; null for what is no lot's
 * @param points at least 1
 */
record Movement(Unit unit, @Nullable UUID lot, Place from, Place to, long points) {

  /** What can be spent, and what counts for the tier: never mixed. */
  enum Unit {
    AWARD,
    TIER
  }

  public Movement {
    if (points < 1 || from == to) {
      throw new IllegalArgumentException(
          "nothing moves: %d from %s to %s".formatted(points, from, to));
    }
    if (lot == null && unit == Unit.AWARD && (from.isOfLot() || to.isOfLot())) {
      throw new IllegalArgumentException("points of no lot: %s to %s".formatted(from, to));
    }
  }

  /** Points that a member owes, or owes no more. */
  static Movement debt(Place from, Place to, long points) {
    return new Movement(Unit.AWARD, null, from, to, points);
  }

  static Movement award(UUID lot, Place from, Place to, long points) {
    return new Movement(Unit.AWARD, lot, from, to, points);
  }

  /** What a place gains, or loses, by it. */
  long change(Place place) {
    return place == to ? points : place == from ? -points : 0;
  }
}
