package aero.contrail.loyalty.award;

import aero.contrail.events.LoyaltyEvent.AwardChart;
import aero.contrail.events.LoyaltyEvent.AwardChartFiled;
import aero.contrail.loyalty.programme.RuleBook;
import aero.contrail.loyalty.programme.RuleKind;
import aero.contrail.loyalty.programme.RuleVersion;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What flights cost in points, and who has to know. */
@Component
public class FiledAwardCharts {

  private final RuleBook rules;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  FiledAwardCharts(RuleBook rules, ApplicationEventPublisher events, Clock clock) {
    this.rules = rules;
    this.events = events;
    this.clock = clock;
  }

  /** All versions, oldest first. */
  List<RuleVersion<AwardChart>> all() {
    return rules.versions(RuleKind.AWARD_CHART, AwardChart.class);
  }

  /**
   * Files a version and tells the others, within the caller's transaction.
   *
   * @return false when there is one from that day on: what is filed never changes
   */
  boolean file(LocalDate effectiveFrom, AwardChart chart, String filedBy) {
    var fresh = rules.file(RuleKind.AWARD_CHART, effectiveFrom, chart, filedBy);
    if (fresh) {
      tell(effectiveFrom, chart);
    }
    return fresh;
  }

  /** Tells the others about versions that came with the installation. */
  public void announce() {
    rules
        .announce(RuleKind.AWARD_CHART, AwardChart.class)
        .forEach(version -> tell(version.effectiveFrom(), version.body()));
  }

  private void tell(LocalDate effectiveFrom, AwardChart chart) {
    events.publishEvent(
        new AwardChartFiled(RuleBook.DEFAULT, effectiveFrom, chart, clock.instant()));
  }
}
