package aero.contrail.reservation.disruption;

import aero.contrail.reservation.schedule.Designators;
import aero.contrail.reservation.schedule.Flight;
import java.time.Instant;
import java.util.List;

/**
 * What could be flown instead of some flights of a trip.
 *
 * @param instead the flights of the trip that it replaces: those that do not fly, and those that
 *     are not reached or not needed any more
 * @param flights what is flown
 * @param cabin on all of them
 * @param distance of that cabin from what was booked, see {@link Policy#distance}
 */
record Alternative(List<Flight> instead, List<Flight> flights, String cabin, int distance) {

  Alternative {
    instead = List.copyOf(instead);
    flights = List.copyOf(flights);
  }

  Instant arrivesAt() {
    return flights.getLast().arrivesAt();
  }

  /** How many days later than planned it leaves, by the calendar where it does. */
  long daysLate() {
    return Math.abs(
        flights.getFirst().localDeparture().toLocalDate().toEpochDay()
            - instead.getFirst().localDeparture().toLocalDate().toEpochDay());
  }

  boolean isOfAnotherCarrier() {
    return !Designators.carrier(flights.getFirst().id())
        .equals(Designators.carrier(instead.getFirst().id()));
  }
}
