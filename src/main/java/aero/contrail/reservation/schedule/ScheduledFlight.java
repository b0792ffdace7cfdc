package aero.contrail.reservation.schedule;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;

/**
 * A flight as a schedule wants it.
 *
 * @param isConfigurationNamed whether its row says so, or the usual one of the type is meant
 */
public record ScheduledFlight(
    FlightId id, Leg leg, String aircraft, String configuration, boolean isConfigurationNamed) {

  /**
   * The same for a flight that is there: it changes its configuration only when its own row says
   * so, not because another has become the usual one of its type.
   */
  ScheduledFlight onto(Flight stored) {
    return isConfigurationNamed || !aircraft.equals(stored.aircraft())
        ? this
        : new ScheduledFlight(id, leg, aircraft, stored.configuration(), false);
  }

  boolean sameTimes(Flight flight) {
    return flight.flies(leg)
        && leg.departure().getZone().getId().equals(flight.departureZone())
        && leg.arrival().getZone().getId().equals(flight.arrivalZone());
  }

  boolean goesWhere(Flight flight) {
    return leg.destination().equals(flight.destination());
  }

  boolean sameEquipment(Flight flight) {
    return aircraft.equals(flight.aircraft()) && configuration.equals(flight.configuration());
  }
}
