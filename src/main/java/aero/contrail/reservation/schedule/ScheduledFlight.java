package aero.contrail.reservation.schedule;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;

/** A flight as a schedule wants it. */
public record ScheduledFlight(FlightId id, Leg leg, String aircraft, String configuration) {

  boolean sameTimes(Flight flight) {
    return leg.origin().equals(flight.origin())
        && leg.destination().equals(flight.destination())
        && leg.departure().toInstant().equals(flight.departsAt())
        && leg.arrival().toInstant().equals(flight.arrivesAt());
  }

  boolean goesWhere(Flight flight) {
    return leg.destination().equals(flight.destination());
  }

  boolean sameEquipment(Flight flight) {
    return aircraft.equals(flight.aircraft()) && configuration.equals(flight.configuration());
  }
}
