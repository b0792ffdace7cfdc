package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.events.Segment;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.SpaceRefusal.Kind;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.FlightStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The space on a set of flights while parties are decided one after the other. A party gets seats
 * on all its flights or on none. Pure: it is filled with what was read under lock, and tells
 * afterwards what has to be written. For one thread.
 */
public final class Space {

  /** Seats in a class of a flight. */
  public record Claim(FlightId flight, String cabin, String fareClass, int seats) {

    public Claim with(int newSeats) {
      return new Claim(flight, cabin, fareClass, newSeats);
    }
  }

  /** What a party needs on its flights. */
  static List<Claim> claims(List<Segment> segments, int seats) {
    return segments.stream()
        .map(segment -> new Claim(segment.flight(), segment.cabin(), segment.fareClass(), seats))
        .toList();
  }

  private record Key(FlightId flight, String cabin) {}

  private final Map<FlightId, Flight> flights = new HashMap<>();
  private final Map<Key, Cabin> cabins = new LinkedHashMap<>();
  private final List<Cabin> before;
  private final Set<Key> changed = new LinkedHashSet<>();
  private final Instant salesEnd;

  /**
   * @param salesEnd flights that leave until then sell nothing more
   */
  public Space(Collection<Flight> flights, Collection<Cabin> cabins, Instant salesEnd) {
    flights.forEach(flight -> this.flights.put(flight.id(), flight));
    cabins.forEach(cabin -> this.cabins.put(new Key(cabin.flight(), cabin.cabin()), cabin));
    this.before = List.copyOf(cabins);
    this.salesEnd = salesEnd;
  }

  /** What is not any more as an offer said it was. */
  Optional<SpaceRefusal> change(List<Segment> offered) {
    return offered.stream().flatMap(segment -> change(segment).stream()).findFirst();
  }

  private Optional<SpaceRefusal> change(Segment offered) {
    var flight = flights.get(offered.flight());
    if (flight == null) {
      return Optional.empty(); // which is said when space is looked for
    }
    var what =
        !flight.flies(offered.leg())
            ? "times"
            : flight.aircraft().equals(offered.aircraft()) ? null : "aircraft";
    return Optional.ofNullable(what)
        .map(of -> new SpaceRefusal(offered.flight(), Kind.SCHEDULE_CHANGED, of));
  }

  /** Whether the flights are where and when they were offered: the aircraft does not matter. */
  boolean flies(List<Segment> offered) {
    return offered.stream()
        .allMatch(
            segment -> {
              var flight = flights.get(segment.flight());
              return flight != null && flight.flies(segment.leg());
            });
  }

  /** Holds all claims or none; what binds, when none. */
  public Optional<SpaceRefusal> hold(List<Claim> claims) {
    var refusal = claims.stream().flatMap(claim -> refusal(claim).stream()).findFirst();
    if (refusal.isEmpty()) {
      change(claims, (cabin, claim) -> cabin.hold(claim.fareClass(), claim.seats()));
    }
    return refusal;
  }

  /** Turns holds into bookings, unless a flight has left or was cancelled meanwhile. */
  public Optional<SpaceRefusal> confirm(List<Claim> held) {
    var refusal =
        held.stream()
            .flatMap(claim -> closed(claim.flight(), FlightStatus::boards).stream())
            .findFirst();
    if (refusal.isEmpty()) {
      change(held, (cabin, claim) -> cabin.confirm(claim.fareClass(), claim.seats()));
    }
    return refusal;
  }

  void releaseHeld(List<Claim> held) {
    change(held, (cabin, claim) -> cabin.releaseHeld(claim.fareClass(), claim.seats()));
  }

  public void releaseSold(List<Claim> sold) {
    change(sold, (cabin, claim) -> cabin.releaseSold(claim.fareClass(), claim.seats()));
  }

  /** The cabins that are not any more as they were read. */
  public List<Cabin> changed() {
    return changed.stream().map(this::cabin).toList();
  }

  /** The cabins as they were read. */
  public Collection<Cabin> before() {
    return before;
  }

  /**
   * A class of a cabin that can have so many seats: the preferred one, or the highest, which may
   * sell all that the cabin has left.
   */
  public Optional<String> classFor(FlightId flight, String cabin, String preferred, int seats) {
    var known = cabins.get(new Key(flight, cabin));
    return known == null
        ? Optional.empty()
        : Stream.concat(Stream.of(preferred), known.classes().chars().mapToObj(Character::toString))
            .filter(known::sells)
            .filter(fareClass -> known.available(fareClass).seats() >= seats)
            .findFirst();
  }

  /** What a cabin may sell; 0 when there is none. */
  int authorised(FlightId flight, String cabin) {
    var known = cabins.get(new Key(flight, cabin));
    return known == null ? 0 : known.authorised();
  }

  /** What the flights may sell, all cabins together. */
  Map<FlightId, Integer> authorised() {
    return cabins.values().stream()
        .collect(Collectors.groupingBy(Cabin::flight, Collectors.summingInt(Cabin::authorised)));
  }

  /** Why one of the flights sells nothing, whatever it has left. */
  Optional<SpaceRefusal> closed(List<Claim> claims) {
    return claims.stream().flatMap(claim -> closed(claim.flight()).stream()).findFirst();
  }

  private Optional<SpaceRefusal> closed(FlightId flight) {
    return closed(flight, FlightStatus::sells).or(() -> late(flight));
  }

  private Optional<SpaceRefusal> refusal(Claim claim) {
    var flight = claim.flight();
    var closed = closed(flight);
    if (closed.isPresent()) {
      return closed;
    }
    var cabin = cabins.get(new Key(flight, claim.cabin()));
    if (cabin == null || !cabin.sells(claim.fareClass())) {
      return Optional.of(new SpaceRefusal(flight, Kind.CLASS_UNKNOWN, claim.fareClass()));
    }
    var available = cabin.available(claim.fareClass());
    return available.seats() < claim.seats()
        ? Optional.of(new SpaceRefusal(flight, available.kind(), available.of()))
        : Optional.empty();
  }

  private Optional<SpaceRefusal> closed(FlightId id, Predicate<FlightStatus> open) {
    var flight = flights.get(id);
    if (flight == null) {
      return Optional.of(new SpaceRefusal(id, Kind.FLIGHT_UNKNOWN, null));
    }
    return open.test(flight.status())
        ? Optional.empty()
        : Optional.of(notOpen(id, flight.status().name().toLowerCase(Locale.ROOT)));
  }

  /** By the times that the flight has now: it may leave earlier than was planned. */
  private Optional<SpaceRefusal> late(FlightId id) {
    return Optional.ofNullable(flights.get(id))
        .filter(flight -> !flight.departsAt().isAfter(salesEnd))
        .map(_ -> notOpen(id, "closed"));
  }

  private static SpaceRefusal notOpen(FlightId flight, String status) {
    return new SpaceRefusal(flight, Kind.FLIGHT_NOT_OPEN, status);
  }

  private interface Change {
    Cabin apply(Cabin cabin, Claim claim);
  }

  private void change(List<Claim> claims, Change change) {
    for (var claim : claims) {
      var key = new Key(claim.flight(), claim.cabin());
      cabins.put(key, change.apply(cabin(key), claim));
      changed.add(key);
    }
  }

  private Cabin cabin(Key key) {
    var cabin = cabins.get(key);
    if (cabin == null) {
      throw new IllegalStateException("there is no cabin " + key);
    }
    return cabin;
  }
}
