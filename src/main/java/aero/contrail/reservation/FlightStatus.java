package aero.contrail.reservation;

/** Where a flight is in its life. */
enum FlightStatus {
  OPEN,
  CLOSED,
  DEPARTED,
  CANCELLED;

  boolean sells() {
    return this == OPEN;
  }

  /** Whether a flight can still leave or be cancelled. */
  boolean isAhead() {
    return this == OPEN || this == CLOSED;
  }
}
