package aero.contrail.reservation.schedule;

/** Where a flight is in its life. */
public enum FlightStatus {
  OPEN,
  CLOSED,
  DEPARTED,
  CANCELLED;

  public boolean sells() {
    return this == OPEN;
  }

  /** Whether a flight can still leave or be cancelled. */
  public boolean isAhead() {
    return this == OPEN || this == CLOSED;
  }
}
