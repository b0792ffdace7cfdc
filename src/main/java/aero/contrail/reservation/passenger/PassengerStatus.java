package aero.contrail.reservation.passenger;

/** How far a passenger has come on a flight. */
public enum PassengerStatus {
  /** His party has space that is not paid for. */
  HELD,
  BOOKED,
  CHECKED_IN,
  BOARDED,
  /** Checked in or aboard, and taken off again; may check in anew. */
  OFFLOADED,
  /** There was no seat for him. */
  DENIED_BOARDING,
  NO_SHOW,
  FLOWN;

  /** Whether he has a seat if he was given one. */
  public boolean keepsSeat() {
    return this != OFFLOADED && this != DENIED_BOARDING && this != NO_SHOW;
  }
}
