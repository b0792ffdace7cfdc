package aero.contrail.loyalty.earning;

import aero.contrail.events.EventJson;
import aero.contrail.events.LoyaltyEvent.EarningRatesFiled;
import aero.contrail.events.LoyaltyEvent.EarningTable;
import aero.contrail.loyalty.earning.EarningRules.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The programme's rules, which are data: filed once, and never changed. */
@Repository
public class Programmes {

  static final String DEFAULT = "default";

  private static final String EARNING =
      """
      select effective_from, body, filed_by, filed_at
        from loyalty.rule_version
       where programme = :programme and kind = 'EARNING'
       order by effective_from
      """;

  private static final String FILE =
      """
      insert into loyalty.rule_version (programme, kind, effective_from, body, filed_by, filed_at,
                                        announced)
      values (:programme, 'EARNING', :effectiveFrom, :body::jsonb, :filedBy, :filedAt, true)
          on conflict do nothing
      """;

  private static final String ANNOUNCE =
      """
      update loyalty.rule_version
         set announced = true
       where programme = :programme and kind = 'EARNING' and not announced
      returning effective_from, body, filed_by, filed_at
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json = EventJson.mapper();
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Programmes(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
    this.jdbc = jdbc;
    this.events = events;
    this.clock = clock;
  }

  /** A version of what coupons earn. */
  record Filed(LocalDate effectiveFrom, EarningTable table, String filedBy, Instant filedAt) {}

  /** All versions, oldest first. */
  List<Filed> earning() {
    return jdbc.sql(EARNING).param("programme", DEFAULT).query((row, _) -> filed(row)).list();
  }

  EarningRules earningRules() {
    return new EarningRules(
        DEFAULT,
        earning().stream().map(one -> new Version(one.effectiveFrom(), one.table())).toList());
  }

  /**
   * Files a version and tells the others, within the caller's transaction.
   *
   * @return false when there is one from that day on: what is filed never changes
   */
  boolean file(LocalDate effectiveFrom, EarningTable table, String filedBy) {
    var now = clock.instant();
    var fresh =
        jdbc.sql(FILE)
            .param("programme", DEFAULT)
            .param("effectiveFrom", effectiveFrom)
            .param("body", json.writeValueAsString(table))
            .param("filedBy", filedBy)
            .param("filedAt", now.atOffset(ZoneOffset.UTC))
            .update();
    if (fresh == 1) {
      events.publishEvent(new EarningRatesFiled(DEFAULT, effectiveFrom, table, now));
    }
    return fresh == 1;
  }

  /** Tells the others about versions that came with the installation. */
  public void announce() {
    jdbc.sql(ANNOUNCE)
        .param("programme", DEFAULT)
        .query((row, _) -> filed(row))
        .list()
        .forEach(
            one ->
                events.publishEvent(
                    new EarningRatesFiled(
                        DEFAULT, one.effectiveFrom(), one.table(), clock.instant())));
  }

  private Filed filed(ResultSet row) throws SQLException {
    return new Filed(
        row.getObject("effective_from", LocalDate.class),
        json.readValue(row.getString("body"), EarningTable.class),
        row.getString("filed_by"),
        row.getObject("filed_at", OffsetDateTime.class).toInstant());
  }
}
