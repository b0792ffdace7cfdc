package aero.contrail.loyalty.ledger;

import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.Cause.Source;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Points that one cause brought, and where they are now. They are all somewhere, and nowhere fewer
 * than none.
 *
 * @param expiresOn the first day on which they cannot be spent; null when they last
 * @param rule the version of the rule that gave them
 */
record Lot(
    UUID id,
    MemberNumber member,
    Source source,
    String key,
    @Nullable LocalDate expiresOn,
    String rule,
    Map<Place, Long> points) {

  public Lot {
    points = Map.copyOf(points);
  }

  /** One that is still empty. */
  static Lot of(MemberNumber member, Cause cause, @Nullable LocalDate expiresOn, String rule) {
    return new Lot(
        UUID.randomUUID(), member, cause.source(), cause.key(), expiresOn, rule, Map.of());
  }

  /** The same points, decided by another version of the rules, which may say when they expire. */
  Lot by(String newRule, @Nullable LocalDate newExpiresOn) {
    return new Lot(id, member, source, key, newExpiresOn, newRule, points);
  }

  /** Whether its points cannot be spent any more on a day. */
  boolean isOver(LocalDate day) {
    return expiresOn != null && !expiresOn.isAfter(day);
  }

  long in(Place place) {
    return points.getOrDefault(place, 0L);
  }

  /** All that it ever brought. */
  long earned() {
    return points.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * @throws IllegalStateException when there are not as many as shall move
   */
  Lot with(Movement movement) {
    var moved = new EnumMap<Place, Long>(Place.class);
    moved.putAll(points);
    for (var place : new Place[] {movement.from(), movement.to()}) {
      if (place.isOfLot()) {
        var left = Math.addExact(in(place), movement.change(place));
        moved.put(place, left);
        if (left < 0) {
          throw new IllegalStateException(
              "lot %s has %d points %s: %s".formatted(id, in(place), place, movement));
        }
      }
    }
    return new Lot(id, member, source, key, expiresOn, rule, moved);
  }
}
