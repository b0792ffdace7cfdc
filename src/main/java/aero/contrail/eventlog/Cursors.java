package aero.contrail.eventlog;

import aero.contrail.eventlog.EventTable.EventRef;
import aero.contrail.eventlog.EventTable.UnreadableEvent;
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

  private static final String AHEAD =
      """
      select exists (select
                       from eventlog.cursor
                      where tx >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
      """;

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
              HORIZON,
              WINDOW_END,
              NEXT.formatted(AFTER_CURSOR.formatted("archived_event")),
              NEXT.formatted(AFTER_CURSOR.formatted("event")));

  /** Never backwards: a claim that waited may have read with an older horizon than the cursor's. */
  private static final String ADVANCE =
      """
      update eventlog.cursor c
         set tx = a.tx, position = a.position, handled = c.handled + a.handled,
             caught_up = c.caught_up or a.caught_up
        from unnest(:partitions, :txs, :positions, :handled, :caughtUp)
          as a (partition, tx, position, handled, caught_up)
       where c.consumer = :consumer and c.partition = a.partition
         and (c.tx, c.position) < (a.tx, a.position)
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
       where c.consumer = any (:consumers)
         and (exists (select
                        from eventlog.event e
                       where e.partition = c.partition
                         and (e.tx, e.position) > (c.tx, c.position))
              or exists (select
                           from eventlog.archived_event e
                          where e.partition = c.partition
                            and (e.tx, e.position) > (c.tx, c.position)))
      union all
      (select consumer, partition, stream
         from eventlog.parked_stream
        where retry_at <= now() and consumer = any (:consumers)
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

  /** Whether the log comes from a server that had counted further: nothing could be read then. */
  boolean areAhead() {
    return jdbc.sql(AHEAD).query((row, _) -> row.getBoolean(1)).single();
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
      @Nullable UnreadableEvent unreadable) {}

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
              unreadable().stream().map(UnreadableEvent::event),
              events().stream().map(EventRef::of))
          .findFirst();
    }

    List<UnreadableEvent> unreadable() {
      return partitions.stream().flatMap(c -> Stream.ofNullable(c.unreadable())).toList();
    }

    /** Without the partitions in which nothing could be read. */
    Batch readable() {
      return unreadable().isEmpty()
          ? this
          : new Batch(partitions.stream().filter(c -> c.unreadable() == null).toList());
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
      } catch (UnreadableEvent e) {
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

  void advance(String consumer, Batch batch) {
    var claimed = batch.partitions();
    jdbc.sql(ADVANCE)
        .param("consumer", consumer)
        .param("partitions", claimed.stream().map(Claimed::partition).toArray(Integer[]::new))
        .param("txs", claimed.stream().map(c -> c.place().tx()).toArray(Long[]::new))
        .param("positions", claimed.stream().map(c -> c.place().position()).toArray(Long[]::new))
        .param("handled", claimed.stream().map(c -> c.events().size()).toArray(Integer[]::new))
        .param("caughtUp", claimed.stream().map(c -> !c.full()).toArray(Boolean[]::new))
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

  List<Behind> behind(Collection<String> consumers) {
    return jdbc.sql(BEHIND)
        .param("consumers", consumers.toArray(String[]::new))
        .query(
            (row, _) ->
                new Behind(
                    row.getString("consumer"), row.getInt("partition"), row.getString("stream")))
        .list();
  }
}
