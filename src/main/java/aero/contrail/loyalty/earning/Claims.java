package aero.contrail.loyalty.earning;

import aero.contrail.events.FlightId;
import aero.contrail.events.LoyaltyEvent.PointsPosted;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.TicketNumber;
import aero.contrail.loyalty.earning.Claim.Refusal;
import aero.contrail.loyalty.expiry.ExpiryPolicies;
import aero.contrail.loyalty.ledger.Ledger;
import aero.contrail.loyalty.programme.ProgrammeDay;
import aero.contrail.loyalty.tier.Tiers;
import aero.contrail.web.security.Caller;
import java.time.Clock;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Flights that members miss in their accounts, within the caller's transaction. */
@Component
class Claims {

  private static final String INSERT =
      """
      insert into loyalty.claim (id, member_number, ticket, flight_id, refusal, points, decided_at)
      values (:id, :member, :ticket, :flight, :refusal, :points, :at)
      """;

  private final Coupons coupons;
  private final Ledger ledger;
  private final Tiers tiers;
  private final Programmes programmes;
  private final ExpiryPolicies expiry;
  private final ApplicationEventPublisher events;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final Period within;

  /**
   * @param within how long after the day of travel a flight can be claimed
   */
  Claims(
      Coupons coupons,
      Ledger ledger,
      Tiers tiers,
      Programmes programmes,
      ExpiryPolicies expiry,
      ApplicationEventPublisher events,
      JdbcClient jdbc,
      Clock clock,
      @Value("${contrail.loyalty.claim-within:P1Y}") Period within) {
    this.coupons = coupons;
    this.ledger = ledger;
    this.tiers = tiers;
    this.programmes = programmes;
    this.expiry = expiry;
    this.events = events;
    this.jdbc = jdbc;
    this.clock = clock;
    this.within = within;
  }

  /** Decides one at once, by what is known of the coupon; whoever has its points keeps them. */
  Claim claim(MemberNumber member, TicketNumber ticket, FlightId flight, Caller caller) {
    var key = new Coupon.Key(ticket, flight);
    var now = clock.instant();
    var known =
        coupons.lock(List.of(key)).stream().filter(coupon -> mayClaim(coupon, caller)).toList();
    var books = ledger.lock(List.of(member), known.stream().map(Coupon::cause).toList());
    var standings = tiers.of(List.of(member));
    var accounts =
        new CouponAccounts(
            programmes.earningRules(), standings, known, books, Set.of(), expiry.rules(), now);
    var refusal = isTooLate(flight) ? Refusal.TOO_LATE : accounts.claim(key, member);
    coupons.save(accounts.changed());
    ledger.write(books, now);
    tiers.write(standings);
    accounts.facts().forEach(events::publishEvent);
    var points =
        accounts.facts().stream()
            .filter(PointsPosted.class::isInstance)
            .mapToInt(fact -> ((PointsPosted) fact).points())
            .sum();
    return kept(new Claim(UUID.randomUUID(), member, ticket, flight, refusal, points, now));
  }

  /** A ticket's number alone is no proof: who sold it knows who flew. */
  private static boolean mayClaim(Coupon coupon, Caller caller) {
    var trip = coupon.trip();
    return trip != null
        && (caller.staff() || (trip.channel() != null && caller.mayKnow(trip.channel())));
  }

  private boolean isTooLate(FlightId flight) {
    var today = ProgrammeDay.of(clock.instant());
    return flight.departureDate().plus(within).isBefore(today);
  }

  private Claim kept(Claim claim) {
    jdbc.sql(INSERT)
        .param("id", claim.id())
        .param("member", claim.member().value())
        .param("ticket", claim.ticket().value())
        .param("flight", claim.flight().value())
        .param("refusal", name(claim.refusal()))
        .param("points", claim.points())
        .param("at", claim.at().atOffset(ZoneOffset.UTC))
        .update();
    return claim;
  }

  private static @Nullable String name(@Nullable Refusal refusal) {
    return refusal == null ? null : refusal.name();
  }
}
