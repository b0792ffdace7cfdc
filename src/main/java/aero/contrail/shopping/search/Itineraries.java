package aero.contrail.shopping.search;

import aero.contrail.shopping.index.SellableFlight;
import aero.contrail.shopping.index.SellableFlights;
import aero.contrail.shopping.tariff.ConnectingTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds every way to fly from one place to another on a date: direct, or with one change of
 * flights. Only flights that still have seats for the party count, so none that is sold out hides
 * another. Pure, over what the memory holds.
 */
final class Itineraries {

  /** Who changes flights goes on with one of the next few that have seats. */
  private static final int ONWARD = 3;

  private static final Duration LONGEST_WAIT = Duration.ofHours(6);

  /**
   * Where nothing goes on within that, the first flight that does; a day later it would be a
   * stopover (IATA: more than 24 hours).
   */
  private static final Duration LONGEST_NIGHT = Duration.ofHours(24);

  private final SellableFlights flights;
  private final ConnectingTimes times;
  private final long earliest;
  private final int party;
  private final char cabin;

  /**
   * @param earliest flights that leave until then are not sold
   * @param party how many seats are needed
   * @param cabin in which, or {@link aero.contrail.shopping.index.Stock#ANY_CABIN}
   */
  Itineraries(
      SellableFlights flights, ConnectingTimes times, Instant earliest, int party, char cabin) {
    this.flights = flights;
    this.times = times;
    this.earliest = earliest.getEpochSecond();
    this.party = party;
    this.cabin = cabin;
  }

  /** Each as its flights, one or two. */
  List<List<SellableFlight>> find(Route route, int maxStops) {
    var found = new ArrayList<List<SellableFlight>>();
    for (var flight : flights.flights(route.origin(), route.destination(), route.date())) {
      if (isOpen(flight)) {
        found.add(List.of(flight));
      }
    }
    if (maxStops > 0) {
      for (var via : flights.destinations(route.origin(), route.date())) {
        if (!via.equals(route.destination())) {
          connect(route, via, found);
        }
      }
    }
    return found;
  }

  private void connect(Route route, String via, List<List<SellableFlight>> found) {
    var change = times.at(via, route.origin(), route.destination());
    for (var first : flights.flights(route.origin(), via, route.date())) {
      if (isOpen(first)) {
        for (var second : onward(first, route.destination(), change)) {
          found.add(List.of(first, second));
        }
      }
    }
  }

  /** The next few within some hours; else the first of the next day. */
  private List<SellableFlight> onward(SellableFlight first, String destination, Duration change) {
    var from = first.arrives() + change.toSeconds();
    var until = first.arrives() + LONGEST_WAIT.toSeconds();
    var day = LocalDate.ofInstant(Instant.ofEpochSecond(from), first.arrivalZone());
    var onward = new ArrayList<SellableFlight>(ONWARD);
    for (var days = 0; days <= 1; days++) {
      for (var flight : flights.flights(first.destination(), destination, day.plusDays(days))) {
        var isNight =
            onward.isEmpty() && flight.departs() <= first.arrives() + LONGEST_NIGHT.toSeconds();
        var isInTime = flight.departs() >= from && (flight.departs() <= until || isNight);
        if (isInTime && onward.size() < ONWARD && isOpen(flight)) {
          onward.add(flight);
        }
      }
    }
    return onward;
  }

  private boolean isOpen(SellableFlight flight) {
    return flight.departs() > earliest && flight.stock().hasSeats(party, cabin);
  }
}
