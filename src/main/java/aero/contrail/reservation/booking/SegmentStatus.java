package aero.contrail.reservation.booking;

/** How the space of a party on one flight stands. */
public enum SegmentStatus {
  /** There is no space now. */
  WAITLISTED,
  HELD,
  CONFIRMED,
  RELEASED,
  LAPSED,
  UNABLE,
  FLOWN,
  /** It left without all of the party. */
  NO_SHOW;

  boolean takesSpace() {
    return this == HELD || this == CONFIRMED;
  }

  /** Whether the space was given back, so that it can be taken again. */
  boolean isFreed() {
    return this == RELEASED || this == LAPSED;
  }
}
