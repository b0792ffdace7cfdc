package aero.contrail.loyalty.award;

import aero.contrail.events.LoyaltyEvent.AwardChart;
import aero.contrail.events.LoyaltyEvent.AwardChartFiled;
import aero.contrail.loyalty.programme.FiledRules;
import aero.contrail.loyalty.programme.RuleBook;
import aero.contrail.loyalty.programme.RuleKind;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What flights cost in points, and who has to know. */
@Component
public class FiledAwardCharts extends FiledRules<AwardChart> {

  private final ApplicationEventPublisher events;
  private final Clock clock;

  FiledAwardCharts(RuleBook rules, ApplicationEventPublisher events, Clock clock) {
    super(rules, RuleKind.AWARD_CHART, AwardChart.class);
    this.events = events;
    this.clock = clock;
  }

  @Override
  protected void tell(LocalDate effectiveFrom, AwardChart chart) {
    events.publishEvent(
        new AwardChartFiled(RuleBook.DEFAULT, effectiveFrom, chart, clock.instant()));
  }
}
