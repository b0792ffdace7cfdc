package aero.contrail.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can happen to members and their points. Written by the loyalty context alone. */
public sealed interface LoyaltyEvent extends DomainEvent {

  /** About a member; its stream is the member. */
  sealed interface OfMember extends LoyaltyEvent {
    MemberNumber member();

    @Override
    default String stream() {
      return "member-" + member();
    }
  }

  /** About points that a coupon of an order brings. */
  sealed interface OfAccrual extends OfMember {
    Accrual accrual();

    /** Award points, never negative. */
    int points();

    @Override
    default MemberNumber member() {
      return accrual().member();
    }

    @Override
    default String subject() {
      return "order-" + accrual().order();
    }
  }

  /** What points are for: a member's coupon. Unique for ever. */
  record Accrual(MemberNumber member, OrderId order, TicketNumber ticket, FlightId flight) {}

  /** Somebody joined the programme. */
  @EventType("loyalty.MemberEnrolled.v1")
  record MemberEnrolled(MemberNumber member, Instant at) implements OfMember {}

  /**
   * What coupons earn: miles × the rate of their class. A class without a rate earns nothing.
   *
   * @param rates percent of the miles, by booking class
   * @param minimum award points of a coupon that earns, for tiers with a bonus
   * @param bonuses percent of the award points that a tier has more, by its code
   * @param infants whether who travels on a lap earns
   */
  record EarningTable(
      Map<String, Integer> rates, int minimum, Map<String, Integer> bonuses, boolean infants) {

    /** The code of having no tier. */
    public static final String NO_TIER = "BASE";

    public EarningTable {
      rates = Map.copyOf(rates);
      bonuses = Map.copyOf(bonuses);
    }

    /** Rates alone. */
    public static EarningTable of(Map<String, Integer> rates) {
      return new EarningTable(rates, 0, Map.of(), false);
    }

    /**
     * What one coupon earns, rounded half up. The bonus is on award points alone.
     *
     * @param miles the distance that counts
     * @param type null when it is not known
     * @param tier the member's, on the day of travel
     */
    public Earned earned(String fareClass, int miles, @Nullable PassengerType type, String tier) {
      var base = percent(miles, rates.getOrDefault(fareClass, 0));
      if (base == 0 || (type == PassengerType.INFANT && !infants)) {
        return new Earned(0, 0);
      }
      var bonus = bonuses.get(tier);
      if (bonus == null) {
        return new Earned(base, base);
      }
      var least = Math.max(base, minimum);
      return new Earned(least + percent(least, bonus), least);
    }

    private static int percent(int of, int percent) {
      return (of * percent + 50) / 100;
    }
  }

  /** Points of a coupon: to spend, and for the tier. */
  record Earned(int points, int tierPoints) {}

  /** What coupons earn changes for those who travel from a day on, until a later version. */
  @EventType("loyalty.EarningRatesFiled.v2")
  record EarningRatesFiled(
      String programme, LocalDate effectiveFrom, EarningTable table, Instant at)
      implements LoyaltyEvent {

    @Override
    public String stream() {
      return "programme-" + programme;
    }
  }

  /** A ticket was sold that will earn points when it is flown. */
  @EventType("loyalty.AccrualForecast.v1")
  record AccrualForecast(Accrual accrual, int points, String rule, Instant at)
      implements OfAccrual {}

  /**
   * The coupon was flown: the points can be spent.
   *
   * @param rule the version of the rules that decided them, those of the day of travel
   */
  @EventType("loyalty.PointsPosted.v2")
  record PointsPosted(Accrual accrual, int points, int tierPoints, String rule, Instant at)
      implements OfAccrual {}

  /** The coupon will not be flown: the forecast is withdrawn. */
  @EventType("loyalty.AccrualCancelled.v1")
  record AccrualCancelled(Accrual accrual, int points, Instant at) implements OfAccrual {}

  /** Points that had been posted were taken back because their cause fell away. */
  @EventType("loyalty.PointsReversed.v2")
  record PointsReversed(Accrual accrual, int points, int tierPoints, Instant at)
      implements OfAccrual {}

  /** Of points that were taken back some were spent already: the member owes them. */
  @EventType("loyalty.PointsDebtIncurred.v1")
  record PointsDebtIncurred(Accrual accrual, int points, Instant at) implements OfAccrual {}

  /** Points paid what the member owed, as soon as they were posted. */
  @EventType("loyalty.PointsDebtRecovered.v1")
  record PointsDebtRecovered(Accrual accrual, int points, Instant at) implements OfAccrual {}

  /** A member's tier changed, or lasts longer. */
  sealed interface OfTier extends OfMember {

    /** The code of the tier. */
    String tier();

    /** How many tiers there are up to it; 0 is having none. */
    int rank();

    /** The last day on which he has it; null for none. */
    @Nullable LocalDate until();
  }

  /** A member reached a higher tier. */
  @EventType("loyalty.TierUpgraded.v1")
  record TierUpgraded(MemberNumber member, String tier, int rank, LocalDate until, Instant at)
      implements OfTier {}

  /** A member reached the tier that he has again: it lasts longer. */
  @EventType("loyalty.TierRequalified.v1")
  record TierRequalified(MemberNumber member, String tier, int rank, LocalDate until, Instant at)
      implements OfTier {}

  /** A member did not keep his tier, or what it was for was taken back. */
  @EventType("loyalty.TierDowngraded.v1")
  record TierDowngraded(
      MemberNumber member, String tier, int rank, @Nullable LocalDate until, Instant at)
      implements OfTier {}

  /**
   * What flights cost in points instead of their fare, by how far they go.
   *
   * @param bands by distance, the shortest first
   */
  record AwardChart(List<Band> bands) {

    public AwardChart {
      bands = List.copyOf(bands);
    }

    /**
     * Flights of up to some miles.
     *
     * @param points for one passenger, by booking class; a class that is not there is not to be had
     */
    public record Band(int miles, Map<String, Integer> points) {

      public Band {
        points = Map.copyOf(points);
      }
    }

    /** What a flight costs a passenger; null when it is not to be had for points. */
    public @Nullable Integer cost(String fareClass, int miles) {
      return bands.stream()
          .filter(band -> miles <= band.miles)
          .findFirst()
          .map(band -> band.points.get(fareClass))
          .orElse(null);
    }
  }

  /** What flights cost in points changes for those that leave from a day on. */
  @EventType("loyalty.AwardChartFiled.v1")
  record AwardChartFiled(String programme, LocalDate effectiveFrom, AwardChart chart, Instant at)
      implements LoyaltyEvent {

    @Override
    public String stream() {
      return "programme-" + programme;
    }
  }

  /** About points that pay for an order. */
  sealed interface OfAward extends OfMember {
    OrderId order();

    PaymentId payment();

    @Override
    default String subject() {
      return "order-" + order();
    }
  }

  /**
   * Points are kept for an order: nobody else can spend them, until it takes them or time is up.
   */
  @EventType("loyalty.PointsHeld.v1")
  record PointsHeld(
      MemberNumber member, OrderId order, PaymentId payment, int points, Instant until, Instant at)
      implements OfAward {}

  /** Why points are not held. */
  enum HoldRefusal {
    UNKNOWN_MEMBER,
    NOT_ENOUGH
  }

  /**
   * Points are not held.
   *
   * @param missing how many the member has too few
   */
  @EventType("loyalty.PointsHoldRefused.v1")
  record PointsHoldRefused(
      MemberNumber member,
      OrderId order,
      PaymentId payment,
      HoldRefusal reason,
      int missing,
      Instant at)
      implements OfAward {}

  /** Points that were held can be spent again. */
  @EventType("loyalty.PointsHoldReleased.v1")
  record PointsHoldReleased(
      MemberNumber member, OrderId order, PaymentId payment, int points, Instant at)
      implements OfAward {}

  /**
   * Points are spent.
   *
   * @param owed so many of them were not there any more: the member owes them
   */
  @EventType("loyalty.PointsRedeemed.v1")
  record PointsRedeemed(
      MemberNumber member, OrderId order, PaymentId payment, int points, int owed, Instant at)
      implements OfAward {}

  /** Points that were spent came back. */
  @EventType("loyalty.PointsRedeposited.v1")
  record PointsRedeposited(
      MemberNumber member, OrderId order, PaymentId payment, int points, Instant at)
      implements OfAward {}

  /** Points are over: nobody spent them in time. */
  @EventType("loyalty.PointsExpired.v1")
  record PointsExpired(MemberNumber member, long points, Instant at) implements OfMember {}

  /** Points that had expired can be spent again. */
  @EventType("loyalty.PointsReinstated.v1")
  record PointsReinstated(MemberNumber member, long points, Instant at) implements OfMember {}

  /**
   * The staff gave points, or took some.
   *
   * @param points less than zero when they were taken
   */
  @EventType("loyalty.PointsAdjusted.v1")
  record PointsAdjusted(MemberNumber member, int points, String reason, Instant at)
      implements OfMember {}

  /** A member gave points to another. */
  @EventType("loyalty.PointsTransferred.v1")
  record PointsTransferred(MemberNumber member, MemberNumber to, int points, Instant at)
      implements OfMember {}
}
