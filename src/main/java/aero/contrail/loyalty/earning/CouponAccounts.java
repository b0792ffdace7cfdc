package aero.contrail.loyalty.earning;

import aero.contrail.events.LoyaltyEvent;
import aero.contrail.events.LoyaltyEvent.Accrual;
import aero.contrail.events.LoyaltyEvent.AccrualCancelled;
import aero.contrail.events.LoyaltyEvent.AccrualForecast;
import aero.contrail.events.LoyaltyEvent.PointsDebtIncurred;
import aero.contrail.events.LoyaltyEvent.PointsDebtRecovered;
import aero.contrail.events.LoyaltyEvent.PointsPosted;
import aero.contrail.events.LoyaltyEvent.PointsReversed;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.CouponStatusChanged;
import aero.contrail.events.OrderEvent.CouponsFlown;
import aero.contrail.events.OrderEvent.CouponsRefunded;
import aero.contrail.events.OrderEvent.CouponsVoided;
import aero.contrail.events.OrderEvent.OfCoupons;
import aero.contrail.events.OrderEvent.OfExchange;
import aero.contrail.events.OrderEvent.OfIssue;
import aero.contrail.events.OrderEvent.Ticketed;
import aero.contrail.events.OrderId;
import aero.contrail.events.Ticket;
import aero.contrail.loyalty.earning.Coupon.Status;
import aero.contrail.loyalty.earning.Coupon.Trip;
import aero.contrail.loyalty.expiry.ExpiryRules;
import aero.contrail.loyalty.ledger.Books;
import aero.contrail.loyalty.ledger.Entry;
import aero.contrail.loyalty.tier.TierAccounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of points with what becomes of coupons: forecast when sold, posted when flown, taken
 * back when given up. Told in another order, or twice, it ends the same. Does no I/O.
 */
final class CouponAccounts {

  private final EarningRules rules;
  private final TierAccounts tiers;
  private final Books books;
  private final Set<OrderId> awards;
  private final ExpiryRules expiry;
  private final Instant now;
  private final Map<Coupon.Key, Coupon> coupons = new LinkedHashMap<>();
  private final Map<Coupon.Key, Coupon> changed = new LinkedHashMap<>();
  private final List<LoyaltyEvent> facts = new ArrayList<>();

  /**
   * @param known of the coupons that facts are about
   * @param books in which the members of all these coupons are
   * @param awards the orders that points pay for
   */
  CouponAccounts(
      EarningRules rules,
      TierAccounts tiers,
      Collection<Coupon> known,
      Books books,
      Set<OrderId> awards,
      ExpiryRules expiry,
      Instant now) {
    this.rules = rules;
    this.tiers = tiers;
    this.books = books;
    this.awards = awards;
    this.expiry = expiry;
    this.now = now;
    known.forEach(coupon -> coupons.put(coupon.key(), coupon));
  }

  /** The coupons that a fact is about. */
  static Stream<Coupon.Key> keys(OfCoupons fact) {
    return switch (fact) {
      case Ticketed ticketed -> keys(ticketed.tickets());
      case OfExchange exchange ->
          Stream.concat(keysOf(exchange.exchanged()), keys(exchange.tickets()));
      case CouponsFlown flown ->
          flown.tickets().stream().map(t -> new Coupon.Key(t, flown.flight()));
      case CouponsVoided voided -> keysOf(voided.coupons());
      case CouponsRefunded refunded -> keysOf(refunded.coupons());
      case CouponStatusChanged changed ->
          changed.to() == CouponStatus.S ? keysOf(List.of(changed.coupon())) : Stream.of();
    };
  }

  private static Stream<Coupon.Key> keys(List<Ticket> tickets) {
    return tickets.stream()
        .flatMap(
            t -> t.coupons().stream().map(coupon -> new Coupon.Key(t.number(), coupon.flight())));
  }

  private static Stream<Coupon.Key> keysOf(List<CouponRef> refs) {
    return refs.stream().map(ref -> new Coupon.Key(ref.ticket(), ref.flight()));
  }

  void tell(OfCoupons fact) {
    switch (fact) {
      case Ticketed ticketed -> sold(ticketed);
      case OfExchange exchange -> {
        keysOf(exchange.exchanged()).forEach(key -> givenUp(key, fact));
        sold(exchange);
      }
      case CouponsFlown flown -> keys(flown).forEach(key -> flown(key, flown));
      case CouponsVoided voided -> keys(voided).forEach(key -> givenUp(key, voided));
      case CouponsRefunded refunded -> keys(refunded).forEach(key -> givenUp(key, refunded));
      case CouponStatusChanged changed -> keys(changed).forEach(key -> suspended(key, changed));
    }
  }

  private void sold(OfIssue fact) {
    for (var ticket : fact.tickets()) {
      var member = ticket.member();
      var ours = member != null && books.has(member) ? member : null;
      for (var each : ticket.coupons()) {
        var key = new Coupon.Key(ticket.number(), each.flight());
        var before = coupons.getOrDefault(key, Coupon.unknown(key, fact.order()));
        if (before.trip() == null) {
          var trip =
              new Trip(
                  fact.channel(),
                  ticket.type(),
                  each.fareClass(),
                  each.miles(),
                  awards.contains(fact.order()));
          sold(before.sold(ours, trip), fact.at());
        }
      }
    }
  }

  private void sold(Coupon coupon, Instant at) {
    save(coupon);
    switch (coupon.status()) {
      case SOLD -> forecast(coupon, at);
      case FLOWN -> post(coupon, at);
      case GIVEN_UP -> {}
    }
  }

  private void flown(Coupon.Key key, CouponsFlown fact) {
    var coupon = coupon(key, fact.order());
    if (coupon.status() == Status.SOLD) {
      var flown = coupon.in(Status.FLOWN, 0);
      save(flown);
      post(flown, fact.at());
    }
  }

  /**
   * He did not come: the points are not expected any more. They are posted if he flies after all.
   */
  private void suspended(Coupon.Key key, OrderEvent fact) {
    var coupon = coupon(key, fact.order());
    if (coupon.status() == Status.SOLD && coupon.member() != null) {
      save(coupon);
      takeBack(coupon.member(), coupon, fact.at());
    }
  }

  /**
   * A flight that somebody flew without saying who he is.
   *
   * @return why it brings nothing; null when its points are posted
   */
  Claim.@Nullable Refusal claim(Coupon.Key key, MemberNumber claimant) {
    var coupon = coupons.get(key);
    if (coupon == null || coupon.trip() == null) {
      return Claim.Refusal.UNKNOWN_COUPON;
    }
    if (coupon.member() != null) {
      return Claim.Refusal.CREDITED;
    }
    if (coupon.status() != Status.FLOWN) {
      return Claim.Refusal.NOT_FLOWN;
    }
    var claimed = coupon.sold(claimant, coupon.trip());
    var before = facts.size();
    post(claimed, now);
    return facts.size() > before ? null : Claim.Refusal.EARNS_NOTHING;
  }

  private void givenUp(Coupon.Key key, OrderEvent fact) {
    var coupon = coupon(key, fact.order());
    if (coupon.status() == Status.GIVEN_UP) {
      return;
    }
    save(coupon.in(Status.GIVEN_UP, 0));
    var member = coupon.member();
    if (member == null) {
      return;
    }
    tiers.count(member, key.flight().departureDate(), -coupon.tierPoints(), -1);
    takeBack(member, coupon, fact.at());
  }

  private void takeBack(MemberNumber member, Coupon coupon, Instant at) {
    var posted = coupon.status() == Status.FLOWN;
    var owedBefore = books.balance(member).debt();
    books
        .takeBack(member, coupon.cause(), posted, coupon.tierPoints(), at)
        .ifPresent(
            entry -> {
              var accrual = accrual(member, coupon);
              var points = (int) -entry.points();
              facts.add(
                  posted
                      ? new PointsReversed(accrual, points, (int) coupon.tierPoints(), now)
                      : new AccrualCancelled(accrual, points, now));
              var owed = (int) (books.balance(member).debt() - owedBefore);
              if (owed > 0) {
                facts.add(new PointsDebtIncurred(accrual, owed, now));
              }
            });
  }

  private void forecast(Coupon coupon, Instant at) {
    var member = coupon.member();
    if (member != null && coupon.trip() != null && !coupon.trip().award()) {
      var decided = decide(member, coupon.key(), coupon.trip());
      books
          .forecast(member, coupon.cause(), decided.rule(), decided.earned().points(), at)
          .ifPresent(
              entry ->
                  facts.add(
                      new AccrualForecast(
                          accrual(member, coupon), (int) entry.points(), decided.rule(), now)));
    }
  }

  /** By the rules as they are filed now, for the day of travel; the forecast is a forecast. */
  private void post(Coupon coupon, Instant at) {
    var member = coupon.member();
    if (member != null && coupon.trip() != null && !coupon.trip().award()) {
      var decided = decide(member, coupon.key(), coupon.trip());
      var earned = decided.earned();
      var owed = books.balance(member).debt();
      books
          .post(
              member,
              coupon.cause(),
              decided.rule(),
              earned.points(),
              earned.tierPoints(),
              expiry.expiresOn(coupon.key().flight().departureDate()),
              at)
          .ifPresent(entry -> posted(member, coupon, entry, decided.rule(), owed));
    }
  }

  private void posted(
      MemberNumber member, Coupon coupon, Entry entry, String rule, long owedBefore) {
    save(coupon.in(Status.FLOWN, entry.tierPoints()));
    tiers.count(member, coupon.key().flight().departureDate(), entry.tierPoints(), 1);
    var accrual = accrual(member, coupon);
    facts.add(new PointsPosted(accrual, (int) entry.points(), (int) entry.tierPoints(), rule, now));
    var recovered = (int) (owedBefore - books.balance(member).debt());
    if (recovered > 0) {
      facts.add(new PointsDebtRecovered(accrual, recovered, now));
    }
  }

  private EarningRules.Decided decide(MemberNumber member, Coupon.Key key, Trip trip) {
    var day = key.flight().departureDate();
    return rules.decide(trip.fareClass(), trip.miles(), trip.type(), tiers.tier(member, day), day);
  }

  private Coupon coupon(Coupon.Key key, OrderId order) {
    var known = coupons.get(key);
    return known == null ? Coupon.unknown(key, order) : known.of(order);
  }

  private void save(Coupon coupon) {
    coupons.put(coupon.key(), coupon);
    changed.put(coupon.key(), coupon);
  }

  private static Accrual accrual(MemberNumber member, Coupon coupon) {
    return new Accrual(member, coupon.order(), coupon.key().ticket(), coupon.key().flight());
  }

  Collection<Coupon> changed() {
    return changed.values();
  }

  List<LoyaltyEvent> facts() {
    return facts;
  }
}
