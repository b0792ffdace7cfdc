package aero.contrail.reservation.schedule;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.schedule.ReferenceData.BookingClass;
import aero.contrail.reservation.schedule.ReferenceData.Layout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** With which cabins, classes and limits a configuration is put on sale. */
public final class CabinPlan {

  private final Map<String, Map<String, Integer>> seats = new HashMap<>();
  private final Map<String, String> aircraft = new HashMap<>();
  private final Map<String, String> defaults = new HashMap<>();
  private final Map<String, List<BookingClass>> classes;

  /**
   * @param classes the booking classes of each cabin, high to low
   */
  public CabinPlan(List<Layout> layouts, Map<String, List<BookingClass>> classes) {
    this.classes = Map.copyOf(classes);
    for (var layout : layouts) {
      seats
          .computeIfAbsent(layout.configuration(), _ -> new TreeMap<>())
          .merge(layout.cabin(), layout.seats(), Integer::sum);
      aircraft.put(layout.configuration(), layout.aircraft());
      defaults.putIfAbsent(layout.aircraft(), layout.configuration());
    }
  }

  /** Which aircraft type has a configuration. */
  public Map<String, String> aircraftOfConfiguration() {
    return Map.copyOf(aircraft);
  }

  /** The configuration of a type that is meant when none is named. */
  public Map<String, String> defaultConfigurations() {
    return Map.copyOf(defaults);
  }

  /** The cabins of a flight that has sold nothing yet. */
  List<Cabin> cabins(FlightId flight, String configuration) {
    return seats.getOrDefault(configuration, Map.of()).entrySet().stream()
        .map(entry -> cabin(flight, entry.getKey(), entry.getValue()))
        .toList();
  }

  private Cabin cabin(FlightId flight, String cabin, int capacity) {
    var sold = classes.getOrDefault(cabin, List.of());
    return Cabin.fresh(
        flight,
        cabin,
        capacity,
        sold.stream().map(BookingClass::fareClass).collect(Collectors.joining()),
        sold.stream().map(c -> capacity * c.limitPercent() / 100).toList());
  }
}
