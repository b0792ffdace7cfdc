package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.booking.Space;
import aero.contrail.reservation.disruption.Trip.TripFlight;
import aero.contrail.reservation.passenger.Party;
import aero.contrail.reservation.schedule.Flight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which flights a party gets instead of those that it lost: the same day before another, the cabin
 * that it booked before others, as few connections as may be, the same airline, soonest there. A
 * party stays together, and gets something for all that it lost or nothing. Pure.
 */
final class ReprotectionRules {

  /**
   * How much earlier than planned somebody may have to leave: what Regulation (EC) 261/2004,
   * Article 5 (1) (c), allows when it is told a week before.
   */
  private static final Duration EARLIER = Duration.ofHours(2);

  private static final Duration LONGEST_CONNECTION = Duration.ofHours(6);

  private static final Comparator<Alternative> BEST_FIRST =
      Comparator.comparingLong(Alternative::daysLate)
          .thenComparingInt(Alternative::distance)
          .thenComparingInt(a -> a.flights().size())
          .thenComparing(Alternative::isOfAnotherCarrier)
          .thenComparing(Alternative::arrivesAt)
          .thenComparing(a -> a.flights().getFirst().id().value());

  private final Network network;
  private final Policy policy;
  private final Duration connecting;

  /** Most of those who were on a flight want to go to the same place. */
  private final Map<Wish, List<Alternative>> known = new HashMap<>();

  /**
   * Flights of a journey, some of them lost.
   *
   * @param reached when the passengers come from another journey; null when they do not
   * @param next when they have to leave on another one; null when they need not
   */
  private record Wish(
      List<Flight> bound,
      List<Boolean> lost,
      String cabin,
      @Nullable Instant reached,
      @Nullable Instant next) {}

  /**
   * @param connecting the least time between two flights
   */
  ReprotectionRules(Network network, Policy policy, Duration connecting) {
    this.network = network;
    this.policy = policy;
    this.connecting = connecting;
  }

  /** Whether the network has what a trip needs. */
  boolean know(Trip trip) {
    return network.knows(trip);
  }

  /**
   * Space on other flights, taken in the network; empty when there is not enough.
   *
   * @param now nothing leaves before
   */
  Optional<List<Protection>> protect(Trip trip, Instant now) {
    var protections = new ArrayList<Protection>();
    var bounds = trip.bounds();
    var arrivals = new ArrayList<Instant>();
    for (var i = 0; i < bounds.size(); i++) {
      var bound = bounds.get(i);
      if (bound.stream().anyMatch(TripFlight::isLost)) {
        var reached = reached(bounds, arrivals, bound);
        var next = next(bounds.subList(i + 1, bounds.size()), bound);
        var protection = first(alternatives(bound, reached, next, now), bound, trip);
        if (protection.isEmpty()) {
          protections.forEach(p -> network.space().releaseSold(p.claims()));
          return Optional.empty();
        }
        protections.add(protection.get());
        arrivals.add(protection.get().alternative().arrivesAt());
      } else {
        arrivals.add(bound.getLast().flight().arrivesAt());
      }
    }
    return Optional.of(protections);
  }

  /** Others of the order may be on the way at the same time: they need not be waited for. */
  private static boolean isOfTheSame(List<TripFlight> one, List<TripFlight> other) {
    return !Collections.disjoint(
        one.getFirst().party().members(), other.getFirst().party().members());
  }

  private static @Nullable Instant reached(
      List<List<TripFlight>> bounds, List<Instant> arrivals, List<TripFlight> bound) {
    @Nullable Instant last = null;
    for (var i = 0; i < arrivals.size(); i++) {
      if (isOfTheSame(bounds.get(i), bound)) {
        last = arrivals.get(i);
      }
    }
    return last;
  }

  private static @Nullable TripFlight next(List<List<TripFlight>> later, List<TripFlight> bound) {
    return later.stream()
        .filter(other -> isOfTheSame(other, bound))
        .findFirst()
        .map(List::getFirst)
        .orElse(null);
  }

  private Optional<Protection> first(List<Alternative> ranked, List<TripFlight> bound, Trip trip) {
    // Of what he lost he may have another cabin, if it flies.
    var flown = new HashSet<FlightId>();
    trip.flights().stream().filter(f -> !f.isLost()).forEach(f -> flown.add(f.id()));
    return ranked.stream()
        .filter(a -> a.flights().stream().noneMatch(f -> flown.contains(f.id())))
        .flatMap(a -> taken(a, booked(bound)).stream())
        .findFirst();
  }

  /** The booked class first, then the highest of the cabin, which can have all that is left. */
  private Optional<Protection> taken(Alternative alternative, TripFlight first) {
    var claims = new ArrayList<Space.Claim>();
    for (var flight : alternative.flights()) {
      var fareClass =
          network
              .space()
              .classFor(flight.id(), alternative.cabin(), first.fareClass(), first.seats());
      if (fareClass.isEmpty()) {
        return Optional.empty();
      }
      claims.add(new Space.Claim(flight.id(), alternative.cabin(), fareClass.get(), first.seats()));
    }
    if (network.space().hold(claims).isPresent()) {
      return Optional.empty();
    }
    var refusal = network.space().confirm(claims);
    return refusal.isPresent()
        ? Optional.empty()
        : Optional.of(new Protection(alternative, first.party(), claims));
  }

  /**
   * All that could be flown instead, best first.
   *
   * @param reached when the passengers arrive from what they flew before; null when from nothing
   * @param next of the trip, which must not be missed if it flies; null when there is none
   */
  private List<Alternative> alternatives(
      List<TripFlight> bound, @Nullable Instant reached, @Nullable TripFlight next, Instant now) {
    return known.computeIfAbsent(
        new Wish(
            bound.stream().map(TripFlight::flight).toList(),
            bound.stream().map(TripFlight::isLost).toList(),
            booked(bound).cabin(),
            reached,
            next == null || next.isLost() ? null : next.flight().departsAt()),
        wish -> ranked(wish, now));
  }

  /** What they had of what they lost. */
  private static TripFlight booked(List<TripFlight> bound) {
    return bound.stream().filter(TripFlight::isLost).findFirst().orElseThrow();
  }

  private List<Alternative> ranked(Wish wish, Instant now) {
    var bound = wish.bound();
    var first = wish.lost().indexOf(true);
    var last = wish.lost().lastIndexOf(true);
    var origin = bound.get(first);
    var reached = first == 0 ? wish.reached() : bound.get(first - 1).arrivesAt();
    var earliest = first == 0 ? latest(now, origin.departsAt().minus(EARLIER)) : now;
    if (reached != null) {
      earliest = latest(earliest, reached.plus(connecting));
    }
    var latest = origin.departsAt().plus(policy.within());
    var whole = bound.subList(first, bound.size());
    var found = new ArrayList<>(instead(whole, wish.cabin(), earliest, latest, wish.next()));
    if (last < bound.size() - 1) {
      // What it connects to still flies: it may be reached.
      found.addAll(
          instead(
              bound.subList(first, last + 1),
              wish.cabin(),
              earliest,
              latest,
              bound.get(last + 1).departsAt()));
    }
    found.sort(BEST_FIRST);
    return found;
  }

  private List<Alternative> instead(
      List<Flight> flights,
      String booked,
      Instant earliest,
      Instant latest,
      @Nullable Instant reach) {
    var origin = flights.getFirst().origin();
    var destination = flights.getLast().destination();
    var by = reach == null ? Instant.MAX : reach.minus(connecting);
    return network.from(origin, earliest, latest).stream()
        .flatMap(one -> journeys(one, destination, origin))
        .filter(journey -> !journey.getLast().arrivesAt().isAfter(by))
        .flatMap(journey -> cabins(flights, booked, journey))
        .toList();
  }

  private Stream<List<Flight>> journeys(Flight one, String destination, String origin) {
    if (one.destination().equals(destination)) {
      return Stream.of(List.of(one));
    }
    return one.destination().equals(origin)
        ? Stream.of()
        : network
            .between(
                one.destination(),
                destination,
                one.arrivesAt().plus(connecting),
                one.arrivesAt().plus(LONGEST_CONNECTION))
            .stream()
            .map(other -> List.of(one, other));
  }

  private Stream<Alternative> cabins(List<Flight> instead, String booked, List<Flight> journey) {
    return Stream.of("F", "J", "W", "Y")
        .filter(cabin -> policy.distance(booked, cabin) >= 0)
        .filter(cabin -> journey.stream().allMatch(flight -> network.has(flight, cabin)))
        .map(cabin -> new Alternative(instead, journey, cabin, policy.distance(booked, cabin)));
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Space that a party got. */
  record Protection(Alternative alternative, Party party, List<Space.Claim> claims) {

    /** Whether it takes the place of a flight. */
    boolean replaces(FlightId flight) {
      return alternative.instead().stream().anyMatch(f -> f.id().equals(flight));
    }

    Protection {
      claims = List.copyOf(claims);
    }
  }
}
