package aero.contrail.loyalty;

import aero.contrail.events.LoyaltyEvent.EarningRatesFiled;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What coupons earn: miles × the rate of the booking class, with the rates of the day of travel.
 *
 * @param versions rates by the day from which they hold
 */
record EarningRules(String programme, List<Version> versions) {

  /** Percent of the miles, by booking class. */
  record Version(LocalDate effectiveFrom, Map<String, Integer> rates) {

    Version {
      rates = Map.copyOf(rates);
    }
  }

  /** Points, and the name of the rule that gave them. */
  record Earned(int points, String rule) {}

  EarningRules {
    versions =
        versions.stream().sorted(Comparator.comparing(Version::effectiveFrom).reversed()).toList();
  }

  /** Nothing before the first rates, or for a class without one. */
  Earned earned(String fareClass, int miles, LocalDate travelDate) {
    return versions.stream()
        .filter(version -> !version.effectiveFrom().isAfter(travelDate))
        .findFirst()
        .map(
            version ->
                new Earned(
                    EarningRatesFiled.points(miles, version.rates().getOrDefault(fareClass, 0)),
                    "%s/%s/%s".formatted(programme, version.effectiveFrom(), fareClass)))
        .orElse(new Earned(0, programme + "/none"));
  }
}
