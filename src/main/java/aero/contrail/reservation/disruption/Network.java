package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.booking.Space;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.schedule.Flight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The flights that could be flown instead, and the space on them. For one thread. */
final class Network {

  private record Route(String origin, String destination) {

    Route(Flight flight) {
      this(flight.origin(), flight.destination());
    }
  }

  private final Set<String> reached = new HashSet<>();
  private final Map<String, List<Flight>> byOrigin = new HashMap<>();
  private final Map<Route, List<Flight>> byRoute = new HashMap<>();
  private final Map<FlightId, List<String>> cabins = new HashMap<>();
  private final Space space;

  /**
   * @param places that it knows all flights of, on the days that matter
   * @param salesEnd flights that leave until then take nobody any more
   */
  Network(
      Collection<String> places,
      Collection<Flight> flights,
      Collection<Cabin> cabins,
      Instant salesEnd) {
    reached.addAll(places);
    flights.stream()
        .filter(flight -> flight.status().sells())
        .sorted(Comparator.comparing(Flight::departsAt).thenComparing(f -> f.id().value()))
        .forEach(
            f -> {
              byOrigin.computeIfAbsent(f.origin(), _ -> new ArrayList<>()).add(f);
              byRoute.computeIfAbsent(new Route(f), _ -> new ArrayList<>()).add(f);
            });
    cabins.forEach(
        cabin ->
            this.cabins.computeIfAbsent(cabin.flight(), _ -> new ArrayList<>()).add(cabin.cabin()));
    this.space = new Space(flights, cabins, salesEnd);
  }

  /** What leaves an airport between two times, soonest first. */
  List<Flight> from(String origin, Instant earliest, Instant latest) {
    return between(byOrigin.getOrDefault(origin, List.of()), earliest, latest);
  }

  /** What leaves for another between two times, soonest first. */
  List<Flight> between(String origin, String destination, Instant earliest, Instant latest) {
    return between(
        byRoute.getOrDefault(new Route(origin, destination), List.of()), earliest, latest);
  }

  private static List<Flight> between(List<Flight> sorted, Instant earliest, Instant latest) {
    return sorted.subList(firstFrom(sorted, earliest), firstFrom(sorted, latest.plusNanos(1)));
  }

  private static int firstFrom(List<Flight> sorted, Instant time) {
    var low = 0;
    var high = sorted.size();
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (sorted.get(middle).departsAt().isBefore(time)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether it was read with this in mind: what it does not have there is not to be had. */
  boolean knows(Trip trip) {
    return trip.flights().stream()
        .filter(Trip.TripFlight::isLost)
        .allMatch(flight -> reached.contains(place(flight.flight())));
  }

  /** Where and when somebody is stranded. */
  static String place(Flight lost) {
    return lost.origin() + lost.destination() + lost.departureDate();
  }

  boolean has(Flight flight, String cabin) {
    return cabins.getOrDefault(flight.id(), List.of()).contains(cabin);
  }

  Space space() {
    return space;
  }
}
