package aero.contrail.eventlog.store;

import aero.contrail.eventlog.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Events as they are stored, of whatever type: written as received, read as they are. */
@Repository
public class ReceivedEvents {

  /** Positions are this log's own; everything else is as it was where the event was published. */
  private static final String INSERT =
      """
      insert into eventlog.event (source, partition, id, stream, version, type, occurred_at,
                                  recorded_at, actor, channel, correlation_id, trace, causation_id,
                                  data)
      select :source, r.partition, r.id, r.stream, r.version, r.type,
             r.occurred_at::timestamptz, r.recorded_at::timestamptz, r.actor, r.channel,
             r.correlation_id, r.trace, r.causation_id, r.data::json
        from unnest(:partitions, :ids, :streams, :versions, :types, :occurred, :recorded, :actors,
                    :channels, :correlations, :traces, :causations, :data)
               with ordinality
          as r (partition, id, stream, version, type, occurred_at, recorded_at, actor, channel,
                correlation_id, trace, causation_id, data, ord)
       order by r.ord
          on conflict (source, id) where source is not null do nothing
      """;

  /** What this log published itself: what it received is carried by whoever sent it. */
  private static final String OWN =
      """
      select e.*
        from generate_series(0, :partitions - 1) p
       cross join lateral (select e.position, e.id, e.stream, e.version, e.type, e.occurred_at,
                                  e.recorded_at, e.actor, e.channel, e.correlation_id, e.trace,
                                  e.causation_id, e.data
                             from eventlog.event e
                            where e.partition = p and e.position > :after and e.position <= :upTo
                              and e.source is null
                            order by e.position
                            limit :most) e
       order by e.position
       limit :most
      """;

  private final JdbcClient jdbc;
  private final Partitions partitions;

  ReceivedEvents(JdbcClient jdbc, Partitions partitions) {
    this.jdbc = jdbc;
    this.partitions = partitions;
  }

  /** Writes what is new; how many events were. */
  public int insert(String source, List<StoredEvent> events) {
    try {
      return jdbc.sql(INSERT)
          .param("source", source)
          .param("partitions", all(events, e -> (short) partitions.of(e.stream()), Short[]::new))
          .param("ids", all(events, StoredEvent::id, UUID[]::new))
          .param("streams", all(events, StoredEvent::stream, String[]::new))
          .param("versions", all(events, StoredEvent::version, Integer[]::new))
          .param("types", all(events, StoredEvent::type, String[]::new))
          .param("occurred", all(events, e -> e.occurredAt().toString(), String[]::new))
          .param("recorded", all(events, e -> e.recordedAt().toString(), String[]::new))
          .param("actors", all(events, e -> e.origin().actor(), String[]::new))
          .param("channels", all(events, e -> e.origin().channel(), String[]::new))
          .param("correlations", all(events, e -> e.origin().correlationId(), String[]::new))
          .param("traces", all(events, e -> e.origin().trace(), String[]::new))
          .param("causations", all(events, StoredEvent::causationId, UUID[]::new))
          .param("data", all(events, StoredEvent::data, String[]::new))
          .update();
    } catch (DuplicateKeyException e) {
      throw new OptimisticLockingFailureException(
          "a stream has another event under the same version, or it is being received now", e);
    }
  }

  private static <T> T[] all(
      List<StoredEvent> events, Function<StoredEvent, @Nullable T> value, IntFunction<T[]> array) {
    return events.stream().map(value).toArray(array);
  }

  /** Events of this log's own in a range of positions, in order. */
  public List<StoredEvent> own(long after, long upTo, int most) {
    return jdbc.sql(OWN)
        .param("partitions", partitions.count())
        .param("after", after)
        .param("upTo", upTo)
        .param("most", most)
        .query((row, _) -> stored(row))
        .list();
  }

  private static StoredEvent stored(ResultSet row) throws SQLException {
    return new StoredEvent(
        row.getLong("position"),
        row.getObject("id", UUID.class),
        row.getString("stream"),
        row.getInt("version"),
        row.getString("type"),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        EventTable.origin(row),
        row.getObject("causation_id", UUID.class),
        row.getString("data"));
  }
}
