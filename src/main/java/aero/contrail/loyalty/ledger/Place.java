package aero.contrail.loyalty.ledger;

/** Where points can be. All come from {@link #ISSUED}; those that a lot has are its own. */
enum Place {
  /** The programme's own: its liability is what is not here. */
  ISSUED,
  /** Sold, not flown. */
  PENDING,
  /** Can be spent. */
  AVAILABLE,
  /** Promised to an order. */
  HELD,
  REDEEMED,
  EXPIRED,
  /** Taken back: what they were for fell away after it was posted. */
  REVERSED,
  TRANSFERRED,
  /** Never posted: what they were for fell away before. */
  CANCELLED,
  /** Paid a debt. */
  RECOVERED,
  /** What a member owes; nobody's lot. */
  OWED,
  /** Tier points that count; nobody's lot. */
  COUNTED;

  /** Whether points are there as points of a lot. */
  boolean isOfLot() {
    return switch (this) {
      case PENDING,
          AVAILABLE,
          HELD,
          REDEEMED,
          EXPIRED,
          REVERSED,
          TRANSFERRED,
          CANCELLED,
          RECOVERED ->
          true;
      case ISSUED, OWED, COUNTED -> false;
    };
  }
}
