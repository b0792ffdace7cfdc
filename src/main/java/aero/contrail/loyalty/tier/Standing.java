package aero.contrail.loyalty.tier;

import aero.contrail.events.LoyaltyEvent.EarningTable;
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
}
