package aero.contrail.loyalty.expiry;

import aero.contrail.loyalty.programme.FiledRules;
import aero.contrail.loyalty.programme.RuleBook;
import aero.contrail.loyalty.programme.RuleKind;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** The policies that are filed. */
@Component
public class ExpiryPolicies extends FiledRules<ExpiryPolicy> {

  ExpiryPolicies(RuleBook rules) {
    super(rules, RuleKind.EXPIRY, ExpiryPolicy.class);
  }

  public ExpiryRules rules() {
    return new ExpiryRules(all());
  }

  /** The one that holds on a day. */
  public ExpiryPolicy on(LocalDate day) {
    return rules().on(day);
  }
}
