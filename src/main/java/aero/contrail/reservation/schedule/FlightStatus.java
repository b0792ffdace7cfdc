package aero.contrail.reservation.schedule;

/** Where a flight is in its life. */
public enum FlightStatus {
  OPEN,
  /** It will fly, and sells nothing more: it is in no schedule any more, or staff said so. */
  SALES_CLOSED,
  /** Nobody goes aboard any more. */
  CLOSED,
  DEPARTED,
  ARRIVED,
  CANCELLED;

  public boolean sells() {
    return this == OPEN;
  }

  /** Whether somebody may still be let on it. */
  public boolean boards() {
    return this == OPEN || this == SALES_CLOSED;
  }

  /** Whether a flight can still leave or be cancelled. */
  public boolean isAhead() {
    return this == OPEN || this == SALES_CLOSED || this == CLOSED;
  }
}
