package aero.contrail.loyalty.earning;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent.OfCoupons;
import aero.contrail.events.OrderEvent.OfIssue;
import aero.contrail.events.Ticket;
import aero.contrail.loyalty.award.AwardHolds;
import aero.contrail.loyalty.expiry.ExpiryPolicies;
import aero.contrail.loyalty.ledger.Books;
import aero.contrail.loyalty.ledger.Ledger;
import aero.contrail.loyalty.member.MemberChannels;
import aero.contrail.loyalty.member.MemberChannels.Acquaintance;
import aero.contrail.loyalty.tier.Tiers;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Hears of all coupons, and moves the points of those that members fly: a batch of facts reads
 * once, locks its members once and writes once.
 */
@Component
class PointsAccrual {

  static final String CONSUMER = "loyalty.accrual";

  private static final Logger LOG = LoggerFactory.getLogger(PointsAccrual.class);

  private final Ledger ledger;
  private final Coupons coupons;
  private final Tiers tiers;
  private final Programmes programmes;
  private final AwardHolds awards;
  private final ExpiryPolicies expiry;
  private final MemberChannels channels;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  PointsAccrual(
      Ledger ledger,
      Coupons coupons,
      Tiers tiers,
      Programmes programmes,
      AwardHolds awards,
      ExpiryPolicies expiry,
      MemberChannels channels,
      ApplicationEventPublisher events,
      Clock clock) {
    this.ledger = ledger;
    this.coupons = coupons;
    this.tiers = tiers;
    this.programmes = programmes;
    this.awards = awards;
    this.expiry = expiry;
    this.channels = channels;
    this.events = events;
    this.clock = clock;
  }

  @EventHandler(CONSUMER)
  void onCoupons(List<OfCoupons> batch) {
    var keys = batch.stream().flatMap(CouponAccounts::keys).distinct().toList();
    if (keys.isEmpty()) {
      return;
    }
    var known = coupons.lock(keys);
    var members =
        Stream.concat(
                issues(batch).flatMap(issue -> issue.tickets().stream()).map(Ticket::member),
                known.stream().map(Coupon::member))
            .flatMap(Stream::ofNullable)
            .distinct()
            .toList();
    var books = ledger.lock(members, known.stream().map(Coupon::cause).toList());
    var now = clock.instant();
    var standings = tiers.of(members);
    var paid = awards.paid(issues(batch).map(OfIssue::order).distinct().toList());
    var accounts =
        new CouponAccounts(
            programmes.earningRules(), standings, known, books, paid, expiry.rules(), now);
    batch.forEach(accounts::tell);
    if (!accounts.changed().isEmpty()) {
      warn(accounts.changed());
      coupons.save(accounts.changed());
      ledger.write(books, now);
      tiers.write(standings);
      meet(batch, books);
      accounts.facts().forEach(events::publishEvent);
    }
  }

  private static Stream<OfIssue> issues(List<OfCoupons> batch) {
    return batch.stream().filter(OfIssue.class::isInstance).map(OfIssue.class::cast);
  }

  /** Who sold to a member may see him. */
  private void meet(List<OfCoupons> batch, Books books) {
    var met =
        issues(batch)
            .flatMap(PointsAccrual::buyers)
            .filter(one -> books.has(one.member()))
            .toList();
    if (!met.isEmpty()) {
      channels.add(met);
    }
  }

  private static Stream<Acquaintance> buyers(OfIssue issue) {
    return issue.tickets().stream()
        .flatMap(ticket -> Stream.<MemberNumber>ofNullable(ticket.member()))
        .map(member -> new Acquaintance(member, issue.channel()));
  }

  /** Flown without a document is not silent: whoever flew it gets nothing for it. */
  private static void warn(Collection<Coupon> changed) {
    changed.stream()
        .filter(coupon -> coupon.trip() == null)
        .forEach(
            coupon ->
                LOG.error(
                    "Coupon {} of order {} is {}, but its document was never told of: it earns"
                        + " nothing until the order's skipped event is told again.",
                    coupon.cause().key(),
                    coupon.order(),
                    coupon.status()));
  }
}
