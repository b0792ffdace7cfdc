package aero.contrail.reservation;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.AvailabilityChanged;
import aero.contrail.events.ReservationEvent.SpaceConfirmationRefused;
import aero.contrail.events.ReservationEvent.SpaceConfirmed;
import aero.contrail.events.ReservationEvent.SpaceHeld;
import aero.contrail.events.ReservationEvent.SpaceHoldLapsed;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.events.ReservationEvent.SpaceReleased;
import aero.contrail.events.Segment;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.Traveller;
import aero.contrail.reservation.Reservation.SegmentStatus;
import aero.contrail.reservation.Reservation.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Answers orders with space: a hold when they are placed, a booking when they are paid for, and
 * takes it back when they need it no longer. Works on a whole batch: reads the states under lock,
 * decides one after the other, writes all results. Locks reservations before cabins, each in the
 * order of their keys.
 */
@Component
class SpaceAllocation {

  static final String CONSUMER = "reservation.space";

  /** How long after its payment time limit a hold that its order forgot is taken back. */
  private static final Duration BACKSTOP = Duration.ofMinutes(15);

  private final Cabins cabins;
  private final Flights flights;
  private final Reservations reservations;
  private final Locators locators;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  SpaceAllocation(
      Cabins cabins,
      Flights flights,
      Reservations reservations,
      Locators locators,
      ApplicationEventPublisher events,
      Clock clock) {
    this.cabins = cabins;
    this.flights = flights;
    this.reservations = reservations;
    this.locators = locators;
    this.events = events;
    this.clock = clock;
  }

  @EventHandler(CONSUMER)
  void onPlaced(List<OrderEvent.Placed> batch) {
    var known = reservations.known(batch.stream().map(OrderEvent.Placed::order).toList());
    var placed = batch.stream().filter(p -> !known.contains(p.order().value())).toList();
    if (placed.isEmpty()) {
      return;
    }
    var now = clock.instant();
    var space = space(placed.stream().flatMap(p -> p.segments().stream()).map(Segment::flight));
    var names = locators.fresh(placed.size());
    var decided = new ArrayList<Reservation>();
    for (var order : placed) {
      var claims = claims(order.segments(), order.travellers());
      var refusal = space.hold(claims);
      var locator = names.remove();
      decided.add(
          new Reservation(
              order.order(),
              order.channel(),
              refusal.isPresent() ? null : locator,
              seats(order.travellers()),
              refusal.isPresent() ? Status.REFUSED : Status.HELD,
              order.terms().payBy().plus(BACKSTOP),
              segments(claims, refusal.isPresent() ? SegmentStatus.RELEASED : SegmentStatus.HELD)));
      events.publishEvent(
          refusal
              .<Object>map(why -> new SpaceRefused(order.order(), why, now))
              .orElseGet(() -> new SpaceHeld(order.order(), locator, now)));
    }
    reservations.insert(decided);
    write(space, now);
  }

  @EventHandler(CONSUMER)
  void onAuthorized(List<OrderEvent.PaymentAuthorized> batch) {
    confirm(
        batch.stream().map(OrderEvent.PaymentAuthorized::order).toList(),
        List.of(Status.HELD, Status.LAPSED),
        (space, reservation) ->
            reservation.isHeldThroughout()
                ? space.confirm(reservation.claims())
                : Optional.of(gone(reservation)));
  }

  /** The order had expired, and its space was given back: the same space is taken if it is free. */
  @EventHandler(CONSUMER)
  void onLatePayment(List<OrderEvent.LatePaymentReceived> batch) {
    confirm(
        batch.stream().map(OrderEvent.LatePaymentReceived::order).toList(),
        List.of(Status.RELEASED, Status.LAPSED),
        (space, reservation) -> {
          var claims = reservation.segments().stream().map(Reservation.Segment::claim).toList();
          var refusal = space.hold(claims);
          return refusal.isPresent() ? refusal : space.confirm(claims);
        });
  }

  @EventHandler(CONSUMER)
  void onSpaceGivenUp(List<OrderEvent.SpaceGivenUp> batch) {
    release(
            batch.stream().map(OrderEvent::order).toList(),
            r -> r.status() == Status.HELD || r.status() == Status.CONFIRMED,
            Status.RELEASED,
            SegmentStatus.RELEASED)
        .forEach(order -> events.publishEvent(new SpaceReleased(order, clock.instant())));
  }

  /** Takes back holds that their orders forgot; normally there are none. */
  void lapse(List<OrderId> forgotten) {
    var now = clock.instant();
    release(
            forgotten,
            r -> r.status() == Status.HELD && !r.lapsesAt().isAfter(now),
            Status.LAPSED,
            SegmentStatus.LAPSED)
        .forEach(order -> events.publishEvent(new SpaceHoldLapsed(order, clock.instant())));
  }

  private interface Confirmation {
    Optional<SpaceRefusal> decide(Space space, Reservation reservation);
  }

  private void confirm(List<OrderId> orders, List<Status> from, Confirmation confirmation) {
    var now = clock.instant();
    reservations.lock(orders);
    var space = space(reservations.of(orders));
    var open = reservations.of(orders).stream().filter(r -> from.contains(r.status())).toList();
    var decided = new ArrayList<Reservation>();
    for (var reservation : open) {
      var refusal = confirmation.decide(space, reservation);
      if (refusal.isEmpty()) {
        decided.add(reservation.in(Status.CONFIRMED, SegmentStatus.CONFIRMED));
        events.publishEvent(new SpaceConfirmed(reservation.order(), now));
      } else {
        space.releaseHeld(reservation.claims());
        decided.add(reservation.in(Status.REFUSED, SegmentStatus.RELEASED));
        events.publishEvent(new SpaceConfirmationRefused(reservation.order(), refusal.get(), now));
      }
    }
    reservations.update(decided);
    write(space, now);
  }

  private List<OrderId> release(
      List<OrderId> orders, Predicate<Reservation> which, Status status, SegmentStatus segments) {
    reservations.lock(orders);
    var space = space(reservations.of(orders));
    var open = reservations.of(orders).stream().filter(which).toList();
    for (var reservation : open) {
      if (reservation.status() == Status.HELD) {
        space.releaseHeld(reservation.claims());
      } else {
        space.releaseSold(reservation.claims());
      }
    }
    reservations.update(open.stream().map(r -> r.in(status, segments)).toList());
    write(space, clock.instant());
    return open.stream().map(Reservation::order).toList();
  }

  /** Segments are read again after this: only under the locks of their cabins do they stay. */
  private Space space(List<Reservation> reservations) {
    return space(
        reservations.stream()
            .flatMap(r -> r.segments().stream())
            .map(segment -> segment.claim().flight()));
  }

  /** Cabins first: a flight's status is read only when nobody else can be changing it. */
  private Space space(Stream<FlightId> wanted) {
    var ids = wanted.distinct().toList();
    var locked = ids.isEmpty() ? List.<Cabin>of() : cabins.lock(ids);
    var statuses = ids.isEmpty() ? List.<Flight>of() : flights.findAllById(ids);
    return new Space(
        statuses.stream().collect(Collectors.toMap(Flight::id, Flight::status)), locked);
  }

  private void write(Space space, Instant now) {
    var changed = space.changed();
    cabins.update(changed);
    changed.stream()
        .collect(Collectors.groupingBy(Cabin::flight))
        .forEach(
            (flight, itsCabins) ->
                events.publishEvent(
                    new AvailabilityChanged(
                        flight, itsCabins.stream().map(Cabin::availability).toList(), now)));
  }

  private static SpaceRefusal gone(Reservation reservation) {
    var lost =
        reservation.segments().stream()
            .filter(segment -> segment.status() != SegmentStatus.HELD)
            .findFirst()
            .orElse(reservation.segments().getFirst());
    return new SpaceRefusal(
        lost.claim().flight(), "hold " + lost.status().name().toLowerCase(Locale.ROOT));
  }

  private static List<Space.Claim> claims(List<Segment> segments, Collection<Traveller> party) {
    return segments.stream()
        .map(
            segment ->
                new Space.Claim(
                    segment.flight(), segment.cabin(), segment.fareClass(), seats(party)))
        .toList();
  }

  private static List<Reservation.Segment> segments(
      List<Space.Claim> claims, SegmentStatus status) {
    return claims.stream().map(claim -> new Reservation.Segment(claim, status)).toList();
  }

  private static int seats(Collection<Traveller> party) {
    return (int) party.stream().filter(traveller -> traveller.type().takesSeat()).count();
  }
}
