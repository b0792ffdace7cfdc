package aero.contrail.loyalty.ledger;

import aero.contrail.events.MemberNumber;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What moved for one cause. Written once and never changed: what was wrong is reversed by another.
 *
 * @param lot whose points moved; null when several did, or none
 * @param rule the version of the rule that decided the figures; null when none did
 * @param points of the award that came, less than zero those that went
 * @param tierPoints the same of those that count for the tier
 * @param at when its cause happened
 */
public record Entry(
    UUID id,
    MemberNumber member,
    Kind kind,
    Cause cause,
    @Nullable UUID lot,
    @Nullable String rule,
    long points,
    long tierPoints,
    Instant at,
    List<Movement> movements) {

  /** Why points move; once of each kind for a cause. */
  public enum Kind {
    FORECAST,
    POSTED,
    CANCELLED,
    REVERSED,
    /** Kept for an order. */
    HELD,
    /** Let go by it. */
    RELEASED,
    /** Spent. */
    REDEEMED,
    /** Back from what they were spent for. */
    REDEPOSITED,
    EXPIRED,
    /** Back from having expired. */
    REINSTATED,
    /** Given, or taken, by the staff. */
    ADJUSTED,
    /** Given to another member. */
    GIVEN,
    /** Had from another member. */
    RECEIVED;

    /**
     * Whether by it a member shows that he is there: he earns or spends. What he is given, or gets
     * back, lasts as if he had.
     */
    boolean isActivity() {
      return switch (this) {
        case POSTED, REDEEMED, GIVEN, RECEIVED, REDEPOSITED, REINSTATED, ADJUSTED -> true;
        case FORECAST, CANCELLED, REVERSED, HELD, RELEASED, EXPIRED -> false;
      };
    }
  }

  public Entry {
    movements = List.copyOf(movements);
  }
}
