package aero.contrail.reservation.schedule;

import aero.contrail.events.FlightId;
import aero.contrail.events.ReservationEvent.EquipmentChanged;
import aero.contrail.events.ReservationEvent.FlightRetimed;
import aero.contrail.events.ReservationEvent.FlightScheduled;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.Cabins;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.inventory.LimitOverrides;
import aero.contrail.reservation.schedule.ScheduleDiff.Change;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Repository;

/** Compares schedules with the flights that are there, and writes what is new or different. */
@Repository
public class ScheduleTable {

  private static final String NEED_NOT_WAIT = "set local synchronous_commit = off";

  private final JdbcOperations jdbc;
  private final Flights flights;
  private final FlightTable table;
  private final CabinPlans plans;
  private final Cabins cabins;
  private final Inventory inventory;
  private final LimitOverrides overrides;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Duration minor;

  ScheduleTable(
      JdbcOperations jdbc,
      Flights flights,
      FlightTable table,
      CabinPlans plans,
      Cabins cabins,
      Inventory inventory,
      LimitOverrides overrides,
      ApplicationEventPublisher events,
      Clock clock,
      @Value("${contrail.reservation.minor-retiming:PT1H}") Duration minor) {
    this.jdbc = jdbc;
    this.flights = flights;
    this.table = table;
    this.plans = plans;
    this.cabins = cabins;
    this.inventory = inventory;
    this.overrides = overrides;
    this.events = events;
    this.clock = clock;
    this.minor = minor;
  }

  /**
   * What a schedule means for its flights, in its order. Writes and locks nothing: sales in between
   * may make a difference.
   */
  public List<ScheduleDiff> compare(List<ScheduledFlight> wanted) {
    var stored = stored(wanted.stream().map(ScheduledFlight::id).toList());
    var redirected =
        wanted.stream()
            .filter(row -> isRedirected(row, stored.get(row.id())))
            .map(ScheduledFlight::id)
            .toList();
    return diffs(
        wanted,
        stored,
        Cabin.flightsTaken(redirected.isEmpty() ? List.of() : cabins.of(redirected)));
  }

  /**
   * Writes what is new or different and states it, within the caller's transaction. The cabins of
   * flights that change are locked until its end: sales wait as long.
   */
  public List<ScheduleDiff> write(List<ScheduledFlight> wanted) {
    plans.lock();
    var stored = stored(wanted.stream().map(ScheduledFlight::id).toList());
    // As everywhere: cabins before flights, in the order of their keys.
    var affected =
        diffs(wanted, stored, Set.of()).stream()
            .filter(ScheduleDiff::isChange)
            .map(diff -> diff.wanted().id())
            .toList();
    var locked = affected.isEmpty() ? List.<Cabin>of() : inventory.lock(affected);
    if (!affected.isEmpty()) {
      stored.putAll(stored(affected));
    }
    var diffs = diffs(wanted, stored, Cabin.flightsTaken(locked));
    create(diffs.stream().filter(ScheduleDiff::isNew).map(ScheduleDiff::wanted).toList());
    change(diffs.stream().filter(ScheduleDiff::isChange).toList(), locked);
    return diffs;
  }

  /**
   * Lets the caller's transaction commit without waiting for the disk: for what is done again after
   * a crash, as the chunks of an import are.
   */
  public void needNotWait() {
    jdbc.execute(NEED_NOT_WAIT);
  }

  private Map<FlightId, Flight> stored(List<FlightId> ids) {
    return flights.of(ids).stream()
        .collect(Collectors.toMap(Flight::id, flight -> flight, (one, _) -> one, HashMap::new));
  }

  private List<ScheduleDiff> diffs(
      List<ScheduledFlight> wanted, Map<FlightId, Flight> stored, Set<FlightId> booked) {
    return wanted.stream()
        .map(row -> ScheduleDiff.of(row, stored.get(row.id()), booked.contains(row.id()), minor))
        .toList();
  }

  private static boolean isRedirected(ScheduledFlight row, @Nullable Flight stored) {
    return stored != null && !row.goesWhere(stored);
  }

  private void create(List<ScheduledFlight> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    var plan = plans.current();
    var now = clock.instant();
    var fresh = new ArrayList<Flight>();
    var itsCabins = new ArrayList<Cabin>();
    for (var row : wanted) {
      var planned = plan.cabins(row.id(), row.configuration());
      fresh.add(Flight.scheduled(row));
      itsCabins.addAll(planned);
      events.publishEvent(
          new FlightScheduled(
              row.id(),
              row.leg(),
              row.aircraft(),
              planned.stream().map(Cabin::availability).toList(),
              now));
    }
    table.insert(fresh, itsCabins);
  }

  private void change(List<ScheduleDiff> diffs, List<Cabin> locked) {
    if (diffs.isEmpty()) {
      return;
    }
    table.update(diffs.stream().map(diff -> flight(diff).rescheduled(diff.wanted())).toList());
    var refitted = refit(diffs, locked);
    for (var diff : diffs) {
      if (diff.severity() != null) {
        events.publishEvent(
            new FlightRetimed(
                diff.wanted().id(),
                flight(diff).leg(),
                diff.wanted().leg(),
                diff.severity(),
                clock.instant()));
      }
      var itsCabins = refitted.get(diff.wanted().id());
      if (itsCabins != null) {
        events.publishEvent(equipmentChanged(diff, itsCabins));
      }
    }
  }

  private EquipmentChanged equipmentChanged(ScheduleDiff diff, List<Cabin> itsCabins) {
    return new EquipmentChanged(
        diff.wanted().id(),
        flight(diff).aircraft(),
        diff.wanted().aircraft(),
        itsCabins.stream().map(Cabin::availability).toList(),
        itsCabins.stream()
            .filter(cabin -> cabin.capacity() == 0 && cabin.isTaken())
            .map(Cabin::cabin)
            .toList(),
        clock.instant());
  }

  /** The cabins of the flights that get another aircraft, as they are from now on. */
  private Map<FlightId, List<Cabin>> refit(List<ScheduleDiff> diffs, List<Cabin> locked) {
    var refitted = new HashMap<FlightId, List<Cabin>>();
    var wanted =
        diffs.stream()
            .filter(diff -> diff.changes().contains(Change.RE_EQUIPPED))
            .map(ScheduleDiff::wanted)
            .toList();
    if (wanted.isEmpty()) {
      return refitted;
    }
    var plan = plans.current();
    var set = overrides.of(wanted.stream().map(ScheduledFlight::id).toList());
    var before = locked.stream().collect(Collectors.groupingBy(Cabin::flight));
    var added = new ArrayList<Cabin>();
    var kept = new ArrayList<Cabin>();
    for (var row : wanted) {
      var was = before.getOrDefault(row.id(), List.of());
      var is =
          Refit.of(
              was,
              plan.cabins(row.id(), row.configuration()),
              set.getOrDefault(row.id(), Map.of()));
      refitted.put(row.id(), is);
      is.forEach(cabin -> (cabin.isAmong(was) ? kept : added).add(cabin));
    }
    inventory.write(kept);
    table.insert(added);
    return refitted;
  }

  private static Flight flight(ScheduleDiff diff) {
    return Objects.requireNonNull(diff.stored());
  }
}
