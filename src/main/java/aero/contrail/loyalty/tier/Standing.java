package aero.contrail.loyalty.tier;

import aero.contrail.events.LoyaltyEvent.EarningTable;
import aero.contrail.events.LoyaltyEvent.OfTier;
import aero.contrail.events.LoyaltyEvent.TierDowngraded;
import aero.contrail.events.LoyaltyEvent.TierRequalified;
import aero.contrail.events.LoyaltyEvent.TierUpgraded;
import aero.contrail.events.MemberNumber;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A member's tier.
 *
 * @param rank 0 for none
 * @param until the last day on which he has it, unless he qualifies again; null for none
 */
public record Standing(String tier, int rank, @Nullable LocalDate until) {

  /** No tier. */
  public static final Standing BASE = new Standing(EarningTable.NO_TIER, 0, null);

  /** What is told when it takes the place of another. */
  OfTier instead(Standing before, MemberNumber member, Instant now) {
    if (until == null || rank < before.rank) {
      return new TierDowngraded(member, tier, rank, until, now);
    }
    if (rank > before.rank) {
      return new TierUpgraded(member, tier, rank, until, now);
    }
    return before.until == null || until.isAfter(before.until)
        ? new TierRequalified(member, tier, rank, until, now)
        : new TierDowngraded(member, tier, rank, until, now);
  }
}
