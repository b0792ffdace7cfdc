package aero.contrail.loyalty.ledger;

import aero.contrail.loyalty.ledger.Entry.Kind;
import aero.contrail.loyalty.ledger.Movement.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How points move, and for what. Pure: from what a member has to the entry that changes it. */
final class Postings {

  private Postings() {}

  /** They will come. */
  static Entry forecast(Lot lot, Cause cause, long points, Instant at) {
    return entry(
        lot,
        Kind.FORECAST,
        cause,
        points,
        0,
        at,
        List.of(Movement.award(lot.id(), Place.ISSUED, Place.PENDING, points)));
  }

  /**
   * They came: what is posted counts, not what was expected. What the member owes is paid first.
   *
   * @param points of the award; of what was expected the rest is withdrawn
   */
  static Entry posted(Lot lot, Cause cause, long points, long tierPoints, long debt, Instant at) {
    var movements = new ArrayList<Movement>();
    var expected = lot.in(Place.PENDING);
    add(movements, lot, Place.PENDING, Place.AVAILABLE, Math.min(expected, points));
    add(movements, lot, Place.PENDING, Place.CANCELLED, expected - points);
    add(movements, lot, Place.ISSUED, Place.AVAILABLE, points - expected);
    var paid = Math.min(debt, points);
    add(movements, lot, Place.AVAILABLE, Place.RECOVERED, paid);
    if (paid > 0) {
      movements.add(Movement.debt(Place.ISSUED, Place.OWED, paid));
    }
    if (tierPoints > 0) {
      movements.add(new Movement(Unit.TIER, null, Place.ISSUED, Place.COUNTED, tierPoints));
    }
    return entry(lot, Kind.POSTED, cause, points, tierPoints, at, movements);
  }

  /** They will not come. */
  static Entry cancelled(Lot lot, Cause cause, Instant at) {
    var expected = lot.in(Place.PENDING);
    return entry(
        lot,
        Kind.CANCELLED,
        cause,
        -expected,
        0,
        at,
        List.of(Movement.award(lot.id(), Place.PENDING, Place.CANCELLED, expected)));
  }

  /**
   * They came and are taken back, exactly those. What was spent of them, or is promised, is owed;
   * what expired is gone already, and does not come back.
   */
  static Entry reversed(Lot lot, Cause cause, long tierPoints, Instant at) {
    var movements = new ArrayList<Movement>();
    var available = lot.in(Place.AVAILABLE);
    var spent =
        lot.in(Place.HELD)
            + lot.in(Place.REDEEMED)
            + lot.in(Place.TRANSFERRED)
            + lot.in(Place.RECOVERED);
    add(movements, lot, Place.AVAILABLE, Place.REVERSED, available);
    add(movements, lot, Place.EXPIRED, Place.REVERSED, lot.in(Place.EXPIRED));
    if (spent > 0) {
      movements.add(Movement.debt(Place.OWED, Place.ISSUED, spent));
    }
    if (tierPoints > 0) {
      movements.add(new Movement(Unit.TIER, null, Place.COUNTED, Place.ISSUED, tierPoints));
    }
    return entry(lot, Kind.REVERSED, cause, -(available + spent), -tierPoints, at, movements);
  }

  private static void add(List<Movement> to, Lot lot, Place from, Place into, long points) {
    if (points > 0) {
      to.add(Movement.award(lot.id(), from, into, points));
    }
  }

  private static Entry entry(
      Lot lot,
      Kind kind,
      Cause cause,
      long points,
      long tierPoints,
      Instant at,
      List<Movement> movements) {
    return new Entry(
        UUID.randomUUID(),
        lot.member(),
        kind,
        cause,
        lot.id(),
        lot.rule(),
        points,
        tierPoints,
        at,
        movements);
  }
}
