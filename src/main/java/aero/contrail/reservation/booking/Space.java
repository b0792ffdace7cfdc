package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.SpaceRefusal.Kind;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.schedule.FlightStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The space on a set of flights while parties are decided one after the other. A party gets seats
 * on all its flights or on none. Pure: it is filled with what was read under lock, and tells
 * afterwards what has to be written. For one thread.
 */
final class Space {

  /** Seats in a class of a flight. */
  record Claim(FlightId flight, String cabin, String fareClass, int seats) {}

  private record Key(FlightId flight, String cabin) {}

  private final Map<FlightId, FlightStatus> statuses;
  private final Map<Key, Cabin> cabins = new LinkedHashMap<>();
  private final Set<Key> changed = new LinkedHashSet<>();

  Space(Map<FlightId, FlightStatus> statuses, Collection<Cabin> cabins) {
    this.statuses = Map.copyOf(statuses);
    cabins.forEach(cabin -> this.cabins.put(new Key(cabin.flight(), cabin.cabin()), cabin));
  }

  /** Holds all claims or none; what binds, when none. */
  Optional<SpaceRefusal> hold(List<Claim> claims) {
    var refusal = claims.stream().flatMap(claim -> refusal(claim).stream()).findFirst();
    if (refusal.isEmpty()) {
      change(claims, (cabin, claim) -> cabin.hold(claim.fareClass(), claim.seats()));
    }
    return refusal;
  }

  /** Turns holds into bookings, unless a flight has left or was cancelled meanwhile. */
  Optional<SpaceRefusal> confirm(List<Claim> held) {
    var refusal =
        held.stream()
            .filter(claim -> !status(claim.flight()).isAhead())
            .map(claim -> closed(claim.flight()))
            .findFirst();
    if (refusal.isEmpty()) {
      change(held, (cabin, claim) -> cabin.confirm(claim.fareClass(), claim.seats()));
    }
    return refusal;
  }

  void releaseHeld(List<Claim> held) {
    change(held, (cabin, claim) -> cabin.releaseHeld(claim.fareClass(), claim.seats()));
  }

  void releaseSold(List<Claim> sold) {
    change(sold, (cabin, claim) -> cabin.releaseSold(claim.fareClass(), claim.seats()));
  }

  /** The cabins that are not any more as they were read. */
  List<Cabin> changed() {
    return changed.stream().map(this::cabin).toList();
  }

  private Optional<SpaceRefusal> refusal(Claim claim) {
    var flight = claim.flight();
    if (!status(flight).sells()) {
      return Optional.of(closed(flight));
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

  private SpaceRefusal closed(FlightId flight) {
    return statuses.containsKey(flight)
        ? new SpaceRefusal(
            flight, Kind.FLIGHT_NOT_OPEN, status(flight).name().toLowerCase(Locale.ROOT))
        : new SpaceRefusal(flight, Kind.FLIGHT_UNKNOWN, null);
  }

  private FlightStatus status(FlightId flight) {
    return statuses.getOrDefault(flight, FlightStatus.CANCELLED);
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
