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

  private static final TypeReference<List<Rejection>> REJECTIONS = new TypeReference<>() {};
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<List<Difference>> DIFFERENCES = new TypeReference<>() {};

  private static final String BEGIN =
      """
      insert into reservation.schedule_import
             (id, status, dry_run, started_at, updated_at, worker)
      values (:id, 'QUEUED', :dryRun, now(), now(), :worker)
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
             unchanged = :unchanged, withdrawn = :withdrawn, rejected_count = :rejectedCount,
             rejected = :rejected::jsonb, warnings = :warnings::jsonb,
             differences = :differences::jsonb, updated_at = now()
       where id = :id
      """;

  private static final String FIND =
      """
      select status, worker, updated_at < now() - interval '2 minutes' as is_silent,
             updated_at < now() - interval '10 seconds' as is_quiet, dry_run, rows_read,
             created, changed, unchanged, withdrawn, rejected_count, rejected, warnings,
             differences
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
      boolean dryRun,
      Counts counts,
      List<Rejection> rejected,
      long rejectedCount,
      List<String> warnings,
      List<Difference> differences) {

    Progress {
      rejected = List.copyOf(rejected);
      warnings = List.copyOf(warnings);
      differences = List.copyOf(differences);
    }

    private Progress cutOff() {
      return new Progress(
          id,
          Status.FAILED,
          dryRun,
          counts,
          rejected,
          rejectedCount,
          List.of("It was cut off. Import the file again: what is there stays."),
          differences);
    }
  }

  /** How many rows were read, and what became of how many flights. */
  record Counts(long rowsRead, long created, long changed, long unchanged, long withdrawn) {

    static Counts read(long rows) {
      return new Counts(rows, 0, 0, 0, 0);
    }

    static Counts withdrawn(long flights) {
      return new Counts(0, 0, 0, 0, flights);
    }

    Counts plus(Counts more) {
      return new Counts(
          rowsRead + more.rowsRead,
          created + more.created,
          changed + more.changed,
          unchanged + more.unchanged,
          withdrawn + more.withdrawn);
    }

    String inWords() {
      return "%d rows, %d created, %d changed, %d unchanged, %d withdrawn"
          .formatted(rowsRead, created, changed, unchanged, withdrawn);
    }
  }

  /** This instance will do it when it is its turn. */
  void begin(UUID id, boolean dryRun) {
    jdbc.sql(BEGIN)
        .param("id", id)
        .param("dryRun", dryRun)
        .param("worker", instances.self())
        .update();
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
        .param("withdrawn", progress.counts().withdrawn())
        .param("differences", json.writeValueAsString(progress.differences()))
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
        row.getBoolean("dry_run"),
        new Counts(
            row.getLong("rows_read"),
            row.getLong("created"),
            row.getLong("changed"),
            row.getLong("unchanged"),
            row.getLong("withdrawn")),
        json.readValue(row.getString("rejected"), REJECTIONS),
        row.getLong("rejected_count"),
        json.readValue(row.getString("warnings"), TEXTS),
        json.readValue(row.getString("differences"), DIFFERENCES));
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
