package aero.contrail.eventlog;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of the log, with its cold part: appends, and reads whole streams. */
@Repository
class EventTable {

  /** The last event of each stream of a set {@code s (stream)}, wherever it is. */
  static final String HEADS =
      """
      select s.stream, coalesce(h.version, a.version, 0) as version,
             coalesce(h.tx, a.tx, 0) as tx
        from s
        left join lateral (select e.version, e.tx
                             from eventlog.event e
                            where e.stream = s.stream
                            order by e.version desc
                            limit 1) h on true
        left join lateral (select e.version, e.tx
                             from eventlog.archived_event e
                            where h.version is null and e.stream = s.stream
                            order by e.version desc
                            limit 1) a on true
      """;

  /**
   * An event's order key {@code tx} is never lower than its predecessor's in the stream: a
   * transaction may have got its number long before the rival whose append it waited for. Raising
   * the key is safe, because readers stop below the oldest running transaction, and this one is
   * older than the raised key. An event that expects another version than its stream has is not
   * inserted; of two that expect the same at the same time, the second meets the primary key.
   */
  private static final String INSERT =
      """
      with batch as (
        select *
          from unnest(?::uuid[], ?::smallint[], ?::text[], ?::int[], ?::text[], ?::timestamptz[],
                      ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[],
                      ?::boolean[])
               with ordinality
            as b (id, partition, stream, version, type, occurred_at, recorded_at, actor, channel,
                  correlation_id, causation_id, data, closes, ord)
      ), s as (
        select distinct stream from batch
      ), head as (
        %s
      ), numbered as (
        select b.*, greatest(pg_current_xact_id()::text::bigint, h.tx) as tx,
               h.version + row_number() over (partition by b.stream order by b.ord) as next
          from batch b
          join head h on h.stream = b.stream
      )
      insert into eventlog.event (tx, partition, stream, version, id, type, occurred_at,
                                  recorded_at, actor, channel, correlation_id, causation_id, data,
                                  closes)
      select tx, partition, stream, next, id, type, occurred_at, recorded_at, actor, channel,
             correlation_id, causation_id, data::json, closes
        from numbered
       where version in (0, next)
       order by ord
      returning tx
      """
          .formatted(HEADS);

  /** The same for the most frequent case, at a quarter of the cost: one event begins a stream. */
  private static final String BEGIN_STREAM =
      """
      insert into eventlog.event (id, partition, stream, version, type, occurred_at, recorded_at,
                                  actor, channel, correlation_id, causation_id, data, closes, tx)
      select :id, :partition::smallint, :stream, 1, :type, :occurredAt, :recordedAt, :actor,
             :channel::text, :correlation, :causation::uuid, :data::json, :closes,
             pg_current_xact_id()::text::bigint
       where not exists (select
                           from eventlog.archived_event
                          where stream = :stream)
      returning tx
      """;

  private static final String READ_STREAMS =
      """
      select id, stream, version, type, recorded_at, actor, channel, correlation_id,
             causation_id, data
        from eventlog.%s
       where stream = any (:streams)
       order by stream, version
      """;

  private static final String READ_HOT = READ_STREAMS.formatted("event");
  private static final String READ_ARCHIVED = READ_STREAMS.formatted("archived_event");

  /** From here on COPY costs less than the statement above. */
  private static final int MANY = 500;

  private static final int MOST_REMEMBERED = 50_000;

  /** Dropped by age, because the newest are the ones that will be read. */
  private static final Duration REMEMBERED = Duration.ofSeconds(3);

  /**
   * An event that was published and is not stored yet.
   *
   * @param recorded its envelope; the version is {@link #NEXT} when the log is to count
   * @param data the payload as it will be stored
   * @param closes whether nothing more is expected in the stream
   */
  record NewEvent(Recorded<DomainEvent> recorded, String data, boolean closes) {

    /** Stands for the version after the last one that is stored. */
    static final int NEXT = 0;
  }

  private final JdbcOperations jdbc;
  private final JdbcClient client;
  private final EventTypes types;
  private final Partitions partitions;
  private final BulkAppend bulk;

  /** What this instance appended of late need not be parsed again by its own consumers. */
  private final Cache<UUID, DomainEvent> recent =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  EventTable(JdbcOperations jdbc, JdbcClient client, EventTypes types, Partitions partitions) {
    this.jdbc = jdbc;
    this.client = client;
    this.types = types;
    this.partitions = partitions;
    this.bulk = new BulkAppend(jdbc, partitions);
  }

  /**
   * Appends in the running transaction.
   *
   * @return the highest order key of the events: they can be read once the horizon has passed it
   * @throws OptimisticLockingFailureException when a stream has another version than expected
   */
  long insert(List<NewEvent> events) {
    try {
      var keys =
          events.size() >= MANY
              ? bulk.copy(events)
              : beginsStream(events) ? insertFirst(events.getFirst()) : insertAll(events);
      if (keys.size() < events.size()) {
        throw new OptimisticLockingFailureException("a stream has another version than expected");
      }
      return Collections.max(keys);
    } catch (DuplicateKeyException e) {
      throw new OptimisticLockingFailureException("another change to the stream came first", e);
    }
  }

  private static boolean beginsStream(List<NewEvent> events) {
    return events.size() == 1 && events.getFirst().recorded().version() == 1;
  }

  private List<Long> insertFirst(NewEvent first) {
    var event = first.recorded();
    return client
        .sql(BEGIN_STREAM)
        .param("id", event.id())
        .param("partition", partitions.of(event.stream()))
        .param("stream", event.stream())
        .param("type", event.type())
        .param("occurredAt", event.event().at().atOffset(ZoneOffset.UTC))
        .param("recordedAt", event.recordedAt().atOffset(ZoneOffset.UTC))
        .param("actor", event.origin().actor())
        .param("channel", event.origin().channel())
        .param("correlation", event.origin().correlationId())
        .param("causation", event.causationId())
        .param("data", first.data())
        .param("closes", first.closes())
        .query((row, _) -> row.getLong("tx"))
        .list();
  }

  private List<Long> insertAll(List<NewEvent> events) {
    var keys = new ArrayList<Long>();
    jdbc.execute(
        (ConnectionCallback<@Nullable Void>)
            connection -> {
              try (var insert = connection.prepareStatement(INSERT)) {
                bind(new Columns(connection, insert, events));
                try (var rows = insert.executeQuery()) {
                  while (rows.next()) {
                    keys.add(rows.getLong("tx"));
                  }
                }
                return null;
              }
            });
    return keys;
  }

  private void bind(Columns columns) throws SQLException {
    columns.set(1, "uuid", Recorded::id);
    columns.set(2, "int2", event -> (short) partitions.of(event.stream()));
    columns.set(3, "text", Recorded::stream);
    columns.set(4, "int4", Recorded::version);
    columns.set(5, "text", Recorded::type);
    columns.set(6, "timestamptz", event -> event.event().at().atOffset(ZoneOffset.UTC));
    columns.set(7, "timestamptz", event -> event.recordedAt().atOffset(ZoneOffset.UTC));
    columns.set(8, "text", event -> event.origin().actor());
    columns.set(9, "text", event -> event.origin().channel());
    columns.set(10, "text", event -> event.origin().correlationId());
    columns.set(11, "uuid", Recorded::causationId);
    columns.setArray(12, "text", columns.events().stream().map(NewEvent::data).toArray());
    columns.setArray(13, "bool", columns.events().stream().map(NewEvent::closes).toArray());
  }

  /** Binds one array a column. */
  private record Columns(Connection connection, PreparedStatement insert, List<NewEvent> events) {

    void set(int column, String type, Function<Recorded<DomainEvent>, @Nullable Object> value)
        throws SQLException {
      setArray(column, type, events.stream().map(e -> value.apply(e.recorded())).toArray());
    }

    void setArray(int column, String type, @Nullable Object[] values) throws SQLException {
      insert.setArray(column, connection.createArrayOf(type, values));
    }
  }

  /** Remembers events that this instance has committed. */
  void remember(List<NewEvent> committed) {
    if (committed.size() < MANY) {
      committed.forEach(event -> recent.put(event.recorded().id(), event.recorded().event()));
    }
  }

  /** Whole streams, each oldest first. */
  List<Recorded<DomainEvent>> read(Collection<String> streams) {
    var hot = read(READ_HOT, streams);
    var first = new HashMap<String, Integer>();
    hot.forEach(event -> first.putIfAbsent(event.stream(), event.version()));
    var cold = streams.stream().filter(stream -> first.getOrDefault(stream, 0) != 1).toList();
    if (cold.isEmpty()) {
      return hot;
    }
    // A stream may be archived between the two: what was seen in the hot table is not taken twice.
    var all = new ArrayList<>(read(READ_ARCHIVED, cold));
    all.removeIf(event -> event.version() >= first.getOrDefault(event.stream(), Integer.MAX_VALUE));
    all.addAll(hot);
    return all;
  }

  private List<Recorded<DomainEvent>> read(String sql, Collection<String> streams) {
    return client
        .sql(sql)
        .param("streams", streams.toArray(String[]::new))
        .query((row, _) -> recorded(row))
        .list();
  }

  /**
   * @throws EventRef.Unreadable when the payload does not fit its type
   */
  Recorded<DomainEvent> recorded(ResultSet row) throws SQLException {
    var type = row.getString("type");
    var id = row.getObject("id", UUID.class);
    var known = recent.getIfPresent(id);
    return new Recorded<>(
        id,
        row.getString("stream"),
        row.getInt("version"),
        type,
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        new Origin(
            row.getString("actor"), row.getString("channel"), row.getString("correlation_id")),
        row.getObject("causation_id", UUID.class),
        known == null ? read(row, id, type) : known);
  }

  private DomainEvent read(ResultSet row, UUID id, String type) throws SQLException {
    try {
      return types.read(type, row.getString("data"));
    } catch (RuntimeException e) {
      var event = new EventRef(id, row.getString("stream"), row.getInt("version"), type);
      throw new EventRef.Unreadable(event, e);
    }
  }
}
