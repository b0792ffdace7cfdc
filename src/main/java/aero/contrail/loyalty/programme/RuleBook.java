package aero.contrail.loyalty.programme;

import aero.contrail.events.EventJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where the rules are filed. */
@Repository
public class RuleBook {

  /** The only programme there is. */
  public static final String DEFAULT = "default";

  private static final String VERSIONS =
      """
      select effective_from, body, filed_by, filed_at
        from loyalty.rule_version
       where programme = :programme and kind = :kind
       order by effective_from
      """;

  private static final String FILE =
      """
      insert into loyalty.rule_version (programme, kind, effective_from, body, filed_by, filed_at,
                                        announced)
      values (:programme, :kind, :effectiveFrom, :body::jsonb, :filedBy, :filedAt, true)
          on conflict do nothing
      """;

  private static final String ANNOUNCE =
      """
      update loyalty.rule_version
         set announced = true
       where programme = :programme and kind = :kind and not announced
      returning effective_from, body, filed_by, filed_at
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  /** Rules that were read once: what is filed never changes. */
  private final ConcurrentHashMap<String, Object> known = new ConcurrentHashMap<>();

  RuleBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** All versions, oldest first. */
  public <T> List<RuleVersion<T>> versions(RuleKind kind, Class<T> type) {
    return jdbc.sql(VERSIONS)
        .param("programme", DEFAULT)
        .param("kind", kind.name())
        .query((row, _) -> version(row, kind, type))
        .list();
  }

  /**
   * Files a version, within the caller's transaction.
   *
   * @return false when there is one from that day on: what is filed never changes
   */
  public boolean file(RuleKind kind, LocalDate effectiveFrom, Object body, String filedBy) {
    return jdbc.sql(FILE)
            .param("programme", DEFAULT)
            .param("kind", kind.name())
            .param("effectiveFrom", effectiveFrom)
            .param("body", EventJson.mapper().writeValueAsString(body))
            .param("filedBy", filedBy)
            .param("filedAt", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Versions that came with the installation and nobody was told of; they are told of now. */
  public <T> List<RuleVersion<T>> announce(RuleKind kind, Class<T> type) {
    return jdbc.sql(ANNOUNCE)
        .param("programme", DEFAULT)
        .param("kind", kind.name())
        .query((row, _) -> version(row, kind, type))
        .list();
  }

  private <T> RuleVersion<T> version(ResultSet row, RuleKind kind, Class<T> type)
      throws SQLException {
    var from = row.getObject("effective_from", LocalDate.class);
    var body = row.getString("body");
    return new RuleVersion<>(
        from,
        type.cast(
            known.computeIfAbsent(kind + body, _ -> EventJson.mapper().readValue(body, type))),
        row.getString("filed_by"),
        row.getObject("filed_at", OffsetDateTime.class).toInstant());
  }
}
