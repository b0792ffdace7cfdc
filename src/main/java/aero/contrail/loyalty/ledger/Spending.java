package aero.contrail.loyalty.ledger;

import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.Entry.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How points are spent, and come back. Pure. */
final class Spending {

  private Spending() {}

  /**
   * The points to spend first, those that expire soonest.
   *
   * @return less than was asked for when there is no more
   */
  static List<Share> pick(Holdings member, long points) {
    var shares = new ArrayList<Share>();
    var left = points;
    for (var id : member.spendable()) {
      var taken = Math.min(left, member.lot(id).in(Place.AVAILABLE));
      if (taken > 0) {
        shares.add(new Share(id, taken));
        left -= taken;
      }
    }
    return shares;
  }

  /** What is left of a debt after points came back: they pay it first. */
  static List<Movement> back(List<Share> shares, Place from, long debt) {
    var movements = new ArrayList<Movement>();
    var owed = debt;
    for (var share : shares) {
      movements.add(Movement.award(share.lot(), from, Place.AVAILABLE, share.points()));
      var paid = Math.min(owed, share.points());
      if (paid > 0) {
        movements.add(Movement.award(share.lot(), Place.AVAILABLE, Place.RECOVERED, paid));
        movements.add(Movement.debt(Place.ISSUED, Place.OWED, paid));
        owed -= paid;
      }
    }
    return movements;
  }

  static List<Movement> move(List<Share> shares, Place from, Place to) {
    return shares.stream()
        .map(share -> Movement.award(share.lot(), from, to, share.points()))
        .toList();
  }

  static long sum(List<Share> shares) {
    return shares.stream().mapToLong(Share::points).sum();
  }

  /**
   * @param points that came, less than zero those that went
   */
  static Entry entry(
      MemberNumber member,
      Kind kind,
      Cause cause,
      long points,
      Instant at,
      List<Movement> movements) {
    return new Entry(UUID.randomUUID(), member, kind, cause, null, null, points, 0, at, movements);
  }
}
