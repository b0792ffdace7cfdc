package aero.contrail.eventlog.operations;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What people decided about the log, for ever. */
@Repository
class Interventions {

  private static final String RECORD =
      """
      insert into eventlog.intervention (at, actor, action, consumer, stream, version, reason)
      values (now(), :actor, :action, :consumer, :stream, :version, :reason)
      """;

  private static final String LIST =
      """
      select id, at, actor, action, consumer, stream, version, reason
        from eventlog.intervention
       where id < :before
       order by id desc
       limit :limit
      """;

  private final JdbcClient jdbc;

  Interventions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A decision; {@code version} is that of the event it is about, {@code reason} free text. */
  record Intervention(
      long id,
      Instant at,
      String actor,
      String action,
      String consumer,
      @Nullable String stream,
      @Nullable Integer version,
      @Nullable String reason) {}

  void record(
      String actor,
      String action,
      String consumer,
      @Nullable String stream,
      @Nullable Integer version,
      @Nullable String reason) {
    jdbc.sql(RECORD)
        .param("actor", actor)
        .param("action", action)
        .param("consumer", consumer)
        .param("stream", stream)
        .param("version", version)
        .param("reason", reason)
        .update();
  }

  /** The newest first, from before an id on. */
  List<Intervention> list(long before, int limit) {
    return jdbc.sql(LIST)
        .param("before", before)
        .param("limit", limit)
        .query(
            (row, _) ->
                new Intervention(
                    row.getLong("id"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("actor"),
                    row.getString("action"),
                    row.getString("consumer"),
                    row.getString("stream"),
                    row.getObject("version", Integer.class),
                    row.getString("reason")))
        .list();
  }
}
