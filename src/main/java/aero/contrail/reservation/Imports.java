package aero.contrail.reservation;

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
         set status = 'RUNNING', updated_at = now()
       where id = :id
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
      select status, worker, updated_at < now() - interval '2 minutes' as is_silent, rows_read,
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
  }

  record Counts(long rowsRead, long created, long changed, long unchanged) {}

  /** This instance will do it when it is its turn. */
  void begin(UUID id) {
    jdbc.sql(BEGIN).param("id", id).param("worker", instances.self()).update();
  }

  /** It is its turn. */
  void start(UUID id) {
    jdbc.sql(START).param("id", id).update();
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
    return jdbc.sql(FIND).param("id", id).query((row, _) -> progress(id, row)).optional();
  }

  private Progress progress(UUID id, ResultSet row) throws SQLException {
    var stored = Status.valueOf(row.getString("status"));
    var isCutOff = isCutOff(stored, row.getBoolean("is_silent"), row.getLong("worker"));
    return new Progress(
        id,
        isCutOff ? Status.FAILED : stored,
        new Counts(
            row.getLong("rows_read"),
            row.getLong("created"),
            row.getLong("changed"),
            row.getLong("unchanged")),
        json.readValue(row.getString("rejected"), REJECTIONS),
        row.getLong("rejected_count"),
        isCutOff
            ? List.of("It was cut off. Import the file again: what is there stays.")
            : json.readValue(row.getString("warnings"), TEXTS));
  }

  /** Nobody will do it any more: its process has ended, or is silent where it should tell. */
  private boolean isCutOff(Status stored, boolean isSilent, long worker) {
    return switch (stored) {
      case QUEUED -> !instances.isAlive(worker);
      case RUNNING -> isSilent;
      case COMPLETED, FAILED -> false;
    };
  }
}
