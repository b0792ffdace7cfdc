package aero.contrail.reservation.booking;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.ChangeConfirmed;
import aero.contrail.events.OrderEvent.ChangeQuoted;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.HoldId;
import aero.contrail.events.ReservationEvent.SpaceConfirmationRefused;
import aero.contrail.events.ReservationEvent.SpaceConfirmed;
import aero.contrail.events.ReservationEvent.SpaceHeld;
import aero.contrail.events.ReservationEvent.SpaceHoldLapsed;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.events.ReservationEvent.SpaceReleased;
import aero.contrail.events.Segment;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.passenger.FlightPassengers.FlightPassengerKey;
import aero.contrail.reservation.passenger.Party;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the space of changes: held beside what a party has, and then, in one step, booked
 * instead of it. Pure, as {@link Allocation}, whose part it is. For one thread.
 */
final class ChangeAllocation {

  private final Space space;
  private final UnpaidHolds unpaid;
  private final Instant now;
  private final Set<FlightPassengerKey> atAirport;
  private final Map<HoldId, ChangeHold> holds = new LinkedHashMap<>();
  private final Set<HoldId> changed = new LinkedHashSet<>();
  private final List<ChangeConfirmed> moved = new ArrayList<>();
  private boolean hasFreed;

  /**
   * @param atAirport who is checked in or aboard
   */
  ChangeAllocation(
      Space space,
      UnpaidHolds unpaid,
      Collection<ChangeHold> known,
      Collection<FlightPassengerKey> atAirport,
      Instant now) {
    this.space = space;
    this.unpaid = unpaid;
    this.atAirport = Set.copyOf(atAirport);
    this.now = now;
    known.forEach(hold -> holds.put(hold.id(), hold));
  }

  /** A booking as it is after a change, and what is to be told. */
  record Moved(@Nullable Reservation after, ReservationEvent fact) {}

  /**
   * Holds other flights for some of a party; told again it means nothing.
   *
   * @param reservation null when there is none
   */
  Optional<ReservationEvent> hold(ChangeQuoted quoted, @Nullable Reservation reservation) {
    var id = new HoldId(quoted.change());
    if (holds.containsKey(id)) {
      return Optional.empty();
    }
    var party = Party.of(quoted.travellers());
    var claims = Space.claims(quoted.added(), party.seats());
    var locator = reservation == null ? null : reservation.locator();
    if (reservation == null
        || locator == null
        || reservation.status() != Reservation.Status.CONFIRMED) {
      return refused(quoted, id, ChangeHold.gone(claims.getFirst().flight(), "not booked"));
    }
    var refusal =
        space
            .change(quoted.added())
            .or(() -> unpaid.refusal(reservation.channel(), claims))
            .or(() -> space.hold(claims));
    if (refusal.isPresent()) {
      return refused(quoted, id, refusal.get());
    }
    unpaid.add(reservation.channel(), claims);
    put(
        new ChangeHold(
            id,
            quoted.order(),
            ChangeHold.Status.HELD,
            quoted.expiresAt().plus(NewHolds.BACKSTOP),
            Reservation.Segment.of(claims, party, SegmentStatus.HELD)));
    return Optional.of(new SpaceHeld(quoted.order(), id, locator, now));
  }

  private Optional<ReservationEvent> refused(ChangeQuoted quoted, HoldId id, SpaceRefusal refusal) {
    put(
        new ChangeHold(
            id, quoted.order(), ChangeHold.Status.REFUSED, quoted.expiresAt(), List.of()));
    return Optional.of(new SpaceRefused(quoted.order(), id, refusal, now));
  }

  /**
   * Books what is held instead of what is given up; neither, when something of either is not there
   * any more.
   */
  Optional<Moved> confirm(ChangeConfirmed confirmed, @Nullable Reservation reservation) {
    var hold = holds.get(new HoldId(confirmed.change()));
    if (hold == null
        || hold.status() == ChangeHold.Status.CONFIRMED
        || hold.status() == ChangeHold.Status.REFUSED) {
      return Optional.empty();
    }
    var refusal = refusal(confirmed, hold, reservation);
    if (refusal.isPresent() || reservation == null) {
      giveBack(hold, reservation);
      put(hold.ended(ChangeHold.Status.REFUSED));
      return Optional.of(
          new Moved(
              null,
              new SpaceConfirmationRefused(
                  confirmed.order(), hold.id(), refusal.orElseThrow(), now)));
    }
    unpaid.remove(reservation.channel(), hold.claims());
    var rest = reservation.without(confirmed.parts());
    space.releaseSold(reservation.freedFor(rest));
    put(hold.ended(ChangeHold.Status.CONFIRMED));
    moved.add(confirmed);
    hasFreed = true;
    return Optional.of(
        new Moved(
            reservation.with(rest.joined(hold.segments())),
            new SpaceConfirmed(confirmed.order(), hold.id(), now)));
  }

  private Optional<SpaceRefusal> refusal(
      ChangeConfirmed confirmed, ChangeHold hold, @Nullable Reservation reservation) {
    var flight = confirmed.added().getFirst().flight();
    if (!hold.isHeldThroughout()) {
      return Optional.of(ChangeHold.gone(flight, "lost"));
    }
    if (reservation == null || !reservation.hasAll(confirmed.parts())) {
      return Optional.of(ChangeHold.gone(flight, "booked otherwise"));
    }
    if (isAtAirport(confirmed)) {
      return Optional.of(ChangeHold.gone(flight, "at the airport"));
    }
    if (!reservation.without(confirmed.parts()).canBeJoined(hold.segments())) {
      return Optional.of(ChangeHold.gone(flight, "booked on it"));
    }
    return changedTimes(confirmed.added()).or(() -> space.confirm(hold.claims()));
  }

  /** Who is checked in flies what he is checked in for: the airport has to let him go first. */
  private boolean isAtAirport(ChangeConfirmed confirmed) {
    return confirmed.parts().stream()
        .anyMatch(
            part ->
                part.passengers().stream()
                    .map(p -> new FlightPassengerKey(confirmed.order(), part.flight(), p))
                    .anyMatch(atAirport::contains));
  }

  /** The aircraft does not matter any more: he has his seats in the cabin. */
  private Optional<SpaceRefusal> changedTimes(List<Segment> added) {
    return space.flies(added)
        ? Optional.empty()
        : Optional.of(
            new SpaceRefusal(
                added.getFirst().flight(), SpaceRefusal.Kind.SCHEDULE_CHANGED, "times"));
  }

  /** Gives a hold back, if it still takes space. */
  Optional<ReservationEvent> release(
      OrderEvent.ChangeAbandoned abandoned, @Nullable Reservation reservation) {
    return held(abandoned.change())
        .map(
            hold -> {
              giveBack(hold, reservation);
              put(hold.ended(ChangeHold.Status.RELEASED));
              return new SpaceReleased(abandoned.order(), hold.id(), now);
            });
  }

  /** Takes back what an order forgot. */
  List<ReservationEvent> lapse(OrderId order, @Nullable Reservation reservation) {
    var facts = new ArrayList<ReservationEvent>();
    for (var hold : List.copyOf(holds.values())) {
      if (hold.order().equals(order)
          && hold.status() == ChangeHold.Status.HELD
          && !hold.lapsesAt().isAfter(now)) {
        giveBack(hold, reservation);
        put(hold.ended(ChangeHold.Status.LAPSED));
        facts.add(new SpaceHoldLapsed(order, hold.id(), now));
      }
    }
    return facts;
  }

  private Optional<ChangeHold> held(UUID change) {
    return Optional.ofNullable(holds.get(new HoldId(change)))
        .filter(hold -> hold.status() == ChangeHold.Status.HELD);
  }

  private void giveBack(ChangeHold hold, @Nullable Reservation reservation) {
    hasFreed = true;
    space.releaseHeld(hold.claims());
    if (reservation != null) {
      unpaid.remove(reservation.channel(), hold.claims());
    }
  }

  private void put(ChangeHold hold) {
    holds.put(hold.id(), hold);
    changed.add(hold.id());
  }

  /** The holds that are not any more as they were. */
  List<ChangeHold> changed() {
    return holds.values().stream().filter(hold -> changed.contains(hold.id())).toList();
  }

  /** What bookings were changed by. */
  List<ChangeConfirmed> moved() {
    return List.copyOf(moved);
  }

  /** Whether others can have space now that was taken before. */
  boolean hasFreed() {
    return hasFreed;
  }
}
