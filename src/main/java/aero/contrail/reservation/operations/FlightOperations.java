package aero.contrail.reservation.operations;

import aero.contrail.events.FlightId;
import aero.contrail.events.ReservationEvent.SalesOpened;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.inventory.LimitOverrides;
import aero.contrail.reservation.inventory.LimitRules;
import aero.contrail.reservation.inventory.NewLimits;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.web.ETags;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What operations do with a flight. Each call needs the caller's transaction and locks the flight's
 * cabins first, so that no space is taken on it meanwhile.
 */
@Component
public class FlightOperations {

  private final Flights flights;
  private final Inventory inventory;
  private final LimitOverrides overrides;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  FlightOperations(
      Flights flights,
      Inventory inventory,
      LimitOverrides overrides,
      ApplicationEventPublisher events,
      Clock clock) {
    this.flights = flights;
    this.inventory = inventory;
    this.overrides = overrides;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Lets a flight sell what it has left.
   *
   * @throws Problem when there is no such flight, or it has left or was cancelled
   */
  public Flight openSales(FlightId id) {
    inventory.lock(List.of(id));
    var flight = flights.require(id);
    if (flight.status().sells()) {
      return flight;
    }
    var open = flights.change(id, Flight::withSalesOpen);
    events.publishEvent(new SalesOpened(id, clock.instant()));
    return open;
  }

  /**
   * Holds a command to the version of the flight that the caller has seen, if he says which.
   *
   * @param seen the caller's If-Match
   * @throws Problem when the flight has changed since
   */
  void requireSeen(FlightId id, @Nullable String seen) {
    if (seen != null) {
      inventory.lock(List.of(id)); // who changes a flight does the same
      ETags.check(seen, flights.findById(id).map(Flight::version).orElseThrow());
    }
  }

  /**
   * Sets booking limits. They may be below what is sold: then nothing more is. They outlast imports
   * and other aircraft.
   *
   * @param seen the caller's If-Match; seats that were sold since do not matter
   * @throws Problem when a cabin or class is not the flight's, the limits are not nested, or the
   *     limits have changed since the caller saw them
   */
  void limit(FlightId id, @Nullable String seen, List<NewLimits> wanted) {
    var known = new TreeMap<String, Cabin>();
    var locked = inventory.lock(List.of(id));
    locked.forEach(cabin -> known.put(cabin.cabin(), cabin));
    // Read under the lock: two changes with the same ETag must not both pass.
    var flight = flights.require(id);
    ETags.require(seen);
    ETags.check(seen, flight.limitsVersion());
    if (!flight.status().isAhead()) {
      throw new Problem(
          ProblemCode.ILLEGAL_STATE, "Flight %s is %s.".formatted(id, flight.status()));
    }
    if (wanted.stream().map(NewLimits::cabin).distinct().count() < wanted.size()) {
      throw Problem.invalid("/cabins", "duplicate", "A cabin is named twice.");
    }
    for (var i = 0; i < wanted.size(); i++) {
      var limits = wanted.get(i);
      var cabin = known.get(limits.cabin());
      if (cabin == null) {
        throw Problem.invalid(
            "/cabins/%d/cabin".formatted(i),
            "unknown_cabin",
            "Flight %s has no cabin %s.".formatted(id, limits.cabin()));
      }
      var limited = LimitRules.apply(limits, cabin, "/cabins/" + i);
      overrides.set(limits, cabin, limited);
      known.put(limits.cabin(), limited);
    }
    inventory.settle(locked, known.values());
    flights.countNewLimits(List.of(id));
  }

  /** Its version is that of the limits; the rest changes with every seat of every cabin. */
  static String inventoryTag(Flight flight, List<Cabin> cabins, Object others) {
    return ETags.of(flight.limitsVersion(), List.of(flight.status(), cabins, others));
  }
}
