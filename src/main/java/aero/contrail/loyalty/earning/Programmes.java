package aero.contrail.loyalty.earning;

import aero.contrail.events.LoyaltyEvent.EarningRatesFiled;
import aero.contrail.events.LoyaltyEvent.EarningTable;
import aero.contrail.loyalty.programme.RuleBook;
import aero.contrail.loyalty.programme.RuleKind;
import aero.contrail.loyalty.programme.RuleVersion;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What coupons earn, and who has to know. */
@Component
public class Programmes {

  private final RuleBook rules;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Programmes(RuleBook rules, ApplicationEventPublisher events, Clock clock) {
    this.rules = rules;
    this.events = events;
    this.clock = clock;
  }

  /** All versions, oldest first. */
  List<RuleVersion<EarningTable>> earning() {
    return rules.versions(RuleKind.EARNING, EarningTable.class);
  }

  EarningRules earningRules() {
    return new EarningRules(RuleBook.DEFAULT, earning());
  }

  /**
   * Files a version and tells the others, within the caller's transaction.
   *
   * @return false when there is one from that day on: what is filed never changes
   */
  boolean file(LocalDate effectiveFrom, EarningTable table, String filedBy) {
    var fresh = rules.file(RuleKind.EARNING, effectiveFrom, table, filedBy);
    if (fresh) {
      tell(effectiveFrom, table);
    }
    return fresh;
  }

  /** Tells the others about versions that came with the installation. */
  public void announce() {
    rules
        .announce(RuleKind.EARNING, EarningTable.class)
        .forEach(version -> tell(version.effectiveFrom(), version.body()));
  }

  private void tell(LocalDate effectiveFrom, EarningTable table) {
    events.publishEvent(
        new EarningRatesFiled(RuleBook.DEFAULT, effectiveFrom, table, clock.instant()));
  }
}
