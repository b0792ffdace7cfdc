package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.delivery.Cursors.Place;
import aero.contrail.eventlog.store.EventRef;
import aero.contrail.eventlog.store.EventTable;
import aero.contrail.eventlog.store.UnreadableEvent;
import aero.contrail.events.DomainEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.ResultSetExtractor;
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
               where e.partition = :partition and e.position > :after and e.position <= :upTo
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
      """
          .formatted(EventTable.COLUMNS);

  private final JdbcClient jdbc;
  private final EventTable table;
  private final EventLogProperties properties;

  LogReader(JdbcClient jdbc, EventTable table, EventLogProperties properties) {
    this.jdbc = jdbc;
    this.table = table;
    this.properties = properties;
  }

  /**
   * Reads after a cursor that the transaction has.
   *
   * @param limit how many events at most, from 1
   */
  public Batch read(EventConsumer consumer, int partition, Place cursor, int limit) {
    var end = Math.min(cursor.settled(), cursor.position() + WINDOW);
    if (end <= cursor.position()) {
      return new Batch(List.of(), cursor.position(), false, null, null);
    }
    var isWindow = end < cursor.settled();
    return jdbc.sql(NEXT)
        .param("consumer", consumer.id())
        .param("original", consumer.original())
        .param("partition", partition)
        .param("after", cursor.position())
        .param("upTo", end)
        .param("limit", limit)
        .param("most_bytes", properties.batchBytes())
        .query(
            (ResultSetExtractor<Batch>)
                rows -> batch(rows, consumer, cursor.position(), end, isWindow, limit));
  }

  private Batch batch(
      ResultSet rows, EventConsumer consumer, long after, long end, boolean isWindow, int limit)
      throws SQLException {
    var events = new ArrayList<Recorded<DomainEvent>>();
    var last = after;
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
