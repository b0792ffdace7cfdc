package aero.contrail.reservation.booking;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.ReservationEvent.HoldId;
import aero.contrail.events.ReservationEvent.ReservationSplit;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.passenger.Party;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    Segment of(Party travellers) {
      return party.members().isEmpty() ? new Segment(claim, travellers, status) : this;
    }

    Segment only(Collection<PassengerId> some) {
      var theirs = party.only(some);
      return new Segment(claim.with(theirs.seats()), theirs, status);
    }

    Segment with(Segment others) {
      return new Segment(
          claim.with(claim.seats() + others.claim.seats()), others.party.with(party), status);
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

  /** The hold that it began with. */
  HoldId hold() {
    return HoldId.of(order);
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

  /** The same, told who travels: it may be from before that was recorded. */
  Reservation of(Party travellers) {
    return party.members().isEmpty()
        ? new Reservation(
            order,
            channel,
            locator,
            travellers,
            isUnpaid,
            status,
            lapsesAt,
            segments.stream().map(segment -> segment.of(travellers)).toList())
        : this;
  }

  /**
   * That of passengers who leave it for one of their own: the same space, as far as it is theirs.
   */
  Reservation only(ReservationSplit split) {
    return new Reservation(
        split.order(),
        channel,
        split.locator(),
        party.only(split.passengers()),
        isUnpaid,
        status,
        lapsesAt,
        segments.stream()
            .map(segment -> segment.only(split.passengers()))
            .filter(segment -> !segment.party().members().isEmpty())
            .toList());
  }

  /** That of those who stay. */
  Reservation without(ReservationSplit split) {
    return new Reservation(
        order,
        channel,
        locator,
        party.without(split.passengers()),
        isUnpaid,
        status,
        lapsesAt,
        segments.stream().map(segment -> segment.without(split.passengers())).toList());
  }

  /** Whether all these passengers are still to fly these flights, or would if they flew. */
  boolean hasAll(List<Part> parts) {
    return parts.stream()
        .allMatch(
            part ->
                segments.stream()
                    .anyMatch(
                        segment ->
                            segment.status().isAhead()
                                && segment.claim().flight().equals(part.flight())
                                && segment.party().ids().containsAll(part.passengers())));
  }

  /** Whether passengers can be booked so, too: on a flight a party has one class, each a seat. */
  boolean canBeJoined(List<Segment> more) {
    return more.stream()
        .allMatch(
            segment ->
                on(segment).stream()
                    .allMatch(
                        known ->
                            known.claim().with(0).equals(segment.claim().with(0))
                                && Collections.disjoint(
                                    known.party().ids(), segment.party().ids())));
  }

  /** Its segments when some of its party are booked on more. */
  List<Segment> joined(List<Segment> more) {
    var all = new ArrayList<>(segments);
    for (var segment : more) {
      var joined = on(segment).map(segment::with).orElse(segment).in(SegmentStatus.CONFIRMED);
      all.removeIf(known -> known.claim().flight().equals(segment.claim().flight()));
      all.add(joined);
    }
    return all;
  }

  private Optional<Segment> on(Segment flight) {
    return segments.stream()
        .filter(known -> known.status().isKept())
        .filter(known -> known.claim().flight().equals(flight.claim().flight()))
        .findFirst();
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
