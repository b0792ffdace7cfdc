package aero.contrail.loyalty.earning;

import aero.contrail.events.LoyaltyEvent.Earned;
import aero.contrail.events.LoyaltyEvent.EarningTable;
import aero.contrail.events.PassengerType;
import aero.contrail.loyalty.programme.RuleVersion;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What coupons earn, by the rules of the day of travel.
 *
 * @param versions each holds from its day on until the next
 */
record EarningRules(String programme, List<RuleVersion<EarningTable>> versions) {

  /** Points, and the name of the rule that gave them. */
  record Decided(Earned earned, String rule) {}

  EarningRules {
    versions = List.copyOf(versions);
  }

  /** Nothing before the first version. */
  Decided decide(
      String fareClass,
      int miles,
      @Nullable PassengerType type,
      String tier,
      LocalDate travelDate) {
    return RuleVersion.on(travelDate, versions)
        .map(
            version ->
                new Decided(
                    version.body().earned(fareClass, miles, type, tier),
                    "%s/%s".formatted(programme, version.effectiveFrom())))
        .orElse(new Decided(new Earned(0, 0), programme + "/none"));
  }
}
