package aero.contrail.eventlog;

import aero.contrail.eventlog.Cursors.Place;
import aero.contrail.events.DomainEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Streams that a consumer cannot get past. */
@Repository
class ParkedStreams {

  private static final int MOST_ERROR_CHARS = 2000;

  private static final String PARK =
      """
      insert into eventlog.parked_stream (consumer, stream, partition, version, type, failures,
                                          error, parked_at, retry_at)
      values (:consumer, :stream, :partition, :version, :type, 1, :error, now(),
              now() + :delay::interval)
          on conflict do nothing
      """;

  private static final String COLUMNS =
      """
      select consumer, stream, version, type, failures, error, parked_at, retry_at
        from eventlog.parked_stream
      """;

  private static final String LOCK =
      COLUMNS + " where consumer = :consumer and stream = :stream for update";

  private static final String LIST =
      COLUMNS
          + """
           where (:only::text is null or consumer = :only)
             and (consumer, stream) > (:consumer, :stream)
           order by consumer, stream
           limit :limit
          """;

  /** The oldest event that waits, up to where the cursor has passed over the stream. */
  private static final String NEXT =
      """
      select e.id, e.stream, e.version, e.type, e.recorded_at, e.actor, e.channel,
             e.correlation_id, e.causation_id, e.data
        from (select id, stream, version, type, recorded_at, actor, channel, correlation_id,
                     causation_id, data, tx, position
                from eventlog.event
               where stream = :stream
               union all
              select id, stream, version, type, recorded_at, actor, channel, correlation_id,
                     causation_id, data, tx, position
                from eventlog.archived_event
               where stream = :stream) e
       where e.version >= :version and e.type = any (:types)
         and (e.tx, e.position) <= (:tx, :position)
       order by e.version
       limit 1
      """;

  private static final String MOVE =
      """
      update eventlog.parked_stream
         set version = :version, failures = 0, retry_at = now()
       where consumer = :consumer and stream = :stream
      """;

  private static final String FAIL =
      """
      update eventlog.parked_stream
         set version = :version, type = :type, failures = :failures, error = :error,
             retry_at = now() + :delay::interval
       where consumer = :consumer and stream = :stream
      """;

  private static final String RELEASE =
      "delete from eventlog.parked_stream where consumer = :consumer and stream = :stream";

  private static final String RELEASE_ALL =
      "delete from eventlog.parked_stream where consumer = :consumer";

  private final JdbcClient jdbc;
  private final EventTable table;

  ParkedStreams(JdbcClient jdbc, EventTable table) {
    this.jdbc = jdbc;
    this.table = table;
  }

  /**
   * A stream that waits.
   *
   * @param version the first event that waits
   * @param retryAt when it is tried again by itself; null when it waits for a decision
   */
  record Parked(
      String consumer,
      String stream,
      int version,
      String type,
      int failures,
      String error,
      Instant parkedAt,
      @Nullable Instant retryAt) {}

  void park(String consumer, int partition, EventRef event, Failure failure) {
    jdbc.sql(PARK)
        .param("consumer", consumer)
        .param("stream", event.stream())
        .param("partition", partition)
        .param("version", event.version())
        .param("type", event.type())
        .param("error", failure.error())
        .param("delay", text(failure.delay()))
        .update();
  }

  /** Why it failed, and when to try again; null when somebody has to decide. */
  record Failure(String error, @Nullable Duration delay) {

    static Failure of(Throwable cause, @Nullable Duration delay) {
      var text = cause.toString();
      return new Failure(
          text.substring(0, Math.min(text.length(), MOST_ERROR_CHARS)).replace('\0', ' '), delay);
    }
  }

  Optional<Parked> lock(String consumer, String stream) {
    return jdbc.sql(LOCK)
        .param("consumer", consumer)
        .param("stream", stream)
        .query((row, _) -> parked(row))
        .optional();
  }

  /** In the order of consumers and streams, from after a place on. */
  List<Parked> list(@Nullable String only, String consumer, String stream, int limit) {
    return jdbc.sql(LIST)
        .param("only", only)
        .param("consumer", consumer)
        .param("stream", stream)
        .param("limit", limit)
        .query((row, _) -> parked(row))
        .list();
  }

  Optional<Recorded<DomainEvent>> next(Parked parked, Place upTo, List<String> types) {
    return jdbc.sql(NEXT)
        .param("stream", parked.stream())
        .param("version", parked.version())
        .param("types", types.toArray(String[]::new))
        .param("tx", upTo.tx())
        .param("position", upTo.position())
        .query((row, _) -> table.recorded(row))
        .optional();
  }

  /** What waits begins at the version, and may be tried at once. */
  void move(Parked parked, int version) {
    jdbc.sql(MOVE)
        .param("consumer", parked.consumer())
        .param("stream", parked.stream())
        .param("version", version)
        .update();
  }

  void fail(Parked parked, EventRef event, int failures, Failure failure) {
    jdbc.sql(FAIL)
        .param("consumer", parked.consumer())
        .param("stream", parked.stream())
        .param("version", event.version())
        .param("type", event.type())
        .param("failures", failures)
        .param("error", failure.error())
        .param("delay", text(failure.delay()))
        .update();
  }

  void release(Parked parked) {
    jdbc.sql(RELEASE)
        .param("consumer", parked.consumer())
        .param("stream", parked.stream())
        .update();
  }

  void releaseAll(String consumer) {
    jdbc.sql(RELEASE_ALL).param("consumer", consumer).update();
  }

  private static @Nullable String text(@Nullable Duration delay) {
    return delay == null ? null : delay.toString();
  }

  private static Parked parked(ResultSet row) throws SQLException {
    var retryAt = row.getObject("retry_at", OffsetDateTime.class);
    return new Parked(
        row.getString("consumer"),
        row.getString("stream"),
        row.getInt("version"),
        row.getString("type"),
        row.getInt("failures"),
        row.getString("error"),
        row.getObject("parked_at", OffsetDateTime.class).toInstant(),
        retryAt == null ? null : retryAt.toInstant());
  }
}
