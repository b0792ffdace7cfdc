package aero.contrail.reservation.operations;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.FlightStatus;
import java.time.OffsetDateTime;

/** A flight as operations see it; times with the offset of the place, the zone beside it. */
record FlightView(
    FlightId flightId,
    String designator,
    String origin,
    String destination,
    OffsetDateTime departure,
    String departureZone,
    OffsetDateTime arrival,
    String arrivalZone,
    int miles,
    String aircraft,
    String configuration,
    FlightStatus status,
    long version) {

  static FlightView of(Flight flight) {
    var leg = flight.leg();
    return new FlightView(
        flight.id(),
        flight.id().designator(),
        flight.origin(),
        flight.destination(),
        leg.departure().toOffsetDateTime(),
        flight.departureZone(),
        leg.arrival().toOffsetDateTime(),
        flight.arrivalZone(),
        flight.miles(),
        flight.aircraft(),
        flight.configuration(),
        flight.status(),
        flight.version());
  }
}
