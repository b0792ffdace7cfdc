package aero.contrail.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

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
   * The earning rates of a programme changed.
   *
   * @param rates percent of the flown miles, by booking class
   */
  @EventType("loyalty.EarningRatesFiled.v1")
  record EarningRatesFiled(
      String programme, LocalDate effectiveFrom, Map<String, Integer> rates, Instant at)
      implements LoyaltyEvent {

    public EarningRatesFiled {
      rates = Map.copyOf(rates);
    }

    /**
     * What a coupon earns.
     *
     * @param miles the distance that counts
     * @param percent the rate of its booking class
     * @return award points, rounded half up
     */
    public static int points(int miles, int percent) {
      return (miles * percent + 50) / 100;
    }

    @Override
    public String stream() {
      return "programme-" + programme;
    }
  }

  /** A ticket was sold that will earn points when it is flown. */
  @EventType("loyalty.AccrualForecast.v1")
  record AccrualForecast(Accrual accrual, int points, String rule, Instant at)
      implements OfAccrual {}

  /** The coupon was flown: the points can be spent. */
  @EventType("loyalty.PointsPosted.v1")
  record PointsPosted(Accrual accrual, int points, Instant at) implements OfAccrual {}

  /** The coupon will not be flown: the forecast is withdrawn. */
  @EventType("loyalty.AccrualCancelled.v1")
  record AccrualCancelled(Accrual accrual, int points, Instant at) implements OfAccrual {}

  /** Points that had been posted were taken back because their cause fell away. */
  @EventType("loyalty.PointsReversed.v1")
  record PointsReversed(Accrual accrual, int points, Instant at) implements OfAccrual {}
}
