package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.booking.Space.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Seats of a group whose names come later.
 *
 * @param channel whose orders alone may draw from it; null for all
 * @param releaseAt when what is left goes back
 * @param blocked what was asked for, on each flight
 * @param left what of that is not drawn and not given back
 */
record GroupBlock(
    UUID id, @Nullable String channel, Instant releaseAt, List<Claim> blocked, List<Claim> left) {

  GroupBlock {
    blocked = List.copyOf(blocked);
    left = List.copyOf(left);
  }

  /** The seats that are left for orders on all the flights, in the classes that they want. */
  int leftFor(List<Claim> wanted) {
    return wanted.stream().mapToInt(claim -> leftOn(claim).orElse(0)).min().orElse(0);
  }

  private Optional<Integer> leftOn(Claim wanted) {
    return left.stream().filter(claim -> isSame(claim, wanted)).map(Claim::seats).findFirst();
  }

  private static boolean isSame(Claim one, Claim other) {
    return one.flight().equals(other.flight()) && one.fareClass().equals(other.fareClass());
  }

  /** The block after seats have left it on some of its flights. */
  GroupBlock without(List<Claim> gone) {
    return new GroupBlock(
        id,
        channel,
        releaseAt,
        blocked,
        left.stream()
            .map(
                claim ->
                    gone.stream()
                        .filter(other -> isSame(claim, other))
                        .findFirst()
                        .map(other -> claim.with(claim.seats() - other.seats()))
                        .orElse(claim))
            .toList());
  }

  /** So many seats of each flight, or what is left there. */
  List<Claim> atMost(int seats) {
    return left.stream()
        .filter(claim -> claim.seats() > 0)
        .map(claim -> claim.with(Math.min(seats, claim.seats())))
        .toList();
  }

  List<FlightId> flights() {
    return blocked.stream().map(Claim::flight).toList();
  }
}
