package aero.contrail.reservation.booking;

import aero.contrail.events.OrderId;
import aero.contrail.events.RecordLocator;
import aero.contrail.reservation.passenger.Party;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The space of one order's party.
 *
 * @param locator null when space was refused
 * @param party who travels; its seats are taken on each flight
 * @param isUnpaid whether its hold waits for somebody to pay; its card has been refused, if one was
 *     given
 * @param lapsesAt when a hold that its order forgot is taken back
 */
record Reservation(
    OrderId order,
    String channel,
    @Nullable RecordLocator locator,
    Party party,
    boolean isUnpaid,
    Status status,
    Instant lapsesAt,
    List<Segment> segments) {

  enum Status {
    WAITLISTED,
    HELD,
    CONFIRMED,
    REFUSED,
    RELEASED,
    LAPSED;

    boolean hasSpace() {
      return this == HELD || this == CONFIRMED;
    }
  }

  /** What is taken on one flight; its seats are those of the party. */
  record Segment(Space.Claim claim, SegmentStatus status) {}

  Reservation {
    segments = List.copyOf(segments);
  }

  /** Whether nothing of the hold has been lost, to a cancelled flight for example. */
  boolean isHeldThroughout() {
    return status == Status.HELD
        && segments.stream().allMatch(segment -> segment.status() == SegmentStatus.HELD);
  }

  /** The same hold after its card was refused. */
  Reservation unpaid() {
    return new Reservation(order, channel, locator, party, true, status, lapsesAt, segments);
  }

  /** The space that it takes now. */
  List<Space.Claim> claims() {
    return segments.stream()
        .filter(segment -> segment.status().takesSpace())
        .map(Segment::claim)
        .toList();
  }

  /** The same reservation later: segments that still take space, or are to, follow it. */
  Reservation in(Status next, SegmentStatus segmentStatus) {
    return new Reservation(
        order,
        channel,
        locator,
        party,
        isUnpaid && next == Status.HELD,
        next,
        lapsesAt,
        segments.stream()
            .map(
                segment ->
                    segment.status().takesSpace()
                            || segment.status() == SegmentStatus.WAITLISTED
                            || (next == Status.CONFIRMED && segment.status().isFreed())
                        ? new Segment(segment.claim(), segmentStatus)
                        : segment)
            .toList());
  }
}
