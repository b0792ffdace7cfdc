package aero.contrail.loyalty.ledger;

import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.Entry.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

  /**
   * Points that come back: to their lots, or where those are over too soon to a new one that lasts.
   * What the member owes is paid first.
   *
   * @param beyond points of no lot
   * @param movements to which is added what moves
   * @param open takes the new lot
   */
  static List<Share> giveBack(
      Holdings member,
      Cause cause,
      List<Share> shares,
      long beyond,
      Place from,
      @Nullable LocalDate lastUntil,
      List<Movement> movements,
      Consumer<Lot> open) {
    var all = new ArrayList<Share>();
    var fresh = beyond;
    var debt = member.balance().debt();
    for (var share : shares) {
      if (lastUntil != null && member.lot(share.lot()).isOver(lastUntil.minusDays(1))) {
        movements.add(Movement.award(share.lot(), from, Place.TRANSFERRED, share.points()));
        fresh += share.points();
      } else {
        all.add(share);
        movements.addAll(back(List.of(share), from, debt));
        debt = Math.max(0, debt - share.points());
      }
    }
    if (fresh > 0) {
      var lot = Lot.of(member.member(), cause, lastUntil, "");
      open.accept(lot);
      var share = new Share(lot.id(), fresh);
      all.add(share);
      movements.addAll(back(List.of(share), Place.ISSUED, debt));
    }
    return all;
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
