package aero.contrail.loyalty.programme;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A version of a rule.
 *
 * @param effectiveFrom the first day on which it holds; it holds until the next version
 */
public record RuleVersion<T>(LocalDate effectiveFrom, T body, String filedBy, Instant filedAt) {

  /** The one that holds on a day; empty before the first. */
  public static <T> Optional<RuleVersion<T>> on(LocalDate day, List<RuleVersion<T>> versions) {
    return versions.stream()
        .filter(version -> !version.effectiveFrom().isAfter(day))
        .max(Comparator.comparing(RuleVersion::effectiveFrom));
  }
}
