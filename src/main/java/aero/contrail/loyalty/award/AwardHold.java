package aero.contrail.loyalty.award;

import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.loyalty.ledger.Cause;
import aero.contrail.loyalty.ledger.Share;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Points that are kept, or were spent, for a payment of an order.
 *
 * @param channel that sold the order
 * @param until when they are let go, if the order has not taken them
 * @param shares whose points they are, in the order in which they were taken; they may be fewer
 *     than were spent, if the member owed the rest
 * @param returned how many came back
 */
record AwardHold(
    PaymentId payment,
    OrderId order,
    MemberNumber member,
    String channel,
    int points,
    Status status,
    Instant until,
    List<Share> shares,
    int returned) {

  enum Status {
    REFUSED,
    HELD,
    RELEASED,
    REDEEMED
  }

  AwardHold {
    shares = List.copyOf(shares);
  }

  AwardHold in(Status next) {
    return new AwardHold(payment, order, member, channel, points, next, until, shares, returned);
  }

  AwardHold held(List<Share> kept) {
    return new AwardHold(
        payment, order, member, channel, points, Status.HELD, until, kept, returned);
  }

  AwardHold redeemed(List<Share> spent) {
    return new AwardHold(
        payment, order, member, channel, points, Status.REDEEMED, until, spent, returned);
  }

  AwardHold returned(int more) {
    return new AwardHold(
        payment, order, member, channel, points, status, until, shares, returned + more);
  }

  Cause cause() {
    return Cause.of(payment, order, channel);
  }

  /**
   * Whose points come back next: those that were taken last first. They may be fewer, because some
   * were no lot's.
   */
  List<Share> back(int more) {
    var shares = new ArrayList<Share>();
    var skipped = (long) returned;
    var left = (long) more;
    for (var share : this.shares.reversed()) {
      var gone = Math.min(skipped, share.points());
      var back = Math.min(left, share.points() - gone);
      skipped -= gone;
      left -= back;
      if (back > 0) {
        shares.add(new Share(share.lot(), back));
      }
    }
    return shares;
  }
}
