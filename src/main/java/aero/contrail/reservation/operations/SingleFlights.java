package aero.contrail.reservation.operations;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.disruption.Retiming;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.operations.ScheduleController.FlightPatch;
import aero.contrail.reservation.operations.ScheduleController.FlightRequest;
import aero.contrail.reservation.schedule.CabinPlans;
import aero.contrail.reservation.schedule.Designators;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.FlightRow;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.reservation.schedule.ScheduleDiff;
import aero.contrail.reservation.schedule.ScheduleRules;
import aero.contrail.reservation.schedule.ScheduleTable;
import aero.contrail.reservation.schedule.ScheduledFlight;
import aero.contrail.web.ETags;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Schedules and changes single flights, by the rules of files. Needs the caller's transaction. */
@Component
class SingleFlights implements Retiming {

  /** What the columns of a file are called in a request. */
  private static final Map<String, String> MEMBERS =
      Map.of(
          "departure_date", "departureDate",
          "scheduled_departure", "departure",
          "scheduled_arrival", "arrival",
          "arrival_day_offset", "arrivalDayOffset",
          "aircraft_type", "aircraft",
          "flight_number", "flightNumber",
          "std_utc", "departure",
          "sta_utc", "arrival");

  private final ScheduleTable schedule;
  private final Flights flights;
  private final Inventory inventory;
  private final CabinPlans plans;
  private final Clock clock;

  SingleFlights(
      ScheduleTable schedule, Flights flights, Inventory inventory, CabinPlans plans, Clock clock) {
    this.clock = clock;
    this.plans = plans;
    this.schedule = schedule;
    this.flights = flights;
    this.inventory = inventory;
  }

  /**
   * Puts a flight on the schedule.
   *
   * @throws Problem when it is there already, or what it refers to is not
   */
  Flight schedule(FlightRequest request) {
    var values = new HashMap<String, String>();
    values.put("carrier", request.carrier());
    values.put("flight_number", request.flightNumber());
    values.put("departure_date", request.departureDate().toString());
    values.put("origin", request.origin());
    values.put("destination", request.destination());
    values.put("scheduled_departure", request.departure());
    values.put("scheduled_arrival", request.arrival());
    values.put("aircraft_type", request.aircraft());
    putIfPresent(values, "operational_suffix", request.operationalSuffix());
    putIfPresent(values, "arrival_day_offset", request.arrivalDayOffset());
    putIfPresent(values, "configuration", request.configuration());
    var wanted = flight(values, "");
    if (!wanted.leg().departure().toInstant().isAfter(clock.instant())) {
      throw Problem.invalid("/departure", "in_the_past", "The flight would have left already.");
    }
    if (!schedule.write(List.of(wanted)).getFirst().isNew()) {
      throw new Problem(
          ProblemCode.ILLEGAL_STATE,
          "Flight %s is on the schedule already: change it with PATCH.".formatted(wanted.id()));
    }
    return flights.findById(wanted.id()).orElseThrow();
  }

  /**
   * What a patch would change.
   *
   * @throws Problem when there is no such flight, or it cannot be changed so
   */
  void compare(FlightId id, FlightPatch patch) {
    var stored = find(id);
    check(schedule.compare(List.of(flight(patched(stored, patch), ""))).getFirst());
  }

  /**
   * Changes a flight.
   *
   * @param seen the caller's If-Match
   * @throws Problem when there is no such flight, it has changed since, or cannot be changed so
   */
  Flight change(FlightId id, FlightPatch patch, @Nullable String seen) {
    ETags.require(seen);
    var stored = lock(id);
    ETags.check(seen, stored.version());
    write(patched(stored, patch));
    return find(id);
  }

  @Override
  public List<ScheduleDiff> compare(List<NewTimes> all, String pointer) {
    var wanted = new ArrayList<FlightId>();
    for (var times : all) {
      wanted.add(Flights.named(times.flightId(), pointer + "/" + wanted.size() + "/flightId"));
    }
    var stored = new HashMap<String, Flight>();
    flights.of(wanted).forEach(flight -> stored.put(flight.id().value(), flight));
    var rows = new ArrayList<ScheduledFlight>();
    for (var times : all) {
      var at = pointer + "/" + rows.size();
      var flight = stored.get(times.flightId());
      if (flight == null) {
        throw Problem.invalid(at + "/flightId", "unknown_flight", "There is no such flight.");
      }
      rows.add(flight(patched(flight, patch(times)), at));
    }
    return schedule.compare(rows);
  }

  @Override
  public Flight retime(NewTimes times) {
    var stored = lock(times.flight());
    write(patched(stored, patch(times)));
    return stored;
  }

  private static FlightPatch patch(NewTimes times) {
    return new FlightPatch(
        times.departure(), times.arrival(), times.arrivalDayOffset(), null, null);
  }

  /** As who changes a flight does. */
  private Flight lock(FlightId id) {
    plans.lock();
    inventory.lock(List.of(id));
    return find(id);
  }

  private void write(Map<String, String> values) {
    check(schedule.write(List.of(flight(values, ""))).getFirst());
  }

  private static void check(ScheduleDiff diff) {
    if (diff.refusal() != null) {
      throw new Problem(ProblemCode.ILLEGAL_STATE, diff.refusal().message() + ".");
    }
  }

  private Flight find(FlightId id) {
    return flights.findById(id).orElseThrow(() -> Problem.notFound("flight", id));
  }

  private ScheduledFlight flight(Map<String, String> values, String pointer) {
    try {
      return plans.rules().flight(new FlightRow(1, values, null));
    } catch (ScheduleRules.Rejected e) {
      var member = MEMBERS.getOrDefault(e.column(), e.column());
      throw Problem.invalid(pointer + "/" + member, e.code(), String.valueOf(e.getMessage()));
    }
  }

  /** The flight as it is, and what is to be otherwise. */
  private static Map<String, String> patched(Flight stored, FlightPatch patch) {
    var values = new HashMap<String, String>();
    values.put("carrier", Designators.carrier(stored.id()));
    values.put("flight_number", "" + Designators.number(stored.id()));
    values.put("operational_suffix", Designators.suffix(stored.id()));
    values.put("departure_date", stored.departureDate().toString());
    values.put("origin", stored.origin());
    values.put("destination", stored.destination());
    values.put("scheduled_departure", stored.localDeparture().toLocalTime().toString());
    values.put("scheduled_arrival", stored.localArrival().toLocalTime().toString());
    values.put("aircraft_type", stored.aircraft());
    var keepsTimes = patch.departure() == null && patch.arrival() == null;
    if (keepsTimes && patch.arrivalDayOffset() == null) {
      // Where an hour is repeated the instants say which was meant.
      values.put("std_utc", stored.departsAt().toString());
      values.put("sta_utc", stored.arrivesAt().toString());
    }
    if (patch.arrival() == null) {
      values.put(
          "arrival_day_offset",
          Long.toString(
              ChronoUnit.DAYS.between(
                  stored.localDeparture().toLocalDate(), stored.localArrival().toLocalDate())));
    }
    putIfPresent(values, "scheduled_departure", patch.departure());
    putIfPresent(values, "scheduled_arrival", patch.arrival());
    putIfPresent(values, "arrival_day_offset", patch.arrivalDayOffset());
    putIfPresent(values, "aircraft_type", patch.aircraft());
    putIfPresent(values, "configuration", patch.configuration());
    return values;
  }

  private static void putIfPresent(
      Map<String, String> values, String column, @Nullable Object value) {
    if (value != null) {
      values.put(column, value.toString());
    }
  }
}
