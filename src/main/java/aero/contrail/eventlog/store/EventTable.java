package aero.contrail.eventlog.store;

import aero.contrail.database.DeferredWrites;
import aero.contrail.eventlog.Origin;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.DomainEvent;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of the log: appends, and reads whole streams. Thread-safe. */
@Repository
public class EventTable {

  /** What {@link #recorded} reads of an event {@code e}. */
  public static final String COLUMNS =
      """
      e.id, e.stream, e.version, e.type, e.recorded_at, e.actor, e.channel, e.correlation_id,
      e.trace, e.causation_id, e.data
      """;

  /** The last event of each stream of a set {@code s (stream)}. */
  static final String HEADS =
      """
      select s.stream, coalesce(h.version, 0) as version, h.recorded_at
        from s
        left join lateral (select e.version, e.recorded_at
                             from eventlog.event e
                            where e.stream = s.stream
                            order by e.version desc
                            limit 1) h on true
      """;

  /**
   * An event that expects another version than its stream has gets none, which the table refuses;
   * of two that expect the same at the same time, the second meets the primary key. Times of
   * recording never run backwards within a stream, whoever's clock they are from. Positions are
   * drawn by the row, under the lock that the table's trigger takes.
   */
  private static final String INSERT =
      """
      with batch as (
        select *
          from unnest(?::uuid[], ?::text[], ?::int[], ?::text[], ?::timestamptz[],
                      ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[],
                      ?::smallint[], ?::text[])
               with ordinality
            as b (id, stream, version, type, occurred_at, recorded_at, actor, channel,
                  correlation_id, causation_id, data, partition, trace, ord)
      ), s as (
        select distinct stream from batch
      ), head as (
        %s
      ), numbered as (
        select b.*,
               h.version + row_number() over (partition by b.stream order by b.ord) as next,
               greatest(h.recorded_at,
                        max(b.recorded_at) over (partition by b.stream order by b.ord)) as at
          from batch b
          join head h on h.stream = b.stream
      )
      insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at,
                                  actor, channel, correlation_id, causation_id, data, trace)
      select partition, stream, case when version in (0, next) then next end, id, type,
             occurred_at, at, actor, channel, correlation_id, causation_id, data::json, trace
        from numbered
       order by ord
      """
          .formatted(HEADS);

  /** The same for the most frequent case, at a quarter of the cost: every event begins a stream. */
  private static final String BEGIN_STREAMS =
      """
      insert into eventlog.event (id, stream, version, type, occurred_at, recorded_at, actor,
                                  channel, correlation_id, causation_id, data, partition, trace)
      select id, stream, version, type, occurred_at, recorded_at, actor, channel, correlation_id,
             causation_id, data::json, partition, trace
        from unnest(?::uuid[], ?::text[], ?::int[], ?::text[], ?::timestamptz[],
                    ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[],
                    ?::smallint[], ?::text[])
          as b (id, stream, version, type, occurred_at, recorded_at, actor, channel,
                correlation_id, causation_id, data, partition, trace)
      """;

  private static final String READ_STREAMS =
      "select "
          + COLUMNS
          + """
            from eventlog.event e
           where e.stream = any (:streams)
           order by e.stream, e.version
          """;

  /** From here on COPY costs less than the statement above. */
  private static final int MANY = 500;

  private static final int MOST_REMEMBERED = 50_000;

  /** Dropped by age, because the newest are the ones that will be read. */
  private static final Duration REMEMBERED = Duration.ofSeconds(3);

  private final DeferredWrites deferred;
  private final JdbcClient client;
  private final EventTypes types;
  private final Partitions partitions;
  private final BulkAppend bulk;

  /** What this instance appended of late need not be parsed again by its own consumers. */
  private final Cache<UUID, DomainEvent> recent =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  EventTable(
      DeferredWrites deferred,
      JdbcOperations jdbc,
      JdbcClient client,
      EventTypes types,
      Partitions partitions) {
    this.deferred = deferred;
    this.client = client;
    this.types = types;
    this.partitions = partitions;
    this.bulk = new BulkAppend(jdbc, partitions);
  }

  /**
   * Appends when the running transaction commits, or now when there is much. Readers wait for its
   * end from then on. A stream that has another version than expected undoes the transaction with
   * an {@link OptimisticLockingFailureException}.
   */
  void insert(List<NewEvent> events) {
    if (events.size() < MANY) {
      deferred.add(
          beginStreams(events) ? BEGIN_STREAMS : INSERT,
          (connection, insert, first) -> bind(new Columns(connection, insert, events, first)),
          EventTable::refused);
      return;
    }
    try {
      if (bulk.copy(events) < events.size()) {
        throw new OptimisticLockingFailureException("a stream has another version than expected");
      }
    } catch (DuplicateKeyException e) {
      throw refused(e);
    }
  }

  private static RuntimeException refused(DataAccessException failure) {
    return failure instanceof DataIntegrityViolationException && isOfThisTable(failure)
        ? new OptimisticLockingFailureException(
            "a stream has another version than expected: another change came first", failure)
        : failure;
  }

  private static boolean isOfThisTable(DataAccessException failure) {
    return failure.getMostSpecificCause() instanceof PSQLException cause
        && cause.getServerErrorMessage() != null
        && "eventlog".equals(cause.getServerErrorMessage().getSchema())
        && "event".equals(cause.getServerErrorMessage().getTable());
  }

  private static boolean beginStreams(List<NewEvent> events) {
    return events.stream().allMatch(event -> event.expected() == 1);
  }

  private int bind(Columns columns) throws SQLException {
    columns.set(1, "uuid", Recorded::id);
    columns.set(2, "text", Recorded::stream);
    columns.set(3, "int4", Recorded::version);
    columns.set(4, "text", Recorded::type);
    columns.set(5, "timestamptz", event -> event.event().at().atOffset(ZoneOffset.UTC));
    columns.set(6, "timestamptz", event -> event.recordedAt().atOffset(ZoneOffset.UTC));
    columns.set(7, "text", event -> event.origin().actor());
    columns.set(8, "text", event -> event.origin().channel());
    columns.set(9, "text", event -> event.origin().correlationId());
    columns.set(10, "uuid", Recorded::causationId);
    columns.setArray(11, "text", columns.events().stream().map(NewEvent::data).toArray());
    columns.set(12, "int2", event -> (short) partitions.of(event.stream()));
    columns.set(13, "text", event -> event.origin().trace());
    return columns.first() + 13;
  }

  /** Binds one array a column. */
  private record Columns(
      Connection connection, PreparedStatement insert, List<NewEvent> events, int first) {

    void set(int column, String type, Function<Recorded<DomainEvent>, @Nullable Object> value)
        throws SQLException {
      setArray(column, type, events.stream().map(e -> value.apply(e.recorded())).toArray());
    }

    void setArray(int column, String type, @Nullable Object[] values) throws SQLException {
      insert.setArray(first + column - 1, connection.createArrayOf(type, values));
    }
  }

  /** Remembers events that this instance has committed. */
  void remember(List<NewEvent> committed) {
    if (committed.size() < MANY) {
      committed.forEach(event -> recent.put(event.recorded().id(), event.recorded().event()));
    }
  }

  /** Whole streams, each oldest first. */
  public List<Recorded<DomainEvent>> read(Collection<String> streams) {
    return client
        .sql(READ_STREAMS)
        .param("streams", streams.toArray(String[]::new))
        .query((row, _) -> recorded(row))
        .list();
  }

  /**
   * The event of a row of {@link #COLUMNS}.
   *
   * @throws UnreadableEvent when the payload does not fit its type, or the type is unknown
   */
  public Recorded<DomainEvent> recorded(ResultSet row) throws SQLException {
    var type = row.getString("type");
    var id = row.getObject("id", UUID.class);
    var known = recent.getIfPresent(id);
    return new Recorded<>(
        id,
        row.getString("stream"),
        row.getInt("version"),
        type,
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        origin(row),
        row.getObject("causation_id", UUID.class),
        known == null ? read(row, id, type) : known);
  }

  static Origin origin(ResultSet row) throws SQLException {
    return new Origin(
        row.getString("actor"),
        row.getString("channel"),
        row.getString("correlation_id"),
        row.getString("trace"));
  }

  private DomainEvent read(ResultSet row, UUID id, String type) throws SQLException {
    try {
      return types.read(type, row.getString("data"));
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      var event = new EventRef(id, row.getString("stream"), row.getInt("version"), type);
      throw new UnreadableEvent(event, e);
    }
  }
}
