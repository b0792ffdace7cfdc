package aero.contrail.reservation.booking;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.HoldId;
import aero.contrail.events.ReservationEvent.ReservationSplit;
import aero.contrail.events.ReservationEvent.SpaceConfirmationRefused;
import aero.contrail.events.ReservationEvent.SpaceConfirmed;
import aero.contrail.events.ReservationEvent.SpaceHoldLapsed;
import aero.contrail.events.ReservationEvent.SpaceReduced;
import aero.contrail.events.ReservationEvent.SpaceReleased;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.booking.Reservation.Status;
import aero.contrail.reservation.passenger.Party;
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

/**
 * What becomes of the space of orders while their facts are decided one after the other. Pure: it
 * is filled with what was read under lock, and tells afterwards what has to be written and what
 * others are to hear. For one thread.
 */
final class Allocation {

  private final Space space;
  private final UnpaidHolds unpaid;
  private final NewHolds holds;
  private final ChangeAllocation changes;
  private final Instant now;
  private final Map<OrderId, Reservation> reservations = new LinkedHashMap<>();
  private final Set<OrderId> fresh = new LinkedHashSet<>();
  private final Set<OrderId> changed = new LinkedHashSet<>();
  private final List<Waitlist.Choice> joined = new ArrayList<>();
  private final List<OrderEvent.PartCancelled> reduced = new ArrayList<>();
  private final Deque<RecordLocator> locators;
  private final List<ReservationSplit> split = new ArrayList<>();
  private final List<ReservationEvent> facts = new ArrayList<>();

  Allocation(
      Space space,
      UnpaidHolds unpaid,
      NewHolds holds,
      ChangeAllocation changes,
      Deque<RecordLocator> locators,
      Collection<Reservation> known,
      Instant now) {
    this.space = space;
    this.unpaid = unpaid;
    this.holds = holds;
    this.changes = changes;
    this.locators = locators;
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
      case OrderEvent.SplitRequested split -> split(split);
      case OrderEvent.ChangeQuoted quoted ->
          changes.hold(quoted, reservations.get(quoted.order())).ifPresent(facts::add);
      case OrderEvent.ChangeConfirmed change ->
          changes.confirm(change, reservations.get(change.order())).ifPresent(this::moved);
      case OrderEvent.ChangeAbandoned over ->
          changes.release(over, reservations.get(over.order())).ifPresent(facts::add);
      case OrderEvent.SpaceGivenUp over -> release(over.order());
    }
  }

  private void moved(ChangeAllocation.Moved moved) {
    if (moved.after() != null) {
      change(moved.after());
    }
    facts.add(moved.fact());
  }

  private void hold(OrderEvent.Placed placed) {
    if (!reservations.containsKey(placed.order())) {
      var answer = holds.answer(placed);
      fresh.add(placed.order());
      reservations.put(placed.order(), answer.reservation());
      joined.addAll(answer.waitsFor());
      facts.add(answer.fact());
    }
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
        .ifPresent(
            refused ->
                facts.add(
                    new SpaceConfirmationRefused(order, HoldId.of(order), refused.gone(), now)));
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
      facts.add(new SpaceConfirmed(reservation.order(), reservation.hold(), now));
    } else {
      space.releaseHeld(reservation.claims());
      change(reservation.in(Status.REFUSED, SegmentStatus.RELEASED));
      facts.add(
          new SpaceConfirmationRefused(
              reservation.order(), reservation.hold(), refusal.get(), now));
    }
  }

  private void release(OrderId order) {
    in(order, Status.HELD, Status.CONFIRMED, Status.WAITLISTED)
        .ifPresent(
            reservation -> {
              giveBack(reservation, reservation.claims());
              change(reservation.in(Status.RELEASED, SegmentStatus.RELEASED));
              facts.add(new SpaceReleased(order, HoldId.of(order), now));
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

  /** Some of the party have a reservation of their own from now on; no space is freed or taken. */
  private void split(OrderEvent.SplitRequested requested) {
    var known = reservations.get(requested.order());
    var whole = known == null ? null : known.of(Party.of(requested.travellers()));
    if (whole != null && !reservations.containsKey(requested.into())) {
      var fact =
          new ReservationSplit(
              requested.into(), requested.order(), requested.passengers(), locators.remove(), now);
      fresh.add(requested.into());
      reservations.put(requested.into(), whole.only(fact));
      changed.add(requested.into()); // not all of them need be on all of its flights
      change(whole.without(fact));
      split.add(fact);
      facts.add(fact);
    }
  }

  /** Takes back a hold that its order forgot; normally there are none. */
  void lapse(OrderId order) {
    in(order, Status.HELD)
        .filter(reservation -> !reservation.lapsesAt().isAfter(now))
        .ifPresent(this::lapse);
    facts.addAll(changes.lapse(order, reservations.get(order)));
  }

  private void lapse(Reservation reservation) {
    giveBack(reservation, reservation.claims());
    change(reservation.in(Status.LAPSED, SegmentStatus.LAPSED));
    facts.add(new SpaceHoldLapsed(reservation.order(), reservation.hold(), now));
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

  /** Those of whose passengers some have other flights. */
  List<Reservation> moved() {
    return changes.moved().stream().map(change -> reservation(change.order())).distinct().toList();
  }

  /** Who has a reservation of his own. */
  List<ReservationSplit> split() {
    return List.copyOf(split);
  }

  /** Who travels on a reservation, as it is now. */
  Party party(OrderId order) {
    return reservation(order).party();
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
