package aero.contrail.eventlog;

import aero.contrail.eventlog.Cursors.Place;
import aero.contrail.events.DomainEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Takes partitions for a consumer, and reads what comes next in them. */
@Repository
class Claims {

  /** How far a claim looks: a consumer that needs little of the log must pass it in steps. */
  private static final int WINDOW = 10_000;

  private static final String AFTER_CURSOR =
      """
      from eventlog.%s e
               where e.partition = c.partition
                 and (e.tx, e.position) > (c.tx, c.position)
                 and e.tx < h.tx
      """;

  /** Where the window after the cursor ends; the archive and the hot table are one log. */
  private static final String WINDOW_END =
      """
      select w.tx, w.position
        from ((select e.tx, e.position
                %s
               order by e.tx, e.position
               limit %d)
              union all
              (select e.tx, e.position
                %s
               order by e.tx, e.position
               limit %d)) w
       order by w.tx, w.position
      offset %d
       limit 1
      """
          .formatted(
              AFTER_CURSOR.formatted("archived_event"),
              WINDOW + 1,
              AFTER_CURSOR.formatted("event"),
              WINDOW + 1,
              WINDOW);

  /** Events of the types within the window, in reading order; both ends are found by the index. */
  private static final String NEXT =
      """
      (select e.tx, e.position, e.id, e.stream, e.version, e.type, e.recorded_at, e.actor,
              e.channel, e.correlation_id, e.causation_id, e.data
         %s
          and (e.tx, e.position) <= (coalesce(w.tx, h.tx), coalesce(w.position, 0))
          and e.type = any (:types)
          and not exists (select
                            from eventlog.parked_stream p
                           where p.consumer = :consumer and p.stream = e.stream)
        order by e.tx, e.position
        limit :limit)
      """;

  /** Takes the partitions that nobody else is at work on. */
  private static final String CLAIM =
      """
      select partition, tx, position
        from eventlog.cursor
       where consumer = :consumer and partition = any (:partitions)
       order by partition
         for update skip locked
      """;

  /**
   * Reads what comes after cursors that are locked. A statement of its own, so that it sees what
   * was committed before they were: which streams are parked above all. Only what is older than
   * every running transaction is read: a younger event may have a predecessor that is not committed
   * yet. {@code waiting} tells that there is such a younger event. Parked streams are passed over.
   * The archive costs a look into its index, once a consumer is past it.
   */
  private static final String READ =
      """
      with horizon as materialized (
        %s
      )
      select c.partition, h.tx as horizon, w.tx as window_tx, w.position as window_position,
             exists (select
                       from eventlog.event y
                      where y.partition = c.partition and y.tx >= h.tx) as waiting, e.*
        from unnest(:partitions::smallint[], :txs::bigint[], :positions::bigint[])
          as c (partition, tx, position)
       cross join horizon h
        left join lateral (%s) w on true
        left join lateral (select n.*
                             from (%s union all %s) n
                            order by n.tx, n.position
                            limit :limit) e on true
       order by c.partition, e.tx, e.position
      """
          .formatted(
              Cursors.HORIZON,
              WINDOW_END,
              NEXT.formatted(AFTER_CURSOR.formatted("archived_event")),
              NEXT.formatted(AFTER_CURSOR.formatted("event")));

  private final JdbcClient jdbc;
  private final EventTable table;

  Claims(JdbcClient jdbc, EventTable table) {
    this.jdbc = jdbc;
    this.table = table;
  }

  /**
   * A partition that was claimed.
   *
   * @param waiting there are events that cannot be read yet
   * @param full there may be more that can be read
   * @param place what is read with it
   * @param unreadable comes next and cannot be read, so nothing was; else null
   */
  record Claimed(
      int partition,
      boolean waiting,
      boolean full,
      Place place,
      List<Recorded<DomainEvent>> events,
      EventRef.@Nullable Unreadable unreadable) {}

  /** What a claim brought; a partition that another instance is at work on is not in it. */
  record Batch(List<Claimed> partitions) {

    static final Batch NONE = new Batch(List.of());

    List<Recorded<DomainEvent>> events() {
      return partitions.size() == 1
          ? partitions.getFirst().events()
          : partitions.stream().flatMap(claimed -> claimed.events().stream()).toList();
    }

    /** The event that comes first, whether or not it can be read. */
    Optional<EventRef> next() {
      return Stream.concat(
              unreadable().stream().map(EventRef.Unreadable::event),
              events().stream().map(EventRef::of))
          .findFirst();
    }

    List<EventRef.Unreadable> unreadable() {
      return partitions.stream().flatMap(c -> Stream.ofNullable(c.unreadable())).toList();
    }

    /** Without the partitions in which nothing could be read. */
    Batch readable() {
      return unreadable().isEmpty()
          ? this
          : new Batch(partitions.stream().filter(c -> c.unreadable() == null).toList());
    }

    boolean hasPartitions() {
      return !partitions.isEmpty();
    }

    boolean isFull() {
      return partitions.stream().anyMatch(Claimed::full);
    }

    boolean isWaiting() {
      return partitions.stream().anyMatch(Claimed::waiting);
    }
  }

  /** Claims partitions until the transaction ends; reads at most {@code limit} events of each. */
  Batch claim(Consumer consumer, Collection<Integer> wanted, int limit) {
    var places = new TreeMap<Integer, Place>();
    jdbc.sql(CLAIM)
        .param("consumer", consumer.id())
        .param("partitions", wanted.toArray(Integer[]::new))
        .query(
            row -> {
              places.put(row.getInt("partition"), place(row, ""));
            });
    return places.isEmpty()
        ? Batch.NONE
        : jdbc.sql(READ)
            .param("consumer", consumer.id())
            .param("partitions", places.keySet().toArray(Integer[]::new))
            .param("txs", places.values().stream().map(Place::tx).toArray(Long[]::new))
            .param("positions", places.values().stream().map(Place::position).toArray(Long[]::new))
            .param("types", consumer.types().toArray(String[]::new))
            .param("limit", limit)
            .query((ResultSetExtractor<Batch>) rows -> batch(rows, limit));
  }

  private Batch batch(ResultSet rows, int limit) throws SQLException {
    var claimed = new TreeMap<Integer, Claimed>();
    var read = new HashMap<Integer, Place>();
    var ended = new HashSet<Integer>();
    while (rows.next()) {
      var partition = rows.getInt("partition");
      if (ended.contains(partition)) {
        continue;
      }
      var before = claimed.get(partition);
      var events = before == null ? new ArrayList<Recorded<DomainEvent>>() : before.events();
      try {
        if (rows.getObject("id") != null) {
          events.add(table.recorded(rows));
          read.put(partition, place(rows, ""));
        }
        claimed.put(partition, claimed(rows, events, limit));
      } catch (EventRef.Unreadable e) {
        // What is before it is handled first; then it comes first, and is parked.
        var last = read.get(partition);
        claimed.put(
            partition,
            last == null
                ? new Claimed(partition, false, true, place(rows, ""), events, e)
                : new Claimed(partition, false, true, last, events, null));
        ended.add(partition);
      }
    }
    return new Batch(List.copyOf(claimed.values()));
  }

  private static Claimed claimed(ResultSet rows, List<Recorded<DomainEvent>> events, int limit)
      throws SQLException {
    var full = events.size() == limit;
    var windowed = rows.getObject("window_tx") != null;
    return new Claimed(
        rows.getInt("partition"),
        rows.getBoolean("waiting"),
        full || windowed,
        full ? place(rows, "") : windowed ? place(rows, "window_") : readAll(rows),
        events,
        null);
  }

  private static Place place(ResultSet rows, String prefix) throws SQLException {
    return new Place(rows.getLong(prefix + "tx"), rows.getLong(prefix + "position"));
  }

  /** A batch that is not full has read everything below the horizon. */
  private static Place readAll(ResultSet rows) throws SQLException {
    return Place.below(rows.getLong("horizon"));
  }
}
