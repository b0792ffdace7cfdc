package aero.contrail.reservation.specialservice;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import java.util.UUID;

/** What a passenger asked for on a flight. */
record ServiceRequest(
    UUID id,
    OrderId order,
    FlightId flight,
    PassengerId passenger,
    ServiceCode code,
    Status status) {

  /** By the codes of the trade. */
  enum Status {
    /** Confirmed. */
    HK,
    /** The flight that the passenger was put on cannot give it. */
    UC,
    /** Given up, or left behind with the flight. */
    XX
  }
}
