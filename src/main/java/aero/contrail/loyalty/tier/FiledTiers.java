package aero.contrail.loyalty.tier;

import aero.contrail.loyalty.programme.FiledRules;
import aero.contrail.loyalty.programme.RuleBook;
import aero.contrail.loyalty.programme.RuleKind;
import org.springframework.stereotype.Component;

/** What tiers take. Nobody is told: members are looked at when it takes effect. */
@Component
class FiledTiers extends FiledRules<TierTable> {

  FiledTiers(RuleBook rules) {
    super(rules, RuleKind.TIER, TierTable.class);
  }
}
