package aero.contrail.loyalty.expiry;

import aero.contrail.loyalty.programme.RuleBook;
import aero.contrail.loyalty.programme.RuleKind;
import aero.contrail.loyalty.programme.RuleVersion;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** The policies that are filed. */
@Component
public class ExpiryPolicies {

  private final RuleBook rules;

  ExpiryPolicies(RuleBook rules) {
    this.rules = rules;
  }

  /** All versions, oldest first. */
  List<RuleVersion<ExpiryPolicy>> all() {
    return rules.versions(RuleKind.EXPIRY, ExpiryPolicy.class);
  }

  public ExpiryRules rules() {
    return new ExpiryRules(all());
  }

  /** The one that holds on a day. */
  public ExpiryPolicy on(LocalDate day) {
    return rules().on(day);
  }

  /**
   * Files a version, within the caller's transaction.
   *
   * @return false when there is one from that day on: what is filed never changes
   */
  boolean file(LocalDate effectiveFrom, ExpiryPolicy policy, String filedBy) {
    return rules.file(RuleKind.EXPIRY, effectiveFrom, policy, filedBy);
  }
}
