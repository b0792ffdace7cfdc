package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.handlers.EventConsumer;
import aero.contrail.eventlog.store.EventRef;
import aero.contrail.eventlog.store.EventTable;
import aero.contrail.events.DomainEvent;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Streams that a consumer cannot get past. All times are the database's. */
@Repository
public class ParkedStreams {

  private static final int MOST_ERROR_CHARS = 2000;

  private static final String PARK =
      """
      insert into eventlog.parked_stream (consumer, stream, version, type, failures, error,
                                          parked_at, retry_at)
      values (:consumer, :stream, :version, :type, 1, :error, clock_timestamp(),
              clock_timestamp() + :delay::interval)
          on conflict do nothing
      """;

  private static final String COLUMNS =
      """
      select consumer, stream, version, type, failures, error, parked_at, retry_at
        from eventlog.parked_stream
      """;

  private static final String FIND = COLUMNS + " where consumer = :consumer and stream = :stream";

  private static final String LOCK = FIND + " for update";

  private static final String LIST =
      COLUMNS
          + """
           where (:only::text is null or consumer = :only)
             and (consumer, stream) > (:consumer, :stream)
           order by consumer, stream
           limit :limit
          """;

  /** Those that have waited longest come first, so that none keeps the others from their turn. */
  private static final String DUE =
      COLUMNS
          + """
           where retry_at <= clock_timestamp() and consumer = any (:consumers)
           order by retry_at
           limit :limit
          """;

  private static final String NEXT_DUE =
      """
      select min(extract(epoch from retry_at - clock_timestamp()) * 1000)
        from eventlog.parked_stream
       where retry_at is not null and consumer = any (:consumers)
      """;

  /** The oldest event that waits, for whatever release, up to where the cursor has passed. */
  private static final String NEXT =
      "select "
          + EventTable.COLUMNS
          + """
            from eventlog.event e
           where e.stream = :stream and e.version >= :version and e.position <= :upTo
             and e.type = any ((select types
                                  from eventlog.consumer
                                 where id = :original)::text[])
           order by e.version
           limit 1
          """;

  private static final String MOVE =
      """
      update eventlog.parked_stream
         set version = :version, failures = 0, retry_at = clock_timestamp()
       where consumer = :consumer and stream = :stream
      """;

  private static final String FAIL =
      """
      update eventlog.parked_stream
         set version = :version, type = :type, failures = :failures, error = :error,
             retry_at = clock_timestamp() + :delay::interval
       where consumer = :consumer and stream = :stream
      """;

  /** For as long again as it has been waiting, within bounds: nothing to count, nothing to lose. */
  private static final String POSTPONE =
      """
      update eventlog.parked_stream
         set retry_at = clock_timestamp()
                        + least(greatest(clock_timestamp() - parked_at, interval '100 ms'),
                                interval '30 s')
       where consumer = :consumer and stream = :stream and retry_at is not null
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
   * @param failures how often it failed since it was parked or somebody decided about it
   * @param retryAt when it is tried again by itself; null when it waits for a decision
   */
  public record Parked(
      String consumer,
      String stream,
      int version,
      String type,
      int failures,
      String error,
      Instant parkedAt,
      @Nullable Instant retryAt) {}

  void park(String consumer, EventRef event, Failure failure) {
    jdbc.sql(PARK)
        .param("consumer", consumer)
        .param("stream", event.stream())
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

  /** Has a parked stream until the transaction ends; waits for whoever is trying it. */
  public Optional<Parked> lock(String consumer, String stream) {
    return one(LOCK, consumer, stream);
  }

  /** The same without waiting, and without having it. */
  public Optional<Parked> find(String consumer, String stream) {
    return one(FIND, consumer, stream);
  }

  private Optional<Parked> one(String sql, String consumer, String stream) {
    return jdbc.sql(sql)
        .param("consumer", consumer)
        .param("stream", stream)
        .query((row, _) -> parked(row))
        .optional();
  }

  /** In the order of consumers and streams, from after a place on. */
  public List<Parked> list(@Nullable String only, String consumer, String stream, int limit) {
    return jdbc.sql(LIST)
        .param("only", only)
        .param("consumer", consumer)
        .param("stream", stream)
        .param("limit", limit)
        .query((row, _) -> parked(row))
        .list();
  }

  /** Those that are to be tried again now. */
  List<Parked> due(Collection<String> consumers, int limit) {
    return jdbc.sql(DUE)
        .param("consumers", consumers.toArray(String[]::new))
        .param("limit", limit)
        .query((row, _) -> parked(row))
        .list();
  }

  /** How long it is until one is to be tried again; empty when none is. */
  Optional<Duration> nextDue(Collection<String> consumers) {
    return jdbc.sql(NEXT_DUE)
        .param("consumers", consumers.toArray(String[]::new))
        .query((row, _) -> Optional.ofNullable(row.getObject(1, BigDecimal.class)))
        .single()
        .map(millis -> Duration.ofMillis(Math.max(1, millis.longValue())));
  }

  /** The next event, or its name alone when the consumer of this release does not take it. */
  record Next(EventRef event, @Nullable Recorded<DomainEvent> recorded) {}

  /**
   * @throws aero.contrail.eventlog.store.UnreadableEvent when it cannot be read
   */
  Optional<Next> next(Parked parked, EventConsumer consumer, long upTo) {
    return jdbc.sql(NEXT)
        .param("stream", parked.stream())
        .param("version", parked.version())
        .param("original", consumer.original())
        .param("upTo", upTo)
        .query(
            (row, _) -> {
              var event =
                  new EventRef(
                      row.getObject("id", UUID.class),
                      row.getString("stream"),
                      row.getInt("version"),
                      row.getString("type"));
              return new Next(event, consumer.takes(event.type()) ? table.recorded(row) : null);
            })
        .optional();
  }

  /** What waits begins at the version, and may be tried at once. */
  public void move(Parked parked, int version) {
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

  /** Lets others have their turn first. */
  void postpone(String consumer, String stream) {
    jdbc.sql(POSTPONE).param("consumer", consumer).param("stream", stream).update();
  }

  void release(Parked parked) {
    jdbc.sql(RELEASE)
        .param("consumer", parked.consumer())
        .param("stream", parked.stream())
        .update();
  }

  public void releaseAll(String consumer) {
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
