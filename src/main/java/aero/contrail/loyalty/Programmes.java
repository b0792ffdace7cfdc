package aero.contrail.loyalty;

import aero.contrail.events.LoyaltyEvent.EarningRatesFiled;
import java.time.Clock;
import java.time.LocalDate;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The programme's rates, which are data. */
@Repository
class Programmes {

  static final String DEFAULT = "default";

  private static final String RATES =
      """
      select effective_from, fare_class, percent
        from loyalty.earning_rate
       where programme = :programme
      """;

  private static final String FILE =
      """
      insert into loyalty.filed_programme (programme, effective_from)
      values (:programme, :effectiveFrom)
          on conflict do nothing
      """;

  private final JdbcClient jdbc;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Programmes(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
    this.jdbc = jdbc;
    this.events = events;
    this.clock = clock;
  }

  EarningRules rules() {
    record Rate(LocalDate from, String fareClass, int percent) {}
    var versions = new TreeMap<LocalDate, TreeMap<String, Integer>>();
    jdbc.sql(RATES)
        .param("programme", DEFAULT)
        .query(
            (row, _) ->
                new Rate(
                    row.getObject("effective_from", LocalDate.class),
                    row.getString("fare_class"),
                    row.getInt("percent")))
        .list()
        .forEach(
            rate ->
                versions
                    .computeIfAbsent(rate.from(), _ -> new TreeMap<>())
                    .put(rate.fareClass(), rate.percent()));
    return new EarningRules(
        DEFAULT,
        versions.entrySet().stream()
            .map(version -> new EarningRules.Version(version.getKey(), version.getValue()))
            .toList());
  }

  /** Tells the others about rates that they do not know yet, within the caller's transaction. */
  void file() {
    for (var version : rules().versions()) {
      var fresh =
          jdbc.sql(FILE)
              .param("programme", DEFAULT)
              .param("effectiveFrom", version.effectiveFrom())
              .update();
      if (fresh == 1) {
        events.publishEvent(
            new EarningRatesFiled(
                DEFAULT, version.effectiveFrom(), version.rates(), clock.instant()));
      }
    }
  }
}
