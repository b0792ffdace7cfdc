package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.delivery.Cursors.Place;
import aero.contrail.eventlog.handlers.EventConsumer;
import aero.contrail.eventlog.store.EventRef;
import aero.contrail.eventlog.store.EventTable;
import aero.contrail.eventlog.store.UnreadableEvent;
import aero.contrail.events.DomainEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what comes next for a consumer. */
@Repository
public class LogReader {

  /** How far a batch looks: a consumer that needs little of the log must pass it in steps. */
  static final int WINDOW = 10_000;

  /**
   * The events that the consumer is registered for by any release, in the order of the log; those
   * of parked streams wait elsewhere. Which types those are is read with the events: when an event
   * of a type that a newer release has registered can be seen, so can the registration. The batch
   * ends with the event that makes it too large.
   */
  private static final String NEXT =
      """
      select e.*
        from (select e.position, %s,
                     octet_length(e.data::text) as own_bytes,
                     sum(octet_length(e.data::text)) over (order by e.position) as bytes
                from eventlog.event e
               where e.partition = :partition and e.position > %s and e.position <= %s
                 and e.type = any ((select types
                                      from eventlog.consumer
                                     where id = :original)::text[])
                 and not exists (select
                                   from eventlog.parked_stream p
                                  where p.consumer = :consumer and p.stream = e.stream)
               order by e.position
               limit :limit) e
       where e.bytes - e.own_bytes < :most_bytes
       order by e.position
      """;

  private static final String NEXT_OF = NEXT.formatted(EventTable.COLUMNS, ":after", ":upTo");

  /**
   * Takes a cursor and reads after it in one round trip. They stay two statements, because the
   * second must see all that the first calls settled; so that carries the range over in settings of
   * the transaction. Without the cursor there is no range, and nothing is read.
   */
  private static final String CLAIM_AND_READ =
      """
      with claimed as materialized (
      %s
      )
      select position, caught_up, drawn, settled,
             set_config('eventlog.after', position::text, true),
             set_config('eventlog.up_to', least(settled, position + %d)::text, true)
        from claimed;
      %s
      """
          .formatted(
              Cursors.CLAIM_FREE.indent(2).stripTrailing(),
              WINDOW,
              NEXT.formatted(
                  EventTable.COLUMNS,
                  "nullif(current_setting('eventlog.after', true), '')::bigint",
                  "nullif(current_setting('eventlog.up_to', true), '')::bigint"));

  private final NamedParameterJdbcOperations statements;
  private final JdbcClient jdbc;
  private final EventTable table;
  private final EventLogProperties properties;

  LogReader(
      NamedParameterJdbcOperations statements,
      JdbcClient jdbc,
      EventTable table,
      EventLogProperties properties) {
    this.statements = statements;
    this.jdbc = jdbc;
    this.table = table;
    this.properties = properties;
  }

  /** A cursor as it was when it was taken, and what comes after it. */
  record Taken(Place place, Batch batch) {}

  /**
   * Takes a cursor until the transaction ends, and reads after it.
   *
   * @param limit how many events at most, from 1
   * @return empty when somebody else has the cursor, or nobody
   */
  Optional<Taken> take(EventConsumer consumer, int partition, int limit) {
    return Optional.ofNullable(
        statements.execute(
            CLAIM_AND_READ,
            parameters(consumer, partition, limit),
            statement -> {
              statement.execute();
              try (var claimed = statement.getResultSet()) {
                if (!claimed.next()) {
                  return null;
                }
                var place = Cursors.place(claimed);
                statement.getMoreResults();
                try (var rows = statement.getResultSet()) {
                  return new Taken(place, batch(rows, consumer, place, limit));
                }
              }
            }));
  }

  private MapSqlParameterSource parameters(EventConsumer consumer, int partition, int limit) {
    return new MapSqlParameterSource("consumer", consumer.id())
        .addValue("original", consumer.original())
        .addValue("partition", partition)
        .addValue("limit", limit)
        .addValue("most_bytes", properties.batchBytes());
  }

  /**
   * Reads after a cursor that the transaction has.
   *
   * @param limit how many events at most, from 1
   */
  public Batch read(EventConsumer consumer, int partition, Place cursor, int limit) {
    if (end(cursor) <= cursor.position()) {
      return new Batch(List.of(), cursor.position(), false, null, null);
    }
    return jdbc.sql(NEXT_OF)
        .paramSource(
            parameters(consumer, partition, limit)
                .addValue("after", cursor.position())
                .addValue("upTo", end(cursor)))
        .query((ResultSetExtractor<Batch>) rows -> batch(rows, consumer, cursor, limit));
  }

  private static long end(Place cursor) {
    return Math.min(cursor.settled(), cursor.position() + WINDOW);
  }

  private Batch batch(ResultSet rows, EventConsumer consumer, Place cursor, int limit)
      throws SQLException {
    var end = Math.max(cursor.position(), end(cursor));
    var isWindow = end < cursor.settled();
    var events = new ArrayList<Recorded<DomainEvent>>();
    var last = cursor.position();
    var bytes = 0L;
    while (rows.next()) {
      if (!consumer.takes(rows.getString("type"))) {
        return new Batch(events, last, false, null, ref(rows));
      }
      try {
        events.add(table.recorded(rows));
      } catch (UnreadableEvent e) {
        // What is before it is handled first; then it comes first, and is parked.
        return events.isEmpty()
            ? new Batch(events, rows.getLong("position"), false, e, null)
            : new Batch(events, last, true, null, null);
      }
      last = rows.getLong("position");
      bytes = rows.getLong("bytes");
    }
    var cut = events.size() == limit || bytes >= properties.batchBytes();
    return new Batch(events, cut ? last : end, cut || isWindow, null, null);
  }

  private static EventRef ref(ResultSet row) throws SQLException {
    return new EventRef(
        row.getObject("id", UUID.class),
        row.getString("stream"),
        row.getInt("version"),
        row.getString("type"));
  }
}
