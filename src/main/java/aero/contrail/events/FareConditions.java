package aero.contrail.events;

import org.joda.money.Money;

/**
 * What may be done with a ticket after it is sold. Penalties are for one passenger and the whole
 * itinerary, and never exceed the fare.
 */
public record FareConditions(
    boolean refundable, Money refundPenalty, boolean changeable, Money changePenalty) {

  /** What both allow, and the greater of their penalties. */
  public FareConditions strictest(FareConditions other) {
    return new FareConditions(
        refundable && other.refundable,
        greater(refundPenalty, other.refundPenalty),
        changeable && other.changeable,
        greater(changePenalty, other.changePenalty));
  }

  /**
   * The conditions of documents that are given for others: money that could not be refunded stays
   * so, and a change is as the new fare says.
   */
  public FareConditions inExchangeFor(FareConditions before) {
    var strict = strictest(before);
    return new FareConditions(strict.refundable, strict.refundPenalty, changeable, changePenalty);
  }

  private static Money greater(Money one, Money other) {
    return one.isLessThan(other) ? other : one;
  }
}
