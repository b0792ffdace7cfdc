package aero.contrail.loyalty.expiry;

import aero.contrail.loyalty.programme.RuleVersion;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When points expire, by the policy of the day of travel.
 *
 * @param versions each holds from its day on until the next
 */
public record ExpiryRules(List<RuleVersion<ExpiryPolicy>> versions) {

  public ExpiryRules {
    versions = List.copyOf(versions);
  }

  ExpiryPolicy on(LocalDate day) {
    return RuleVersion.on(day, versions).map(RuleVersion::body).orElse(ExpiryPolicy.NEVER);
  }

  /** The first day on which points of a day of travel cannot be spent; null when they last. */
  public @Nullable LocalDate expiresOn(LocalDate travelDate) {
    return on(travelDate).expiresOn(travelDate);
  }
}
