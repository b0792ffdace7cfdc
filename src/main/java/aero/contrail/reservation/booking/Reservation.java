package aero.contrail.reservation.booking;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.passenger.Party;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The space of one order's party.
 *
 * @param locator null when space was refused
 * @param party who travels; some of them may have left some of the flights
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

  /** What is taken on one flight, and for whom. */
  record Segment(Space.Claim claim, Party party, SegmentStatus status) {

    static List<Segment> of(List<Space.Claim> claims, Party party, SegmentStatus status) {
      return claims.stream().map(claim -> new Segment(claim, party, status)).toList();
    }

    Segment in(SegmentStatus next) {
      return new Segment(claim, party, next);
    }

    /** The same without some passengers; nobody left gives it back. */
    Segment without(Collection<PassengerId> leaving) {
      var rest = party.without(leaving);
      return new Segment(
          claim.with(rest.seats()),
          rest,
          rest.members().isEmpty() ? SegmentStatus.RELEASED : status);
    }
  }

  Reservation {
    segments = List.copyOf(segments);
  }

  /** The reservation of a new order. */
  static Reservation of(
      OrderEvent.Placed placed,
      @Nullable RecordLocator locator,
      Status status,
      Instant lapsesAt,
      List<Segment> segments) {
    return new Reservation(
        placed.order(),
        placed.channel(),
        locator,
        Party.of(placed.travellers()),
        placed.prepayment() == null && placed.group() == null && status == Status.HELD,
        status,
        lapsesAt,
        segments);
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
                        ? segment.in(segmentStatus)
                        : segment)
            .toList());
  }

  /** The same after passengers left flights, as far as it takes space there. */
  Reservation without(List<Part> parts) {
    var rest = new ArrayList<Segment>();
    for (var segment : segments) {
      var left = segment;
      for (var part : parts) {
        if (left.status().isAhead() && left.claim().flight().equals(part.flight())) {
          left = left.without(part.passengers());
        }
      }
      rest.add(left);
    }
    return with(rest);
  }

  /** The same on other segments; with space on none it is over. */
  Reservation with(List<Segment> changed) {
    var isOver = changed.stream().noneMatch(segment -> segment.status().isKept());
    return new Reservation(
        order,
        channel,
        locator,
        party,
        isUnpaid && !isOver,
        isOver && status.hasSpace() ? Status.RELEASED : status,
        lapsesAt,
        changed);
  }

  /** The space that it takes and a later one of it does not. */
  List<Space.Claim> freedFor(Reservation later) {
    var freed = new ArrayList<Space.Claim>();
    for (var i = 0; i < segments.size(); i++) {
      var claim = segments.get(i).claim();
      var seats = claim.seats() - later.segments.get(i).claim().seats();
      if (seats > 0 && segments.get(i).status().takesSpace()) {
        freed.add(claim.with(seats));
      }
    }
    return freed;
  }

  /** Why it cannot be confirmed: what of it was lost. */
  SpaceRefusal gone() {
    var lost =
        segments.stream()
            .filter(segment -> segment.status() != SegmentStatus.HELD)
            .findFirst()
            .orElse(segments.getFirst());
    return new SpaceRefusal(
        lost.claim().flight(),
        SpaceRefusal.Kind.HOLD_LOST,
        lost.status().name().toLowerCase(Locale.ROOT));
  }
}
