package aero.contrail.loyalty;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.LoyaltyEvent;
import aero.contrail.events.LoyaltyEvent.Accrual;
import aero.contrail.events.LoyaltyEvent.AccrualCancelled;
import aero.contrail.events.LoyaltyEvent.AccrualForecast;
import aero.contrail.events.LoyaltyEvent.PointsPosted;
import aero.contrail.events.LoyaltyEvent.PointsReversed;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponsFlown;
import aero.contrail.events.OrderEvent.CouponsRefunded;
import aero.contrail.events.OrderEvent.CouponsVoided;
import aero.contrail.events.OrderEvent.OfExchange;
import aero.contrail.events.OrderEvent.Ticketed;
import aero.contrail.events.OrderId;
import aero.contrail.events.Ticket;
import aero.contrail.loyalty.Ledger.Coupon;
import aero.contrail.loyalty.Ledger.Lot;
import aero.contrail.loyalty.Ledger.LotStatus;
import aero.contrail.loyalty.Ledger.Movement;
import aero.contrail.loyalty.Ledger.Posting;
import aero.contrail.loyalty.MemberChannels.Acquaintance;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Moves points with what becomes of coupons: forecast when sold, posted when flown, taken back when
 * given up. A coupon earns once: a unique key sees to it, whatever is told twice.
 */
@Component
class PointsAccrual {

  static final String CONSUMER = "loyalty.accrual";

  private final Members members;
  private final Ledger ledger;
  private final Programmes programmes;
  private final MemberChannels channels;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  PointsAccrual(
      Members members,
      Ledger ledger,
      Programmes programmes,
      MemberChannels channels,
      ApplicationEventPublisher events,
      Clock clock) {
    this.members = members;
    this.ledger = ledger;
    this.programmes = programmes;
    this.channels = channels;
    this.events = events;
    this.clock = clock;
  }

  /** Documents that somebody has now. */
  private record Issue(OrderId order, String channel, List<Ticket> tickets, Instant at) {}

  @EventHandler(CONSUMER)
  void onTicketed(List<Ticketed> batch) {
    forecast(
        batch.stream().map(t -> new Issue(t.order(), t.channel(), t.tickets(), t.at())).toList());
  }

  /** What is to be flown instead earns; what is not flown does not. */
  @EventHandler(CONSUMER)
  void onExchanged(List<OfExchange> batch) {
    var coupons = new HashMap<Coupon, Instant>();
    batch.forEach(exchange -> put(coupons, exchange.exchanged(), exchange.at()));
    giveBack(coupons);
    forecast(
        batch.stream().map(t -> new Issue(t.order(), t.channel(), t.tickets(), t.at())).toList());
  }

  private void forecast(List<Issue> batch) {
    var rules = programmes.rules();
    var wanted = new ArrayList<Lot>();
    var sold = new HashMap<UUID, Instant>();
    var met = new ArrayList<Acquaintance>();
    var known = lockMembers(batch);
    for (var issue : batch) {
      for (var ticket : issue.tickets()) {
        var member = ticket.member();
        if (member == null || !known.contains(member.value())) {
          continue; // nobody of ours: sold all the same, earns nothing
        }
        met.add(new Acquaintance(member, issue.channel()));
        for (var coupon : ticket.coupons()) {
          var earned =
              rules.earned(coupon.fareClass(), coupon.miles(), coupon.flight().departureDate());
          var lot =
              new Lot(
                  UUID.randomUUID(),
                  new Accrual(member, issue.order(), ticket.number(), coupon.flight()),
                  coupon.miles(),
                  earned.points(),
                  earned.rule(),
                  LotStatus.PENDING);
          wanted.add(lot);
          sold.put(lot.id(), issue.at());
        }
      }
    }
    if (!wanted.isEmpty()) {
      channels.add(met);
      post(
          ledger.open(wanted).stream()
              .map(
                  lot ->
                      new Posting(
                          lot, Movement.FORECAST, sold.getOrDefault(lot.id(), clock.instant())))
              .toList());
    }
  }

  @EventHandler(CONSUMER)
  void onFlown(List<CouponsFlown> batch) {
    var coupons = new HashMap<Coupon, Instant>();
    for (var flown : batch) {
      flown.tickets().forEach(t -> coupons.put(new Coupon(t, flown.flight()), flown.at()));
    }
    move(coupons, Map.of(LotStatus.PENDING, Movement.POSTED));
  }

  @EventHandler(CONSUMER)
  void onVoided(List<CouponsVoided> batch) {
    var coupons = new HashMap<Coupon, Instant>();
    batch.forEach(voided -> put(coupons, voided.coupons(), voided.at()));
    giveBack(coupons);
  }

  @EventHandler(CONSUMER)
  void onRefunded(List<CouponsRefunded> batch) {
    var coupons = new HashMap<Coupon, Instant>();
    batch.forEach(refunded -> put(coupons, refunded.coupons(), refunded.at()));
    giveBack(coupons);
  }

  private void giveBack(Map<Coupon, Instant> coupons) {
    move(
        coupons,
        Map.of(LotStatus.PENDING, Movement.CANCELLED, LotStatus.ACTIVE, Movement.REVERSED));
  }

  private static void put(Map<Coupon, Instant> coupons, Collection<CouponRef> refs, Instant at) {
    refs.forEach(ref -> coupons.put(new Coupon(ref.ticket(), ref.flight()), at));
  }

  /** Moves the lots of coupons on; a lot that is not where a move starts from stays. */
  private void move(Map<Coupon, Instant> coupons, Map<LotStatus, Movement> moves) {
    var owners =
        ledger.find(List.copyOf(coupons.keySet())).stream()
            .map(lot -> lot.accrual().member().value())
            .distinct()
            .toList();
    if (owners.isEmpty()) {
      return;
    }
    members.lock(owners);
    // Read again: only now nobody else moves them.
    var postings = new ArrayList<Posting>();
    for (var lot : ledger.find(List.copyOf(coupons.keySet()))) {
      var move = moves.get(lot.status());
      var coupon = new Coupon(lot.accrual().ticket(), lot.accrual().flight());
      if (move != null) {
        postings.add(new Posting(lot, move, coupons.getOrDefault(coupon, clock.instant())));
      }
    }
    post(postings);
  }

  private void post(List<Posting> postings) {
    var now = clock.instant();
    ledger.post(postings, now);
    postings.forEach(posting -> events.publishEvent(fact(posting, now)));
  }

  private static LoyaltyEvent fact(Posting posting, Instant now) {
    var accrual = posting.lot().accrual();
    var points = posting.lot().points();
    return switch (posting.movement()) {
      case FORECAST -> new AccrualForecast(accrual, points, posting.lot().rule(), now);
      case POSTED -> new PointsPosted(accrual, points, now);
      case CANCELLED -> new AccrualCancelled(accrual, points, now);
      case REVERSED -> new PointsReversed(accrual, points, now);
    };
  }

  private Collection<String> lockMembers(List<Issue> batch) {
    var numbers =
        batch.stream()
            .flatMap(issue -> issue.tickets().stream())
            .flatMap(ticket -> Stream.ofNullable(ticket.member()))
            .map(Objects::toString)
            .distinct()
            .toList();
    return numbers.isEmpty() ? List.of() : members.lock(numbers);
  }
}
