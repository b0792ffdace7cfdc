package aero.contrail.loyalty.award;

import aero.contrail.events.LoyaltyEvent;
import aero.contrail.events.LoyaltyEvent.HoldRefusal;
import aero.contrail.events.LoyaltyEvent.PointsHeld;
import aero.contrail.events.LoyaltyEvent.PointsHoldRefused;
import aero.contrail.events.LoyaltyEvent.PointsHoldReleased;
import aero.contrail.events.LoyaltyEvent.PointsRedeemed;
import aero.contrail.events.LoyaltyEvent.PointsRedeposited;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent.OfPoints;
import aero.contrail.events.OrderEvent.PointsTenderRefunded;
import aero.contrail.events.OrderEvent.PointsTenderReleased;
import aero.contrail.events.OrderEvent.PointsTenderRequested;
import aero.contrail.events.OrderEvent.PointsTenderTaken;
import aero.contrail.events.PaymentId;
import aero.contrail.loyalty.award.AwardHold.Status;
import aero.contrail.loyalty.ledger.Books;
import aero.contrail.loyalty.ledger.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of points with what orders say of them: held, then spent or let go, given back when
 * what they paid is given up. Told twice, it ends the same. Does no I/O.
 */
final class AwardAccounts {

  private final Books books;
  private final Instant now;
  private final Instant until;
  private final @Nullable LocalDate lastUntil;
  private final BiPredicate<String, MemberNumber> knows;
  private final Set<String> returned;
  private final Map<PaymentId, AwardHold> holds = new LinkedHashMap<>();
  private final Map<PaymentId, AwardHold> changed = new LinkedHashMap<>();
  private final List<LoyaltyEvent> facts = new ArrayList<>();

  /**
   * @param books in which the members of all facts are, with their lots
   * @param known of the holds that facts are about
   * @param knows whether a channel enrolled a member: no other may spend his points
   * @param returned the keys of causes for which points came back already
   * @param holdTime for how long points are held at most
   * @param lastUntil until when points last at least that come back
   */
  AwardAccounts(
      Books books,
      Collection<AwardHold> known,
      BiPredicate<String, MemberNumber> knows,
      Set<String> returned,
      Instant now,
      Duration holdTime,
      @Nullable LocalDate lastUntil) {
    this.lastUntil = lastUntil;
    this.books = books;
    this.now = now;
    this.until = now.plus(holdTime);
    this.knows = knows;
    this.returned = returned;
    known.forEach(hold -> holds.put(hold.payment(), hold));
  }

  void tell(OfPoints fact) {
    switch (fact) {
      case PointsTenderRequested requested -> {
        if (!holds.containsKey(requested.payment())) {
          hold(requested);
        }
      }
      case PointsTenderReleased released -> let(released.payment());
      case PointsTenderTaken taken -> take(taken);
      case PointsTenderRefunded refunded -> giveBack(refunded);
    }
  }

  private void hold(PointsTenderRequested asked) {
    var member = asked.member();
    var fresh =
        new AwardHold(
            asked.payment(),
            asked.order(),
            member,
            asked.channel(),
            asked.points(),
            Status.REFUSED,
            until,
            List.of(),
            0);
    if (!books.has(member) || !knows.test(asked.channel(), member)) {
      refuse(fresh, HoldRefusal.UNKNOWN_MEMBER, 0);
      return;
    }
    var shares = books.hold(member, fresh.cause(), asked.points(), asked.at());
    if (shares.isEmpty()) {
      var available = books.balance(member).available();
      var missing = (int) Math.max(1, asked.points() - available);
      refuse(fresh, HoldRefusal.NOT_ENOUGH, missing);
      return;
    }
    save(fresh.held(shares));
    facts.add(new PointsHeld(member, asked.order(), asked.payment(), asked.points(), until, now));
  }

  private void refuse(AwardHold hold, HoldRefusal reason, int missing) {
    save(hold);
    facts.add(
        new PointsHoldRefused(hold.member(), hold.order(), hold.payment(), reason, missing, now));
  }

  /** Lets go of what is held for a payment, if anything is. */
  void let(PaymentId payment) {
    var hold = holds.get(payment);
    if (hold != null && hold.status() == Status.HELD) {
      books.release(hold.member(), hold.cause(), hold.shares(), now);
      save(hold.in(Status.RELEASED));
      facts.add(new PointsHoldReleased(hold.member(), hold.order(), payment, hold.points(), now));
    }
  }

  /** What was let go meanwhile is taken again; what is not there any more the member owes. */
  private void take(PointsTenderTaken taken) {
    var hold = holds.get(taken.payment());
    if (hold == null || hold.status() == Status.REDEEMED) {
      return;
    }
    var owedBefore = books.balance(hold.member()).debt();
    if (hold.status() == Status.HELD) {
      books.redeem(hold.member(), hold.cause(), hold.shares(), taken.at());
      save(hold.in(Status.REDEEMED));
    } else {
      save(hold.redeemed(books.spend(hold.member(), hold.cause(), hold.points(), taken.at())));
    }
    var owed = Math.toIntExact(books.balance(hold.member()).debt() - owedBefore);
    facts.add(
        new PointsRedeemed(hold.member(), hold.order(), hold.payment(), hold.points(), owed, now));
  }

  private void giveBack(PointsTenderRefunded refunded) {
    var hold = holds.get(refunded.payment());
    var points = refunded.points();
    if (hold == null || points == 0 || returned.contains(causeOf(refunded, hold).key())) {
      return;
    }
    var shares = hold.back(points);
    var beyond = points - shares.stream().mapToLong(share -> share.points()).sum();
    books.redeposit(
        hold.member(), causeOf(refunded, hold), shares, beyond, lastUntil, refunded.at());
    save(hold.returned(points));
    facts.add(new PointsRedeposited(hold.member(), hold.order(), hold.payment(), points, now));
  }

  private static Cause causeOf(PointsTenderRefunded refunded, AwardHold hold) {
    return hold.cause().part(refunded.refund());
  }

  private void save(AwardHold hold) {
    holds.put(hold.payment(), hold);
    changed.put(hold.payment(), hold);
  }

  Collection<AwardHold> changed() {
    return changed.values();
  }

  List<LoyaltyEvent> facts() {
    return facts;
  }
}
