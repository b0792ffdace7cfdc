package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.booking.Space.Claim;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What channels hold on flights without having paid, and how much that may be: a share of what the
 * flight may sell, and always one party. So nobody can keep a flight from all others by orders that
 * cost nothing. Pure; for one thread.
 */
final class UnpaidHolds {

  /** As many as travel on one order. */
  static final int ONE_PARTY = 9;

  /** Seats that a channel holds. */
  record Held(String channel, FlightId flight, int seats) {}

  private record Key(String channel, FlightId flight) {}

  private final Map<Key, Integer> held = new HashMap<>();
  private final Map<FlightId, Integer> authorised;
  private final int percent;

  /**
   * @param authorised what the flights may sell, all cabins together
   * @param percent of that may be held unpaid by one channel
   */
  UnpaidHolds(Map<FlightId, Integer> authorised, int percent, Collection<Held> held) {
    this.authorised = Map.copyOf(authorised);
    this.percent = percent;
    held.forEach(some -> this.held.put(new Key(some.channel, some.flight), some.seats));
  }

  /** Why a channel may not hold these in addition. */
  Optional<SpaceRefusal> refusal(String channel, List<Claim> claims) {
    return claims.stream()
        .filter(claim -> held(channel, claim) + claim.seats() > most(claim.flight()))
        .findFirst()
        .map(
            claim ->
                new SpaceRefusal(
                    claim.flight(),
                    SpaceRefusal.Kind.HOLD_LIMIT,
                    Integer.toString(most(claim.flight()))));
  }

  void add(String channel, List<Claim> claims) {
    claims.forEach(claim -> held.merge(key(channel, claim), claim.seats(), Integer::sum));
  }

  void remove(String channel, List<Claim> claims) {
    claims.forEach(claim -> held.merge(key(channel, claim), -claim.seats(), Integer::sum));
  }

  private int most(FlightId flight) {
    return Math.max(ONE_PARTY, authorised.getOrDefault(flight, 0) * percent / 100);
  }

  private int held(String channel, Claim claim) {
    return held.getOrDefault(key(channel, claim), 0);
  }

  private static Key key(String channel, Claim claim) {
    return new Key(channel, claim.flight());
  }
}
