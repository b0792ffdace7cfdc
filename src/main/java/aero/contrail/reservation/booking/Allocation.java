package aero.contrail.reservation.booking;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.SpaceConfirmationRefused;
import aero.contrail.events.ReservationEvent.SpaceConfirmed;
import aero.contrail.events.ReservationEvent.SpaceHeld;
import aero.contrail.events.ReservationEvent.SpaceHoldLapsed;
import aero.contrail.events.ReservationEvent.SpaceReduced;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.events.ReservationEvent.SpaceReleased;
import aero.contrail.events.ReservationEvent.WaitlistCleared;
import aero.contrail.events.ReservationEvent.WaitlistJoined;
import aero.contrail.events.Segment;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.booking.Reservation.Status;
import aero.contrail.reservation.passenger.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the space of orders while their facts are decided one after the other. Pure: it
 * is filled with what was read under lock, and tells afterwards what has to be written and what
 * others are to hear. For one thread.
 */
final class Allocation {

  /** How long after its payment time limit a hold that its order forgot is taken back. */
  static final Duration BACKSTOP = Duration.ofMinutes(15);

  private final Space space;
  private final UnpaidHolds unpaid;
  private final WaitlistRoom room;
  private final GroupDraws groups;
  private final Deque<RecordLocator> names;
  private final Instant now;
  private final Map<OrderId, Reservation> reservations = new LinkedHashMap<>();
  private final Set<OrderId> fresh = new LinkedHashSet<>();
  private final Set<OrderId> changed = new LinkedHashSet<>();
  private final List<Waitlist.Choice> joined = new ArrayList<>();
  private final List<OrderEvent.PartCancelled> reduced = new ArrayList<>();
  private final List<ReservationEvent> facts = new ArrayList<>();

  /**
   * @param names enough unused locators for the orders that have no reservation
   */
  Allocation(
      Space space,
      UnpaidHolds unpaid,
      WaitlistRoom room,
      GroupDraws groups,
      Collection<Reservation> known,
      Deque<RecordLocator> names,
      Instant now) {
    this.space = space;
    this.unpaid = unpaid;
    this.room = room;
    this.groups = groups;
    this.names = names;
    this.now = now;
    known.forEach(reservation -> reservations.put(reservation.order(), reservation));
  }

  /** Decides what a fact means for the order's space; told again it means nothing. */
  void hear(OrderEvent.OfSpace event) {
    switch (event) {
      case OrderEvent.Placed placed -> hold(placed);
      case OrderEvent.PaymentAuthorized paid -> confirm(paid.order());
      case OrderEvent.PaymentDeclined declined -> declined(declined.order());
      case OrderEvent.LatePaymentReceived late -> holdAndConfirm(late);
      case OrderEvent.PartCancelled part -> reduce(part);
      case OrderEvent.SpaceGivenUp over -> release(over.order());
    }
  }

  /** The first of the party's choices that has space; none of them: it waits, or is refused. */
  private void hold(OrderEvent.Placed placed) {
    if (reservations.containsKey(placed.order())) {
      return;
    }
    var refusals = new ArrayList<SpaceRefusal>();
    for (var choice : placed.choices()) {
      var refusal = held(placed, refusals.size(), choice);
      if (refusal.isEmpty()) {
        return;
      }
      refusals.add(refusal.get());
    }
    notHeld(placed, refusals);
  }

  private Optional<SpaceRefusal> held(
      OrderEvent.Placed placed, int choice, List<Segment> segments) {
    var party = Party.of(placed.travellers());
    var claims = Space.claims(segments, party.seats());
    var group = placed.group();
    var isUnpaid = placed.prepayment() == null && group == null;
    var refusal =
        space
            .change(segments)
            .or(() -> isUnpaid ? unpaid.refusal(placed.channel(), claims) : Optional.empty())
            .or(
                () ->
                    group == null
                        ? space.hold(claims)
                        : space
                            .closed(claims)
                            .or(() -> groups.draw(group, placed.channel(), claims)));
    if (refusal.isPresent()) {
      return refusal;
    }
    var locator = names.remove();
    add(placed, locator, Status.HELD, Reservation.Segment.of(claims, party, SegmentStatus.HELD));
    if (isUnpaid) {
      unpaid.add(placed.channel(), claims);
    }
    facts.add(
        choice == 0
            ? new SpaceHeld(placed.order(), locator, now)
            : new WaitlistCleared(placed.order(), choice, locator, placed.terms().payBy(), now));
    return Optional.empty();
  }

  private void notHeld(OrderEvent.Placed placed, List<SpaceRefusal> refusals) {
    var party = Party.of(placed.travellers());
    var claims = Space.claims(placed.segments(), party.seats());
    var waitlist = placed.waitlist();
    var waitsFor = room.choices(placed, refusals, space, now);
    if (waitlist == null || waitsFor.isEmpty()) {
      add(
          placed,
          null,
          Status.REFUSED,
          Reservation.Segment.of(claims, party, SegmentStatus.RELEASED));
      facts.add(new SpaceRefused(placed.order(), refusals.getFirst(), now));
      return;
    }
    add(
        placed,
        null,
        Status.WAITLISTED,
        Reservation.Segment.of(claims, party, SegmentStatus.WAITLISTED));
    joined.addAll(waitsFor);
    facts.add(new WaitlistJoined(placed.order(), refusals.getFirst(), waitlist.until(), now));
  }

  private void add(
      OrderEvent.Placed placed,
      @Nullable RecordLocator locator,
      Status status,
      List<Reservation.Segment> segments) {
    fresh.add(placed.order());
    reservations.put(
        placed.order(),
        Reservation.of(placed, locator, status, placed.terms().payBy().plus(BACKSTOP), segments));
  }

  private void confirm(OrderId order) {
    in(order, Status.HELD, Status.LAPSED)
        .ifPresent(
            reservation ->
                confirmed(
                    reservation,
                    reservation.isHeldThroughout()
                        ? space.confirm(reservation.claims())
                        : Optional.of(reservation.gone())));
  }

  /**
   * Its card was refused: the hold waits for another one, if the channel does not hold too much
   * unpaid by now. Else cards that are always refused would hold whatever they like.
   */
  private void declined(OrderId order) {
    in(order, Status.HELD)
        .filter(reservation -> !reservation.isUnpaid())
        .ifPresent(
            reservation -> {
              if (unpaid.refusal(reservation.channel(), reservation.claims()).isPresent()) {
                lapse(reservation);
              } else {
                change(reservation.unpaid());
              }
            });
  }

  /** The order had expired, and its space was given back: the same space is taken if it is free. */
  private void holdAndConfirm(OrderEvent.LatePaymentReceived late) {
    var order = late.order();
    in(order, Status.REFUSED)
        .ifPresent(refused -> facts.add(new SpaceConfirmationRefused(order, refused.gone(), now)));
    in(order, Status.RELEASED, Status.LAPSED)
        .ifPresent(
            reservation -> {
              var claims = reservation.segments().stream().map(Reservation.Segment::claim).toList();
              var refusal = space.change(late.segments()).or(() -> space.hold(claims));
              confirmed(reservation, refusal.isPresent() ? refusal : space.confirm(claims));
            });
  }

  private void confirmed(Reservation reservation, Optional<SpaceRefusal> refusal) {
    if (refusal.isEmpty()) {
      change(reservation.in(Status.CONFIRMED, SegmentStatus.CONFIRMED));
      facts.add(new SpaceConfirmed(reservation.order(), now));
    } else {
      space.releaseHeld(reservation.claims());
      change(reservation.in(Status.REFUSED, SegmentStatus.RELEASED));
      facts.add(new SpaceConfirmationRefused(reservation.order(), refusal.get(), now));
    }
  }

  private void release(OrderId order) {
    in(order, Status.HELD, Status.CONFIRMED, Status.WAITLISTED)
        .ifPresent(
            reservation -> {
              giveBack(reservation, reservation.claims());
              change(reservation.in(Status.RELEASED, SegmentStatus.RELEASED));
              facts.add(new SpaceReleased(order, now));
            });
  }

  /** Some of the party leave some of the flights; the others stay as they are. */
  private void reduce(OrderEvent.PartCancelled cancelled) {
    in(cancelled.order(), Status.HELD, Status.CONFIRMED)
        .ifPresent(
            reservation -> {
              var rest = reservation.without(cancelled.parts());
              if (!rest.equals(reservation)) {
                giveBack(reservation, reservation.freedFor(rest));
                change(rest);
                reduced.add(cancelled);
                facts.add(new SpaceReduced(cancelled.order(), cancelled.parts(), now));
              }
            });
  }

  /** Takes back a hold that its order forgot; normally there are none. */
  void lapse(OrderId order) {
    in(order, Status.HELD)
        .filter(reservation -> !reservation.lapsesAt().isAfter(now))
        .ifPresent(this::lapse);
  }

  private void lapse(Reservation reservation) {
    giveBack(reservation, reservation.claims());
    change(reservation.in(Status.LAPSED, SegmentStatus.LAPSED));
    facts.add(new SpaceHoldLapsed(reservation.order(), now));
  }

  private void giveBack(Reservation reservation, List<Space.Claim> claims) {
    if (reservation.status() == Status.HELD) {
      space.releaseHeld(claims);
    } else {
      space.releaseSold(claims);
    }
  }

  private Optional<Reservation> in(OrderId order, Status... statuses) {
    return Optional.ofNullable(reservations.get(order))
        .filter(reservation -> List.of(statuses).contains(reservation.status()));
  }

  private void change(Reservation reservation) {
    var before = reservation(reservation.order());
    if (before.isUnpaid()) {
      unpaid.remove(reservation.channel(), before.claims());
    }
    if (reservation.isUnpaid()) {
      unpaid.add(reservation.channel(), reservation.claims());
    }
    reservations.put(reservation.order(), reservation);
    if (!fresh.contains(reservation.order())) {
      changed.add(reservation.order());
    }
  }

  /** The reservations that are new. */
  List<Reservation> fresh() {
    return fresh.stream().map(this::reservation).toList();
  }

  /** Those that were there and are not any more as they were. */
  List<Reservation> changed() {
    return changed.stream().map(this::reservation).toList();
  }

  /** The itineraries that parties wait for from now on. */
  List<Waitlist.Choice> joined() {
    return joined.stream()
        .filter(choice -> reservation(choice.order()).status() == Status.WAITLISTED)
        .toList();
  }

  /** The orders that have given back space, or wait no longer. */
  List<OrderId> released() {
    return changed.stream().filter(order -> !reservation(order).status().hasSpace()).toList();
  }

  /** Who left some of the flights. */
  List<OrderEvent.PartCancelled> reduced() {
    return List.copyOf(reduced);
  }

  /** What others are to hear of what was decided since this was last asked. */
  List<ReservationEvent> takeFacts() {
    var taken = List.copyOf(facts);
    facts.clear();
    return taken;
  }

  private Reservation reservation(OrderId order) {
    var reservation = reservations.get(order);
    if (reservation == null) {
      throw new IllegalStateException("there is no reservation of " + order);
    }
    return reservation;
  }
}
