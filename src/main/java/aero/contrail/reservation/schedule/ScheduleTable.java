package aero.contrail.reservation.schedule;

import aero.contrail.database.CopyIn;
import aero.contrail.events.FlightId;
import aero.contrail.events.ReservationEvent.EquipmentChanged;
import aero.contrail.events.ReservationEvent.FlightRetimed;
import aero.contrail.events.ReservationEvent.FlightScheduled;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.Cabins;
import aero.contrail.reservation.inventory.LimitOverrides;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Repository;

/** Writes schedules: many flights at once, new ones by COPY. */
@Repository
public class ScheduleTable {

  private static final String COPY_FLIGHTS =
      """
      copy reservation.flight (id, origin, destination, departure_date, departs_at, arrives_at,
                               departure_zone, arrival_zone, miles, aircraft, configuration,
                               status, limits_version, version) from stdin
      """;

  private static final String COPY_CABINS =
      """
      copy reservation.cabin (flight_id, cabin, capacity, authorised, classes, limits, sold, held)
      from stdin
      """;

  /**
   * Two imports at once would both find a flight new: they take turns. A chunk's commit need not
   * wait for the disk: what a crash loses is imported again, and the commit that reports the end
   * waits for everything before it.
   */
  private static final String ONE_AT_A_TIME =
      """
      select pg_advisory_xact_lock(hashtext('reservation.schedule')),
             set_config('synchronous_commit', 'off', true)
      """;

  private final JdbcOperations jdbc;
  private final Flights flights;
  private final Cabins cabins;
  private final LimitOverrides overrides;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  ScheduleTable(
      JdbcOperations jdbc,
      Flights flights,
      Cabins cabins,
      LimitOverrides overrides,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.flights = flights;
    this.cabins = cabins;
    this.overrides = overrides;
    this.events = events;
    this.clock = clock;
  }

  /** What became of the flights of one chunk. */
  public record Outcome(int created, int changed, int unchanged, List<Refused> refused) {}

  /** A flight that was to be changed and cannot be. */
  public record Refused(ScheduledFlight flight, String code, String message) {

    static Refused closed(ScheduledFlight flight, FlightStatus status) {
      return new Refused(
          flight,
          "flight_" + status.name().toLowerCase(Locale.ROOT),
          flight.id() + " cannot be changed any more");
    }

    /** Who booked it wants to go where it went: another destination is another flight. */
    static Refused redirected(ScheduledFlight flight, Flight stored) {
      return new Refused(
          flight,
          "flight_has_bookings",
          "%s goes to %s and has bookings: cancel it, or give the flight to %s another number"
              .formatted(flight.id(), stored.destination(), flight.leg().destination()));
    }
  }

  /** Writes the flights and states what is new, within the caller's transaction. */
  public Outcome write(List<ScheduledFlight> wanted, CabinPlan plan) {
    jdbc.execute(ONE_AT_A_TIME);
    var known =
        flights.findAllById(wanted.stream().map(ScheduledFlight::id).toList()).stream()
            .collect(Collectors.toMap(Flight::id, flight -> flight, (a, _) -> a, HashMap::new));
    // As everywhere: cabins before flights, in the order of their keys.
    var affected =
        wanted.stream()
            .filter(flight -> isChange(flight, known.get(flight.id())))
            .map(ScheduledFlight::id)
            .toList();
    var booked = new HashSet<FlightId>();
    if (!affected.isEmpty()) {
      cabins.lock(affected).stream()
          .filter(cabin -> cabin.sold() + cabin.held() > 0)
          .forEach(cabin -> booked.add(cabin.flight()));
      flights.findAllById(affected).forEach(flight -> known.put(flight.id(), flight));
    }
    var fresh = new LinkedHashMap<Flight, List<Cabin>>();
    var refused = new ArrayList<Refused>();
    var changed = 0;
    for (var row : wanted) {
      var stored = known.get(row.id());
      var flight = stored == null ? row : row.onto(stored);
      if (stored == null) {
        fresh.put(
            Flight.scheduled(flight.id(), flight.leg(), flight.aircraft(), flight.configuration()),
            plan.cabins(flight.id(), flight.configuration()));
      } else if (isChange(flight, stored)) {
        if (!stored.status().isAhead()) {
          refused.add(Refused.closed(row, stored.status()));
        } else if (booked.contains(flight.id()) && !flight.goesWhere(stored)) {
          refused.add(Refused.redirected(row, stored));
        } else {
          change(stored, flight, plan);
          changed++;
        }
      }
    }
    create(fresh);
    return new Outcome(
        fresh.size(), changed, wanted.size() - fresh.size() - changed - refused.size(), refused);
  }

  private static boolean isChange(ScheduledFlight wanted, @Nullable Flight stored) {
    return stored != null
        && (!wanted.sameTimes(stored) || !wanted.onto(stored).sameEquipment(stored));
  }

  private void create(Map<Flight, List<Cabin>> fresh) {
    if (fresh.isEmpty()) {
      return;
    }
    var flightRows = new StringBuilder();
    var cabinRows = new StringBuilder();
    var now = clock.instant();
    fresh.forEach(
        (flight, itsCabins) -> {
          append(flightRows, flight);
          itsCabins.forEach(cabin -> append(cabinRows, cabin));
          events.publishEvent(
              new FlightScheduled(
                  flight.id(),
                  flight.leg(),
                  flight.aircraft(),
                  itsCabins.stream().map(Cabin::availability).toList(),
                  now));
        });
    CopyIn.copy(jdbc, COPY_FLIGHTS, flightRows);
    CopyIn.copy(jdbc, COPY_CABINS, cabinRows);
  }

  private void change(Flight stored, ScheduledFlight wanted, CabinPlan plan) {
    var now = clock.instant();
    flights.save(stored.rescheduled(wanted));
    if (!wanted.sameTimes(stored)) {
      events.publishEvent(
          new FlightRetimed(
              stored.id(),
              stored.leg(),
              wanted.leg(),
              aero.contrail.events.ReservationEvent.Severity.MAJOR,
              now));
    }
    if (!wanted.sameEquipment(stored)) {
      var refitted = refit(stored, plan.cabins(stored.id(), wanted.configuration()));
      events.publishEvent(
          new EquipmentChanged(
              stored.id(),
              stored.aircraft(),
              wanted.aircraft(),
              refitted.stream().map(Cabin::availability).toList(),
              refitted.stream()
                  .filter(cabin -> cabin.capacity() == 0 && cabin.sold() + cabin.held() > 0)
                  .map(Cabin::cabin)
                  .toList(),
              now));
    }
  }

  /**
   * What is sold stays sold, and what operators set stays set; a cabin that the new aircraft lacks
   * sells nothing more.
   */
  private List<Cabin> refit(Flight flight, List<Cabin> wanted) {
    var after = new LinkedHashMap<String, Cabin>();
    var set = overrides.of(flight.id());
    wanted.forEach(
        cabin -> {
          var override = set.get(cabin.cabin());
          after.put(cabin.cabin(), override == null ? cabin : override.on(cabin));
        });
    var missing = new StringBuilder();
    var before = cabins.lock(List.of(flight.id()));
    for (var cabin : before) {
      var fresh = after.get(cabin.cabin());
      after.put(
          cabin.cabin(),
          cabin.refitted(
              fresh == null
                  ? Cabin.fresh(
                      cabin.flight(),
                      cabin.cabin(),
                      0,
                      cabin.classes(),
                      cabin.limits().stream().map(_ -> 0).toList())
                  : fresh));
    }
    cabins.update(before.stream().map(cabin -> after.get(cabin.cabin())).toList());
    after.values().stream()
        .filter(cabin -> before.stream().noneMatch(old -> old.cabin().equals(cabin.cabin())))
        .forEach(cabin -> append(missing, cabin));
    CopyIn.copy(jdbc, COPY_CABINS, missing);
    return List.copyOf(after.values());
  }

  /** Codes, numbers and instants only: nothing that COPY's text format would have to escape. */
  private static void append(StringBuilder rows, Flight flight) {
    row(
        rows,
        flight.id(),
        flight.origin(),
        flight.destination(),
        flight.departureDate(),
        flight.departsAt(),
        flight.arrivesAt(),
        flight.departureZone(),
        flight.arrivalZone(),
        flight.miles(),
        flight.aircraft(),
        flight.configuration(),
        flight.status(),
        flight.limitsVersion(),
        1);
  }

  private static void append(StringBuilder rows, Cabin cabin) {
    row(
        rows,
        cabin.flight(),
        cabin.cabin(),
        cabin.capacity(),
        cabin.authorised(),
        cabin.classes(),
        Cabins.literal(cabin.limits()),
        Cabins.literal(cabin.counters().sold()),
        Cabins.literal(cabin.counters().held()));
  }

  private static void row(StringBuilder rows, Object... values) {
    for (var i = 0; i < values.length; i++) {
      rows.append(i == 0 ? "" : "\t").append(values[i]);
    }
    rows.append('\n');
  }
}
