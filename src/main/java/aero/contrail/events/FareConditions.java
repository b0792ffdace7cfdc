package aero.contrail.events;

import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What may be done with a ticket after it is sold. Penalties are for one passenger and the whole
 * itinerary, and never exceed the fare.
 *
 * @param noShow what is left to who does not come; null when nothing was said of it: all is
 */
public record FareConditions(
    boolean refundable,
    Money refundPenalty,
    boolean changeable,
    Money changePenalty,
    @Nullable NoShow noShow) {

  /**
   * What is left to who does not come.
   *
   * @param keepsOnward whether his space on later flights stays his
   * @param penalty what a refund or a change costs then, on top of its own penalty
   */
  public record NoShow(boolean keepsOnward, Money penalty) {

    private NoShow strictest(@Nullable NoShow other) {
      return other == null
          ? this
          : new NoShow(keepsOnward && other.keepsOnward, greater(penalty, other.penalty));
    }
  }

  /** Conditions that say nothing of who does not come. */
  public FareConditions(
      boolean refundable, Money refundPenalty, boolean changeable, Money changePenalty) {
    this(refundable, refundPenalty, changeable, changePenalty, null);
  }

  /** Whether who does not come loses his space on later flights. */
  public boolean losesOnward() {
    return noShow != null && !noShow.keepsOnward;
  }

  /** What a refund or a change costs who did not come, on top of its own penalty. */
  public Money noShowPenalty() {
    return noShow == null ? Money.zero(refundPenalty.getCurrencyUnit()) : noShow.penalty;
  }

  /** What both allow, and the greater of their penalties. */
  public FareConditions strictest(FareConditions other) {
    return new FareConditions(
        refundable && other.refundable,
        greater(refundPenalty, other.refundPenalty),
        changeable && other.changeable,
        greater(changePenalty, other.changePenalty),
        noShow == null ? other.noShow : noShow.strictest(other.noShow));
  }

  /**
   * The conditions of documents that are given for others: money that could not be refunded stays
   * so; changes, and what is left to who does not come, are as the new fare says.
   */
  public FareConditions inExchangeFor(FareConditions before) {
    var strict = strictest(before);
    return new FareConditions(
        strict.refundable, strict.refundPenalty, changeable, changePenalty, noShow);
  }

  private static Money greater(Money one, Money other) {
    return one.isLessThan(other) ? other : one;
  }
}
