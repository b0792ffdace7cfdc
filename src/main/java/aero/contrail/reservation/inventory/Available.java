package aero.contrail.reservation.inventory;

import aero.contrail.events.SpaceRefusal.Kind;

/**
 * What a class may still sell, and what binds it.
 *
 * @param kind whether it is the cabin, a class, or what is guaranteed to others
 * @param of which
 */
public record Available(int seats, Kind kind, String of) {

  /** For example {@code class M}. */
  public String binding() {
    return kind.words(of);
  }

  Available orLess(int otherSeats, Kind otherKind, String other) {
    return otherSeats < seats ? new Available(otherSeats, otherKind, other) : this;
  }
}
