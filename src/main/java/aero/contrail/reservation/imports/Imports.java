package aero.contrail.reservation.imports;

import aero.contrail.database.Instances;
import java.sql.ResultSet;
import java.sql.SQLException;
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
      insert into reservation.schedule_import (id, status, started_at, updated_at, worker)
      values (:id, 'QUEUED', now(), now(), :worker)
      """;

  private static final String START =
      """
      update reservation.schedule_import
         set status = 'RUNNING', updated_at = now(), worker = :worker
       where id = :id
         and (status = 'QUEUED'
              or status = 'RUNNING' and updated_at < now() - interval '2 minutes')
      """;

  private static final String SAVE =
      """
      update reservation.schedule_import
         set status = :status, rows_read = :rows, created = :created, changed = :changed,
             unchanged = :unchanged, rejected_count = :rejectedCount,
             rejected = :rejected::jsonb, warnings = :warnings::jsonb, updated_at = now()
       where id = :id
      """;

  private static final String FIND =
      """
      select status, worker, updated_at < now() - interval '2 minutes' as is_silent,
             updated_at < now() - interval '10 seconds' as is_quiet, rows_read,
             created, changed, unchanged, rejected_count, rejected, warnings
        from reservation.schedule_import
       where id = :id
      """;

  private final JdbcClient jdbc;
  private final Instances instances;
  private final JsonMapper json;

  Imports(JdbcClient jdbc, Instances instances, JsonMapper json) {
    this.jdbc = jdbc;
    this.instances = instances;
    this.json = json;
  }

  enum Status {
    QUEUED,
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

    private Progress cutOff() {
      return new Progress(
          id,
          Status.FAILED,
          counts,
          rejected,
          rejectedCount,
          List.of("It was cut off. Import the file again: what is there stays."));
    }
  }

  record Counts(long rowsRead, long created, long changed, long unchanged) {}

  /** This instance will do it when it is its turn. */
  void begin(UUID id) {
    jdbc.sql(BEGIN).param("id", id).param("worker", instances.self()).update();
  }

  /**
   * It is its turn. False when somebody does it, or has done it: then it must not be done again.
   */
  boolean start(UUID id) {
    return jdbc.sql(START).param("id", id).param("worker", instances.self()).update() == 1;
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
                new Stored(
                    progress(id, row),
                    row.getLong("worker"),
                    row.getBoolean("is_quiet"),
                    row.getBoolean("is_silent")))
        .optional()
        .map(stored -> isCutOff(stored) ? stored.progress().cutOff() : stored.progress());
  }

  /** What was last written of an import, by whom, and whether that is some time ago. */
  private record Stored(Progress progress, long worker, boolean isQuiet, boolean isSilent) {}

  private Progress progress(UUID id, ResultSet row) throws SQLException {
    return new Progress(
        id,
        Status.valueOf(row.getString("status")),
        new Counts(
            row.getLong("rows_read"),
            row.getLong("created"),
            row.getLong("changed"),
            row.getLong("unchanged")),
        json.readValue(row.getString("rejected"), REJECTIONS),
        row.getLong("rejected_count"),
        json.readValue(row.getString("warnings"), TEXTS));
  }

  /** Nobody will do it any more: its process has ended, or is silent where it should tell. */
  private boolean isCutOff(Stored stored) {
    return switch (stored.progress().status()) {
      case QUEUED ->
          stored.isQuiet()
              && stored.worker() != instances.self()
              && !instances.isAlive(stored.worker());
      case RUNNING -> stored.isSilent();
      case COMPLETED, FAILED -> false;
    };
  }
}
