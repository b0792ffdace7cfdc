package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
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

/** The one table of the log. */
@Repository
class EventTable {

  /** Stands for the version after the last one that is stored. */
  static final int NEXT = 0;

  /** Events of one stream share a slot; a consumer's work is split by slot. Fixed for ever. */
  static final int SLOTS = 4;

  /**
   * An event's order key {@code tx} is never lower than its predecessor's in the stream: a
   * transaction may have got its number long before the rival whose append it waited for. Raising
   * the key is safe, because readers stop below the oldest running transaction, and this one is
   * older than the raised key.
   */
  private static final String INSERT =
      """
      with batch as (
        select *
          from unnest(?::uuid[], ?::smallint[], ?::text[], ?::int[], ?::text[], ?::timestamptz[],
                      ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[])
               with ordinality
            as b (id, slot, stream, version, type, occurred_at, recorded_at, actor, channel,
                  correlation_id, causation_id, data, ord)
      ), head as (
        select s.stream, h.version, h.tx
          from (select distinct stream from batch) s
         cross join lateral (select e.version, e.tx
                               from eventlog.event e
                              where e.stream = s.stream
                              order by e.version desc
                              limit 1) h
      )
      insert into eventlog.event (tx, slot, stream, version, id, type, occurred_at, recorded_at,
                                  actor, channel, correlation_id, causation_id, data)
      select greatest(pg_current_xact_id()::text::bigint, h.tx), b.slot, b.stream,
             case when b.version > 0 then b.version
                  else coalesce(h.version, 0)
                       + row_number() over (partition by b.stream order by b.ord)
             end,
             b.id, b.type, b.occurred_at, b.recorded_at,
             b.actor, b.channel, b.correlation_id, b.causation_id, b.data::jsonb
        from batch b
        left join head h on h.stream = b.stream
       order by b.ord
      """;

  private static final String READ_STREAMS =
      """
      select id, stream, version, type, recorded_at, actor, channel, correlation_id,
             causation_id, data::text as data
        from eventlog.event
       where stream = any (:streams)
       order by stream, version
      """;

  /** From here on COPY costs less than the statement above. */
  private static final int MANY = 500;

  private final JdbcOperations jdbc;
  private final JdbcClient client;
  private final EventTypes types;
  private final BulkAppend bulk;

  EventTable(JdbcOperations jdbc, JdbcClient client, EventTypes types) {
    this.jdbc = jdbc;
    this.client = client;
    this.types = types;
    this.bulk = new BulkAppend(jdbc, types);
  }

  static int slot(String stream) {
    return Math.floorMod(stream.hashCode(), SLOTS);
  }

  /**
   * @throws OptimisticLockingFailureException when a version of a stream is already taken
   */
  void insert(List<Recorded<DomainEvent>> events) {
    try {
      if (events.size() < MANY) {
        jdbc.execute(
            (ConnectionCallback<Integer>)
                connection -> {
                  try (var insert = connection.prepareStatement(INSERT)) {
                    bind(new Columns(connection, insert, events));
                    return insert.executeUpdate();
                  }
                });
      } else {
        bulk.copy(events);
      }
    } catch (DuplicateKeyException e) {
      throw new OptimisticLockingFailureException("another change to the stream came first", e);
    }
  }

  private void bind(Columns columns) throws SQLException {
    columns.set(1, "uuid", Recorded::id);
    columns.set(2, "int2", event -> (short) slot(event.stream()));
    columns.set(3, "text", Recorded::stream);
    columns.set(4, "int4", Recorded::version);
    columns.set(5, "text", Recorded::type);
    columns.set(6, "timestamptz", event -> event.event().at().atOffset(ZoneOffset.UTC));
    columns.set(7, "timestamptz", event -> event.recordedAt().atOffset(ZoneOffset.UTC));
    columns.set(8, "text", event -> event.origin().actor());
    columns.set(9, "text", event -> event.origin().channel());
    columns.set(10, "text", event -> event.origin().correlationId());
    columns.set(11, "uuid", Recorded::causationId);
    columns.set(12, "text", event -> types.write(event.event()));
  }

  /** Binds one array a column. */
  private record Columns(
      Connection connection, PreparedStatement insert, List<Recorded<DomainEvent>> events) {

    void set(int column, String type, Function<Recorded<DomainEvent>, @Nullable Object> value)
        throws SQLException {
      insert.setArray(column, connection.createArrayOf(type, events.stream().map(value).toArray()));
    }
  }

  List<Recorded<DomainEvent>> read(Collection<String> streams) {
    return client
        .sql(READ_STREAMS)
        .param("streams", streams.toArray(String[]::new))
        .query((row, _) -> recorded(row))
        .list();
  }

  Recorded<DomainEvent> recorded(ResultSet row) throws SQLException {
    var type = row.getString("type");
    return new Recorded<>(
        row.getObject("id", UUID.class),
        row.getString("stream"),
        row.getInt("version"),
        type,
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        new Origin(
            row.getString("actor"), row.getString("channel"), row.getString("correlation_id")),
        row.getObject("causation_id", UUID.class),
        types.read(type, row.getString("data")));
  }
}
