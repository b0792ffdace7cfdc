package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.HoldId;
import aero.contrail.events.SpaceRefusal;
import java.time.Instant;
import java.util.List;

/**
 * Space that is held for passengers of a booking until they give up other flights for it, or not.
 *
 * @param lapsesAt when it is taken back if its order forgot it
 * @param segments none when it takes no space any more
 */
record ChangeHold(
    HoldId id, OrderId order, Status status, Instant lapsesAt, List<Reservation.Segment> segments) {

  enum Status {
    HELD,
    CONFIRMED,
    REFUSED,
    RELEASED,
    LAPSED
  }

  ChangeHold {
    segments = List.copyOf(segments);
  }

  /** What it takes: not what was lost with a flight that is cancelled. */
  List<Space.Claim> claims() {
    return segments.stream()
        .filter(segment -> segment.status() == SegmentStatus.HELD)
        .map(Reservation.Segment::claim)
        .toList();
  }

  /** The same when it takes space no longer. */
  ChangeHold ended(Status how) {
    return new ChangeHold(id, order, how, lapsesAt, List.of());
  }

  /** Whether nothing of it has been lost, to a cancelled flight for example. */
  boolean isHeldThroughout() {
    return status == Status.HELD && claims().size() == segments.size();
  }

  /** Why it cannot be confirmed, of the first of some flights. */
  static SpaceRefusal gone(FlightId flight, String what) {
    return new SpaceRefusal(flight, SpaceRefusal.Kind.HOLD_LOST, what);
  }
}
