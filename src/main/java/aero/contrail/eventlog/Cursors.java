package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each consumer has come in each partition, and what comes next. */
@Repository
class Cursors {

  private static final String REGISTER =
      """
      insert into eventlog.cursor (consumer, partition)
      select :consumer, partition
        from generate_series(0, :partitions - 1) partition
          on conflict do nothing
      """;

  private static final String HORIZON =
      "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as tx";

  /** Events after the cursor {@code c} and below the horizon {@code h}, in reading order. */
  private static final String NEXT =
      """
      (select e.tx, e.position, e.id, e.stream, e.version, e.type, e.recorded_at, e.actor,
              e.channel, e.correlation_id, e.causation_id, e.data
         from eventlog.%s e
        where e.partition = :partition
          and (e.tx, e.position) > (c.tx, c.position)
          and e.tx < h.tx
          and e.type = any (:types)
          and not exists (select
                            from eventlog.parked_stream p
                           where p.consumer = :consumer and p.stream = e.stream)
        order by e.tx, e.position
        limit :limit)
      """;

  /**
   * Claims the cursor and reads what comes after it. Only what is older than every running
   * transaction is read: a younger event may have a predecessor that is not committed yet. {@code
   * waiting} tells that there is such a younger event. Parked streams are passed over. The archive
   * costs one look into its index, once a consumer is past it.
   */
  private static final String CLAIM =
      """
      with cursor as materialized (
        select tx, position
          from eventlog.cursor
         where consumer = :consumer and partition = :partition
           for update skip locked
      ), horizon as materialized (
        %s
      ), younger as materialized (
        select exists (select
                         from eventlog.event e, horizon h
                        where e.partition = :partition and e.tx >= h.tx) as waiting
      )
      select h.tx as horizon, y.waiting, e.*
        from cursor c
       cross join horizon h
       cross join younger y
        left join lateral (select n.*
                             from (%s union all %s) n
                            order by n.tx, n.position
                            limit :limit) e on true
       order by e.tx, e.position
      """
          .formatted(HORIZON, NEXT.formatted("archived_event"), NEXT.formatted("event"));

  /** Never backwards: a claim that waited may have read with an older horizon than the cursor's. */
  private static final String ADVANCE =
      """
      update eventlog.cursor
         set tx = :tx, position = :position, handled = handled + :handled
       where consumer = :consumer and partition = :partition
         and (tx, position) < (:tx, :position)
      """;

  private static final String LOCK =
      """
      select tx, position
        from eventlog.cursor
       where consumer = :consumer and partition = :partition
         for update
      """;

  /**
   * Finds the partitions that have something after the cursor, for whomever it is: a consumer that
   * needs none of it must pass it all the same, or it would read it again and again. And the parked
   * streams that are to be tried again.
   */
  private static final String BEHIND =
      """
      select c.consumer, c.partition, null as stream
        from eventlog.cursor c
       where exists (select
                       from eventlog.event e
                      where e.partition = c.partition
                        and (e.tx, e.position) > (c.tx, c.position))
          or exists (select
                       from eventlog.archived_event e
                      where e.partition = c.partition
                        and (e.tx, e.position) > (c.tx, c.position))
      union all
      (select consumer, partition, stream
         from eventlog.parked_stream
        where retry_at <= now()
        order by retry_at
        limit 100)
      """;

  private final JdbcClient jdbc;
  private final EventTable table;
  private final Partitions partitions;

  Cursors(JdbcClient jdbc, EventTable table, Partitions partitions) {
    this.jdbc = jdbc;
    this.table = table;
    this.partitions = partitions;
  }

  /** Makes the cursors of a consumer, at the beginning of the log, unless it has them. */
  void register(String consumer) {
    jdbc.sql(REGISTER).param("consumer", consumer).param("partitions", partitions.count()).update();
  }

  /** Below this order key nothing will be added any more. */
  long horizon() {
    return jdbc.sql(HORIZON).query((row, _) -> row.getLong("tx")).single();
  }

  /** A place in the reading order. */
  record Place(long tx, long position) {

    /** Everything of the transactions that are older than the horizon. */
    static Place below(long horizon) {
      return new Place(horizon - 1, Long.MAX_VALUE);
    }
  }

  /**
   * What a claim brought.
   *
   * @param claimed false when another instance is at work on the partition
   * @param waiting there are events that cannot be read yet
   * @param full there may be more that can be read
   * @param place what is read with it
   */
  record Batch(
      boolean claimed,
      boolean waiting,
      boolean full,
      Place place,
      List<Recorded<DomainEvent>> events) {

    static final Batch NONE = new Batch(false, false, false, new Place(0, 0), List.of());
  }

  /** Claims the partition until the transaction ends, and reads at most {@code limit} events. */
  Batch claim(Consumer consumer, int partition, int limit) {
    return jdbc.sql(CLAIM)
        .param("consumer", consumer.id())
        .param("partition", partition)
        .param("types", consumer.types().toArray(String[]::new))
        .param("limit", limit)
        .query((ResultSetExtractor<Batch>) rows -> batch(rows, limit));
  }

  private Batch batch(ResultSet rows, int limit) throws SQLException {
    var events = new ArrayList<Recorded<DomainEvent>>();
    var batch = Batch.NONE;
    while (rows.next()) {
      if (rows.getObject("id") != null) {
        events.add(table.recorded(rows));
      }
      // A batch that is not full has read everything below the horizon.
      var full = events.size() == limit;
      var place =
          full
              ? new Place(rows.getLong("tx"), rows.getLong("position"))
              : Place.below(rows.getLong("horizon"));
      batch = new Batch(true, rows.getBoolean("waiting"), full, place, events);
    }
    return batch;
  }

  void advance(String consumer, int partition, Place place, int handled) {
    jdbc.sql(ADVANCE)
        .param("consumer", consumer)
        .param("partition", partition)
        .param("tx", place.tx())
        .param("position", place.position())
        .param("handled", handled)
        .update();
  }

  /** Waits for the partition, and has it until the transaction ends; empty when there is none. */
  Optional<Place> lock(String consumer, int partition) {
    return jdbc.sql(LOCK)
        .param("consumer", consumer)
        .param("partition", partition)
        .query((row, _) -> new Place(row.getLong("tx"), row.getLong("position")))
        .optional();
  }

  /**
   * Work that nobody may have been woken for: a partition of a consumer, or one parked stream of
   * it.
   */
  record Behind(String consumer, int partition, @Nullable String stream) {}

  List<Behind> behind() {
    return jdbc.sql(BEHIND)
        .query(
            (row, _) ->
                new Behind(
                    row.getString("consumer"), row.getInt("partition"), row.getString("stream")))
        .list();
  }
}
