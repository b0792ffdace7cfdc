package aero.contrail.order.payment;

import aero.contrail.events.LoyaltyEvent.HoldRefusal;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.PaymentId;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A member's points that pay the fares of an order; a card pays the rest.
 *
 * @param worth what they pay
 * @param card the payment of the rest
 * @param refusal why they were not held; null unless that happened
 */
public record PointsTender(
    PaymentId payment,
    MemberNumber member,
    int points,
    Money worth,
    PaymentId card,
    Status status,
    @Nullable HoldRefusal refusal) {

  /** How far it is. */
  public enum Status {
    REQUESTED,
    HELD,
    REFUSED,
    RELEASED,
    TAKEN
  }

  /** Whether the points may still pay. */
  public boolean isLive() {
    return status == Status.REQUESTED || status == Status.HELD;
  }

  /** Whether the points have paid. */
  public boolean isTaken() {
    return status == Status.TAKEN;
  }

  public PointsTender in(Status next) {
    return new PointsTender(payment, member, points, worth, card, next, refusal);
  }

  public PointsTender refused(HoldRefusal reason) {
    return new PointsTender(payment, member, points, worth, card, Status.REFUSED, reason);
  }

  /**
   * The points that go back with some of what they paid, so that all go back with all of it.
   *
   * @param before what went back earlier
   */
  public int points(Money before, Money refund) {
    return share(before.plus(refund)) - share(before);
  }

  private int share(Money part) {
    return Math.toIntExact(
        Math.multiplyExact(points, part.getAmountMinorLong()) / worth.getAmountMinorLong());
  }
}
