package aero.contrail.reservation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How far each import has come. */
@Repository
class Imports {

  /** How many rejected rows an import lists; it counts them all. */
  static final int LISTED = 1000;

  private static final TypeReference<List<Rejection>> REJECTIONS = new TypeReference<>() {};
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private static final String BEGIN =
      """
      insert into reservation.schedule_import (id, status, started_at, updated_at)
      values (:id, 'RUNNING', now(), now())
      """;

  private static final String SAVE =
      """
      update reservation.schedule_import
         set status = :status, rows_read = :rows, created = :created, changed = :changed,
             unchanged = :unchanged, rejected_count = :rejectedCount,
             rejected = :rejected::jsonb, warnings = :warnings::jsonb, updated_at = now()
       where id = :id
      """;

  /** An import that nobody works on any more was cut off by the end of its process. */
  private static final String FIND =
      """
      select case when status = 'RUNNING' and updated_at < now() - interval '2 minutes'
                  then 'FAILED' else status end as status,
             status = 'RUNNING' and updated_at < now() - interval '2 minutes' as cut_off,
             rows_read, created, changed, unchanged, rejected_count, rejected, warnings
        from reservation.schedule_import
       where id = :id
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Imports(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  enum Status {
    RUNNING,
    COMPLETED,
    FAILED
  }

  /** A row that was not taken, and why. */
  record Rejection(long line, String code, String message) {

    /** What was sent is quoted in messages, and may be long. */
    private static final int LONGEST = 200;

    Rejection {
      message = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
    }
  }

  /** What has been done so far. */
  record Progress(
      UUID id,
      Status status,
      Counts counts,
      List<Rejection> rejected,
      long rejectedCount,
      List<String> warnings) {

    Progress {
      rejected = List.copyOf(rejected);
      warnings = List.copyOf(warnings);
    }
  }

  record Counts(long rowsRead, long created, long changed, long unchanged) {}

  void begin(UUID id) {
    jdbc.sql(BEGIN).param("id", id).update();
  }

  void save(Progress progress) {
    jdbc.sql(SAVE)
        .param("id", progress.id())
        .param("status", progress.status().name())
        .param("rows", progress.counts().rowsRead())
        .param("created", progress.counts().created())
        .param("changed", progress.counts().changed())
        .param("unchanged", progress.counts().unchanged())
        .param("rejectedCount", progress.rejectedCount())
        .param("rejected", json.writeValueAsString(progress.rejected()))
        .param("warnings", json.writeValueAsString(progress.warnings()))
        .update();
  }

  Optional<Progress> find(UUID id) {
    return jdbc.sql(FIND)
        .param("id", id)
        .query(
            (row, _) ->
                new Progress(
                    id,
                    Status.valueOf(row.getString("status")),
                    new Counts(
                        row.getLong("rows_read"),
                        row.getLong("created"),
                        row.getLong("changed"),
                        row.getLong("unchanged")),
                    json.readValue(row.getString("rejected"), REJECTIONS),
                    row.getLong("rejected_count"),
                    row.getBoolean("cut_off")
                        ? List.of("It was cut off. Import the file again: what is there stays.")
                        : json.readValue(row.getString("warnings"), TEXTS)))
        .optional();
  }
}
