package aero.contrail.reservation.booking;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.HoldId;
import aero.contrail.events.ReservationEvent.SpaceHeld;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.events.ReservationEvent.WaitlistCleared;
import aero.contrail.events.ReservationEvent.WaitlistJoined;
import aero.contrail.events.Segment;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.booking.Reservation.Status;
import aero.contrail.reservation.passenger.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What new orders get: a hold for the first of their choices that has space, a place among those
 * who wait, or neither. Pure, as {@link Allocation}, whose part it is. For one thread.
 */
final class NewHolds {

  /** How long after its time limit a hold that its order forgot is taken back. */
  static final Duration BACKSTOP = Duration.ofMinutes(15);

  private final Space space;
  private final UnpaidHolds unpaid;
  private final WaitlistRoom room;
  private final GroupDraws groups;
  private final Deque<RecordLocator> names;
  private final Instant now;

  /**
   * @param names enough unused locators for the orders that have no reservation
   */
  NewHolds(
      Space space,
      UnpaidHolds unpaid,
      WaitlistRoom room,
      GroupDraws groups,
      Deque<RecordLocator> names,
      Instant now) {
    this.space = space;
    this.unpaid = unpaid;
    this.room = room;
    this.groups = groups;
    this.names = names;
    this.now = now;
  }

  /**
   * What an order gets.
   *
   * @param waitsFor the itineraries that it waits for
   */
  record Answer(Reservation reservation, ReservationEvent fact, List<Waitlist.Choice> waitsFor) {}

  Answer answer(OrderEvent.Placed placed) {
    var refusals = new ArrayList<SpaceRefusal>();
    for (var choice : placed.choices()) {
      var refusal = refusal(placed, choice);
      if (refusal.isEmpty()) {
        return held(placed, refusals.size(), choice);
      }
      refusals.add(refusal.get());
    }
    return notHeld(placed, refusals);
  }

  /** Takes the space, or says why not. */
  private Optional<SpaceRefusal> refusal(OrderEvent.Placed placed, List<Segment> segments) {
    var claims = claims(placed, segments);
    var group = placed.group();
    return space
        .change(segments)
        .or(() -> isUnpaid(placed) ? unpaid.refusal(placed.channel(), claims) : Optional.empty())
        .or(
            () ->
                group == null
                    ? space.hold(claims)
                    : space.closed(claims).or(() -> groups.draw(group, placed.channel(), claims)));
  }

  private static boolean isUnpaid(OrderEvent.Placed placed) {
    return placed.prepayment() == null && placed.group() == null;
  }

  private static List<Space.Claim> claims(OrderEvent.Placed placed, List<Segment> segments) {
    return Space.claims(segments, Party.of(placed.travellers()).seats());
  }

  private Answer held(OrderEvent.Placed placed, int choice, List<Segment> segments) {
    var order = placed.order();
    var locator = names.remove();
    if (isUnpaid(placed)) {
      unpaid.add(placed.channel(), claims(placed, segments));
    }
    return new Answer(
        reservation(placed, locator, Status.HELD, segments, SegmentStatus.HELD),
        choice == 0
            ? new SpaceHeld(order, HoldId.of(order), locator, now)
            : new WaitlistCleared(order, choice, locator, placed.terms().payBy(), now),
        List.of());
  }

  private Answer notHeld(OrderEvent.Placed placed, List<SpaceRefusal> refusals) {
    var order = placed.order();
    var waitlist = placed.waitlist();
    var waitsFor = room.choices(placed, refusals, space, now);
    var segments = placed.segments();
    return waitlist == null || waitsFor.isEmpty()
        ? new Answer(
            reservation(placed, null, Status.REFUSED, segments, SegmentStatus.RELEASED),
            new SpaceRefused(order, HoldId.of(order), refusals.getFirst(), now),
            List.of())
        : new Answer(
            reservation(placed, null, Status.WAITLISTED, segments, SegmentStatus.WAITLISTED),
            new WaitlistJoined(order, refusals.getFirst(), waitlist.until(), now),
            waitsFor);
  }

  private static Reservation reservation(
      OrderEvent.Placed placed,
      @Nullable RecordLocator locator,
      Status status,
      List<Segment> segments,
      SegmentStatus segmentStatus) {
    return Reservation.of(
        placed,
        locator,
        status,
        placed.terms().payBy().plus(BACKSTOP),
        Reservation.Segment.of(
            claims(placed, segments), Party.of(placed.travellers()), segmentStatus));
  }
}
