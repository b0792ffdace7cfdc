package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.disruption.Trip.TripFlight;
import aero.contrail.reservation.inventory.Cabins;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads what could be flown instead of lost flights, without locks. */
@Component
class Networks {

  private final Flights flights;
  private final Cabins cabins;
  private final Clock clock;
  private final Duration cutOff;

  Networks(
      Flights flights,
      Cabins cabins,
      Clock clock,
      @Value("${contrail.sales-cut-off:PT45M}") Duration cutOff) {
    this.flights = flights;
    this.cabins = cabins;
    this.clock = clock;
    this.cutOff = cutOff;
  }

  /**
   * What leaves the places where trips are interrupted, and what connects from there to where they
   * lead.
   *
   * @param within how long after what was lost
   * @param otherwise flights that are to be taken as they are here
   */
  Network around(Collection<Trip> trips, Duration within, Map<FlightId, Flight> otherwise) {
    var from = new TreeSet<String>();
    var to = new TreeSet<String>();
    var days = new TreeSet<LocalDate>();
    for (var bound : trips.stream().flatMap(trip -> trip.bounds().stream()).toList()) {
      var lost = bound.stream().filter(TripFlight::isLost).map(TripFlight::flight).toList();
      if (!lost.isEmpty()) {
        from.add(lost.getFirst().origin());
        to.add(lost.getLast().destination());
        to.add(bound.getLast().flight().destination());
        var first = lost.getFirst().departureDate();
        first.minusDays(1).datesUntil(first.plusDays(within.toDays() + 2)).forEach(days::add);
      }
    }
    Map<FlightId, Flight> found = new LinkedHashMap<>();
    add(found, flights.leaving(texts(from), dates(days)), otherwise);
    var via = found.values().stream().map(Flight::destination).collect(Collectors.toSet());
    via.removeAll(from);
    if (!via.isEmpty()) {
      add(found, flights.leaving(texts(via), texts(to), dates(days)), otherwise);
    }
    return new Network(
        places(trips), found.values(), cabins.of(found.keySet()), clock.instant().plus(cutOff));
  }

  private static Set<String> places(Collection<Trip> trips) {
    return trips.stream()
        .flatMap(trip -> trip.flights().stream())
        .filter(TripFlight::isLost)
        .map(flight -> Network.place(flight.flight()))
        .collect(Collectors.toSet());
  }

  private static void add(
      Map<FlightId, Flight> found, List<Flight> some, Map<FlightId, Flight> otherwise) {
    some.forEach(f -> found.put(f.id(), otherwise.getOrDefault(f.id(), f)));
  }

  private static String[] texts(Collection<String> values) {
    return values.toArray(String[]::new);
  }

  private static String[] dates(Collection<LocalDate> days) {
    return days.stream().map(LocalDate::toString).toArray(String[]::new);
  }
}
