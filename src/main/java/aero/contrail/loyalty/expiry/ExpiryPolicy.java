package aero.contrail.loyalty.expiry;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * When points expire: by their age, when a member neither earns nor spends, or by whichever comes
 * first.
 *
 * @param months how old they get, counted from the day of travel; null for any age
 * @param inactiveMonths for how long a member may do nothing; null for ever
 * @param graceDays for how many days longer they can be spent
 * @param reinstateDays within how many days after they expired staff can give them back
 * @param minimumDays how long points last at least that come back
 */
public record ExpiryPolicy(
    @Nullable Integer months,
    @Nullable Integer inactiveMonths,
    int graceDays,
    int reinstateDays,
    int minimumDays) {

  static final ExpiryPolicy NEVER = new ExpiryPolicy(null, null, 0, 0, 0);

  /** The first day on which points of a day of travel cannot be spent; null when they last. */
  @Nullable LocalDate expiresOn(LocalDate travelDate) {
    return months == null ? null : travelDate.plusMonths(months).plusDays(graceDays);
  }

  /** Who was active last on this day, or before, loses his points today; null for nobody. */
  public @Nullable LocalDate inactiveSince(LocalDate today) {
    return inactiveMonths == null ? null : today.minusDays(graceDays).minusMonths(inactiveMonths);
  }

  /** The first day on which points cannot be spent that come back today. */
  public @Nullable LocalDate atLeastUntil(LocalDate today) {
    return minimumDays == 0 ? null : today.plusDays(minimumDays);
  }
}
