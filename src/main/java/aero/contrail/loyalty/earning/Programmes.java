package aero.contrail.loyalty.earning;

import aero.contrail.events.LoyaltyEvent.EarningRatesFiled;
import aero.contrail.events.LoyaltyEvent.EarningTable;
import aero.contrail.loyalty.programme.FiledRules;
import aero.contrail.loyalty.programme.RuleBook;
import aero.contrail.loyalty.programme.RuleKind;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What coupons earn, and who has to know. */
@Component
public class Programmes extends FiledRules<EarningTable> {

  private final ApplicationEventPublisher events;
  private final Clock clock;

  Programmes(RuleBook rules, ApplicationEventPublisher events, Clock clock) {
    super(rules, RuleKind.EARNING, EarningTable.class);
    this.events = events;
    this.clock = clock;
  }

  EarningRules earningRules() {
    return new EarningRules(RuleBook.DEFAULT, all());
  }

  @Override
  protected void tell(LocalDate effectiveFrom, EarningTable table) {
    events.publishEvent(
        new EarningRatesFiled(RuleBook.DEFAULT, effectiveFrom, table, clock.instant()));
  }
}
