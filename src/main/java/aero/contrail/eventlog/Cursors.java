package aero.contrail.eventlog;

import aero.contrail.eventlog.Claims.Batch;
import aero.contrail.eventlog.Claims.Claimed;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each consumer has come in each partition. */
@Repository
class Cursors {

  private static final String REGISTER =
      """
      insert into eventlog.cursor (consumer, partition)
      select :consumer, partition
        from generate_series(0, :partitions - 1) partition
          on conflict do nothing
      """;

  static final String HORIZON =
      "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as tx";

  private static final String AHEAD =
      """
      select exists (select
                       from eventlog.cursor
                      where tx >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
      """;

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
  private final Partitions partitions;

  Cursors(JdbcClient jdbc, Partitions partitions) {
    this.jdbc = jdbc;
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
