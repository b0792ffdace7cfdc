package aero.contrail.reservation.seating;

import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.ReservationEvent.SeatAssigned;
import aero.contrail.events.ReservationEvent.SeatingReason;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.PassengerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who sits where on a flight, while seats are given one after the other. Pure: filled with what was
 * read under the locks of the flight's cabins, it tells what has to be written. For one thread.
 */
public final class Seating {

  private record Key(String order, String passenger) {}

  private final SeatMap map;
  private final Map<Key, FlightPassenger> before = new LinkedHashMap<>();
  private final Map<Key, FlightPassenger> now = new LinkedHashMap<>();

  Seating(SeatMap map, Collection<FlightPassenger> onFlight) {
    this.map = map;
    onFlight.forEach(passenger -> before.put(key(passenger), passenger));
    now.putAll(before);
  }

  private static Key key(FlightPassenger passenger) {
    return new Key(passenger.order().toString(), passenger.id().value());
  }

  /** Everybody on the flight as he is now. */
  public List<FlightPassenger> all() {
    return List.copyOf(now.values());
  }

  /** Somebody on the flight. */
  public Optional<FlightPassenger> find(OrderId order, PassengerId passenger) {
    return Optional.ofNullable(now.get(new Key(order.toString(), passenger.value())));
  }

  /** The seats that there are. */
  SeatMap map() {
    return map;
  }

  /** Those of a passenger's party, himself included. */
  public List<FlightPassenger> partyOf(FlightPassenger passenger) {
    return now.values().stream().filter(p -> p.order().equals(passenger.order())).toList();
  }

  /** Somebody as he is now. */
  public FlightPassenger now(FlightPassenger passenger) {
    return Objects.requireNonNull(now.get(key(passenger)));
  }

  /** Puts somebody in the place of who he was. */
  public void put(FlightPassenger passenger) {
    now.put(key(passenger), passenger);
  }

  /** Those who are not any more as they were. */
  public List<FlightPassenger> changed() {
    return now.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** What others are to hear of those who sit elsewhere than before. */
  public List<SeatAssigned> moves(SeatingReason reason, Instant at) {
    return changed().stream()
        .flatMap(p -> move(p, before.get(key(p)), reason, at).stream())
        .toList();
  }

  private static Optional<SeatAssigned> move(
      FlightPassenger passenger, @Nullable FlightPassenger was, SeatingReason reason, Instant at) {
    var from = was == null ? null : was.seat();
    return Objects.equals(from, passenger.seat())
        ? Optional.empty()
        : Optional.of(
            new SeatAssigned(
                passenger.order(),
                passenger.flight(),
                passenger.id(),
                from,
                passenger.seat(),
                reason,
                at));
  }

  /** Whether somebody else sits there. */
  boolean isTaken(String seat, FlightPassenger by) {
    return now.values().stream().anyMatch(p -> seat.equals(p.seat()) && !key(p).equals(key(by)));
  }

  /**
   * Gives a passenger the seat that he chose.
   *
   * @return why he cannot have it; empty when he has it now
   */
  public Optional<String> choose(FlightPassenger passenger, String number) {
    var seat = map.find(number).orElse(null);
    var obstacle =
        seat == null
            ? "not on this aircraft"
            : refusal(seat, passenger)
                .map(SeatRules.Refusal::words)
                .orElse(isTaken(number, passenger) ? "taken" : null);
    if (obstacle == null) {
      put(now(passenger).in(number));
    }
    return Optional.ofNullable(obstacle);
  }

  /** Gives seats to those of a party that need one and have none, together. */
  public void seatParty(FlightPassenger one) {
    give(partyOf(one).stream().filter(Seating::needsSeat).toList());
  }

  /**
   * Gives a seat to somebody who goes aboard, if need be that of one who has not checked in.
   *
   * @return false when all seats are those of people who are here
   */
  public boolean seatNow(FlightPassenger passenger) {
    if (!needsSeat(now(passenger))) {
      return true;
    }
    give(List.of(passenger));
    if (now(passenger).seat() == null) {
      now.values().stream()
          .filter(p -> p.seat() != null && p.cabin().equals(passenger.cabin()))
          .filter(p -> p.status() == PassengerStatus.BOOKED || p.status() == PassengerStatus.HELD)
          .filter(p -> fits(passenger, p.seat()))
          .reduce((_, last) -> last)
          .ifPresent(
              absent -> {
                put(now(passenger).in(absent.seat()));
                put(absent.in((String) null));
              });
    }
    return now(passenger).seat() != null;
  }

  private static boolean needsSeat(FlightPassenger passenger) {
    return passenger.type().takesSeat()
        && passenger.seat() == null
        && passenger.status().keepsSeat();
  }

  /**
   * Moves those whose seats the aircraft does not have, or who may not sit there, near the rest of
   * their parties; whoever finds none has none.
   */
  void reseat() {
    var homeless =
        now.values().stream().filter(p -> p.seat() != null && !fits(p, p.seat())).toList();
    homeless.forEach(passenger -> put(passenger.in((String) null)));
    homeless.stream()
        .collect(
            Collectors.groupingBy(FlightPassenger::order, LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(this::give);
  }

  private boolean fits(FlightPassenger passenger, @Nullable String seat) {
    return map.find(seat).stream().anyMatch(s -> refusal(s, passenger).isEmpty());
  }

  Optional<SeatRules.Refusal> refusal(Seat seat, FlightPassenger passenger) {
    return SeatRules.refusal(seat, passenger.cabin(), passenger.type(), types(passenger))
        .or(
            () ->
                hasInfantOnLap(passenger) && isInfantBeside(seat, passenger)
                    ? Optional.of(SeatRules.Refusal.INFANT_BESIDE)
                    : Optional.empty());
  }

  /** The first adults of a party carry its infants. */
  private boolean hasInfantOnLap(FlightPassenger passenger) {
    var party = partyOf(passenger);
    var infants = party.stream().filter(p -> p.type() == PassengerType.INFANT).count();
    return party.stream()
        .filter(p -> p.type() == PassengerType.ADULT)
        .limit(infants)
        .anyMatch(adult -> key(adult).equals(key(passenger)));
  }

  private boolean isInfantBeside(Seat seat, FlightPassenger passenger) {
    var block = map.block(seat).stream().map(Seat::number).toList();
    return now.values().stream()
        .filter(other -> other.seat() != null && block.contains(other.seat()))
        .filter(other -> !key(other).equals(key(passenger)))
        .anyMatch(this::hasInfantOnLap);
  }

  private List<PassengerType> types(FlightPassenger passenger) {
    return partyOf(passenger).stream().map(FlightPassenger::type).toList();
  }

  /** All of one party; in as many seats as there are. */
  private void give(List<FlightPassenger> seatless) {
    if (seatless.isEmpty()) {
      return;
    }
    var party = types(seatless.getFirst());
    var isOfAdults = Set.copyOf(party).equals(Set.of(PassengerType.ADULT));
    var near =
        partyOf(seatless.getFirst()).stream()
            .flatMap(p -> map.find(p.seat()).stream())
            .map(Seat::row)
            .collect(Collectors.toSet());
    var seats =
        new ArrayList<>(
            SeatRules.together(
                map, seatless.getFirst().cabin(), seatless.size(), isOfAdults, taken(), near));
    var others = new ArrayList<FlightPassenger>();
    for (var passenger : seatless) {
      if (hasInfantOnLap(passenger)) {
        forInfant(passenger, seats).ifPresent(seat -> put(now(passenger).in(seat.number())));
      } else {
        others.add(passenger);
      }
    }
    for (var i = 0; i < Math.min(seats.size(), others.size()); i++) {
      put(now(others.get(i)).in(seats.get(i).number()));
    }
  }

  /** Of the seats of the party the first that is fit for an infant, else the nearest that is. */
  private Optional<Seat> forInfant(FlightPassenger passenger, List<Seat> ofParty) {
    var found = ofParty.stream().filter(seat -> !isInfantBeside(seat, passenger)).findFirst();
    found.ifPresent(ofParty::remove);
    return found.or(() -> elsewhere(passenger, ofParty));
  }

  private Optional<Seat> elsewhere(FlightPassenger passenger, List<Seat> ofParty) {
    var unfit = taken();
    ofParty.forEach(seat -> unfit.add(seat.number()));
    map.rows(passenger.cabin()).stream()
        .flatMap(List::stream)
        .filter(seat -> isInfantBeside(seat, passenger))
        .forEach(seat -> unfit.add(seat.number()));
    var near =
        partyOf(passenger).stream()
            .flatMap(p -> map.find(p.seat()).stream())
            .map(Seat::row)
            .collect(Collectors.toSet());
    return SeatRules.together(map, passenger.cabin(), 1, false, unfit, near).stream().findFirst();
  }

  /** The seats that somebody has. */
  Set<String> taken() {
    return new HashSet<>(
        now.values().stream()
            .map(FlightPassenger::seat)
            .filter(Predicate.not(Objects::isNull))
            .toList());
  }
}
