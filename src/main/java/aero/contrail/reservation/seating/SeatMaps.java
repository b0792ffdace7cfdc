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

  /** The seats of a flight's aircraft. */
  SeatMap of(Flight flight) {
    return SeatMap.of(referenceData.layout(flight.configuration()));
  }

  /** Who sits where; certain under the locks of the flight's cabins. */
  public Seating seating(Flight flight) {
    return new Seating(of(flight), passengers.of(flight.id()));
  }
}
