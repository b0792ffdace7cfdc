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
  /** The party has space on other flights instead. */
  REPROTECTED,
  FLOWN,
  /** It left without all of the party. */
  NO_SHOW;

  boolean takesSpace() {
    return this == HELD || this == CONFIRMED;
  }

  /** Whether somebody can leave it: also when it is not known yet what he gets instead. */
  boolean isAhead() {
    return takesSpace() || this == UNABLE;
  }

  /** Whether the party flies it, flew it, or may still ask what becomes of it. */
  boolean isKept() {
    return switch (this) {
      case WAITLISTED, HELD, CONFIRMED, UNABLE, FLOWN, NO_SHOW -> true;
      case RELEASED, LAPSED, REPROTECTED -> false;
    };
  }

  /** Whether the space was given back, so that it can be taken again. */
  boolean isFreed() {
    return this == RELEASED || this == LAPSED;
  }
}
