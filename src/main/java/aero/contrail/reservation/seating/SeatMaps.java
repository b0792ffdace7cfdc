package aero.contrail.reservation.seating;

import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.ReferenceData;
import org.springframework.stereotype.Component;

/** Reads who sits where. */
@Component
public class SeatMaps {

  private final ReferenceData referenceData;
  private final FlightPassengers passengers;

  SeatMaps(ReferenceData referenceData, FlightPassengers passengers) {
    this.referenceData = referenceData;
    this.passengers = passengers;
  }

  /** Who sits where; certain under the locks of the flight's cabins. */
  public Seating seating(Flight flight) {
    return new Seating(
        SeatMap.of(referenceData.layout(flight.configuration())), passengers.of(flight.id()));
  }
}
