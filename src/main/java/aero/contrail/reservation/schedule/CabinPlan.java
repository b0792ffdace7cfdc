package aero.contrail.reservation.schedule;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.ClassControl;
import aero.contrail.reservation.schedule.ReferenceData.Layout;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** With which cabins, classes and limits flights are put on sale. Immutable. */
final class CabinPlan {

  private final Map<String, Map<String, Integer>> seats = new HashMap<>();
  private final Map<String, String> aircraft = new HashMap<>();
  private final Map<String, String> defaults = new HashMap<>();
  private final Map<String, List<ClassPlan>> classPlans;
  private final List<OverbookingRule> overbooking;

  /**
   * @param overbooking the one that was filed last first
   */
  CabinPlan(
      List<Layout> layouts, Collection<ClassPlan> classPlans, List<OverbookingRule> overbooking) {
    this.classPlans = classPlans.stream().collect(Collectors.groupingBy(ClassPlan::cabin));
    this.overbooking = List.copyOf(overbooking);
    for (var layout : layouts) {
      seats
          .computeIfAbsent(layout.configuration(), _ -> new TreeMap<>())
          .merge(layout.cabin(), layout.seats(), Integer::sum);
      aircraft.put(layout.configuration(), layout.aircraft());
      defaults.putIfAbsent(layout.aircraft(), layout.configuration());
    }
  }

  /** Which aircraft type has a configuration. */
  Map<String, String> aircraftOfConfiguration() {
    return Map.copyOf(aircraft);
  }

  /** The configuration of a type that is meant when none is named. */
  Map<String, String> defaultConfigurations() {
    return Map.copyOf(defaults);
  }

  /** The cabins of a flight that has sold nothing yet. */
  List<Cabin> cabins(FlightId flight, String configuration) {
    return seats.getOrDefault(configuration, Map.of()).entrySet().stream()
        .map(entry -> cabin(flight, entry.getKey(), entry.getValue()))
        .toList();
  }

  private Cabin cabin(FlightId flight, String cabin, int capacity) {
    var authorised = authorised(flight, cabin, capacity);
    var controls =
        shares(flight, cabin).stream()
            .map(c -> ClassControl.nested(c.fareClass(), authorised * c.percent() / 100))
            .toList();
    return Cabin.fresh(flight, cabin, capacity, authorised, controls);
  }

  private int authorised(FlightId flight, String cabin, int capacity) {
    return overbooking.stream()
        .filter(rule -> rule.isFor(flight, cabin))
        .findFirst()
        .map(rule -> rule.authorised(capacity))
        .orElse(capacity);
  }

  /** By the newest plan of the carrier; else by that of all. */
  private List<ClassPlan.ClassShare> shares(FlightId flight, String cabin) {
    Function<String, Optional<ClassPlan>> of =
        carrier -> newest(cabin, plan -> plan.carrier().equals(carrier), flight);
    return of.apply(Designators.carrier(flight))
        .or(() -> of.apply(ClassPlan.ANY))
        .map(ClassPlan::shares)
        .orElse(List.of());
  }

  private Optional<ClassPlan> newest(String cabin, Predicate<ClassPlan> which, FlightId flight) {
    return classPlans.getOrDefault(cabin, List.of()).stream()
        .filter(which)
        .filter(plan -> !plan.effectiveFrom().isAfter(flight.departureDate()))
        .max(Comparator.comparing(ClassPlan::effectiveFrom));
  }
}
