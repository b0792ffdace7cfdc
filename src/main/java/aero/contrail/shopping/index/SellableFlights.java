package aero.contrail.shopping.index;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All flights on sale, in memory: by origin and local date, then by destination, the earliest
 * first. Readers see each flight as it was before a change or after it, never half of one. Written
 * by one thread, read by all.
 */
public final class SellableFlights {

  private static final SellableFlight[] NONE = {};

  private static final Comparator<SellableFlight> EARLIEST_FIRST =
      Comparator.comparingLong(SellableFlight::departs).thenComparing(SellableFlight::id);

  private record Day(String origin, LocalDate date) {}

  private final Map<String, SellableFlight> byId = new ConcurrentHashMap<>();
  private final Map<Day, Map<String, SellableFlight[]>> days = new ConcurrentHashMap<>();

  /** Takes many at once: cheaper than one after the other. */
  void putAll(Collection<SellableFlight> flights) {
    var byRoute = new HashMap<Day, Map<String, List<SellableFlight>>>();
    for (var flight : flights) {
      remove(flight.id());
      byId.put(flight.id(), flight);
      byRoute
          .computeIfAbsent(day(flight), _ -> new HashMap<>())
          .computeIfAbsent(flight.destination(), _ -> new ArrayList<>())
          .add(flight);
    }
    byRoute.forEach(
        (day, routes) ->
            routes.forEach((destination, some) -> change(day, destination, some, null)));
  }

  /** Takes a flight, in the place of what was known of it. */
  void put(SellableFlight flight) {
    var before = byId.put(flight.id(), flight);
    if (before != null && !before.destination().equals(flight.destination())) {
      change(day(before), before.destination(), List.of(), before.id());
    }
    change(day(flight), flight.destination(), List.of(flight), flight.id());
  }

  void remove(String id) {
    var flight = byId.remove(id);
    if (flight != null) {
      change(day(flight), flight.destination(), List.of(), id);
    }
  }

  private static Day day(SellableFlight flight) {
    return new Day(flight.origin(), flight.date());
  }

  /** Puts another array in the place of the one that readers may be reading. */
  private void change(
      Day day, String destination, List<SellableFlight> added, @Nullable String removed) {
    var routes = days.computeIfAbsent(day, _ -> new ConcurrentHashMap<>(4));
    var flights = new ArrayList<>(Arrays.asList(routes.getOrDefault(destination, NONE)));
    flights.removeIf(flight -> flight.id().equals(removed));
    flights.addAll(added);
    flights.sort(EARLIEST_FIRST);
    routes.put(destination, flights.toArray(NONE));
  }

  /** Forgets the flights of days before one. */
  void forget(LocalDate before) {
    days.keySet().removeIf(day -> day.date().isBefore(before));
    byId.values().removeIf(flight -> flight.date().isBefore(before));
  }

  public int size() {
    return byId.size();
  }

  /** Empty when it is not on sale. */
  public Optional<SellableFlight> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The flights of a local date from one airport to another, the earliest first. */
  public List<SellableFlight> flights(String origin, String destination, LocalDate date) {
    return List.of(
        days.getOrDefault(new Day(origin, date), Map.of()).getOrDefault(destination, NONE));
  }

  /** The airports to which flights of a local date go from one. */
  public Collection<String> destinations(String origin, LocalDate date) {
    return days.getOrDefault(new Day(origin, date), Map.of()).keySet();
  }
}
