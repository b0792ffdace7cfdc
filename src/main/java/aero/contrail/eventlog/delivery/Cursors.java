package aero.contrail.eventlog.delivery;

import aero.contrail.database.DeferredWrites;
import aero.contrail.eventlog.EventHandler.Start;
import aero.contrail.eventlog.store.Partitions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each consumer has come, and how far it may read. */
@Repository
public class Cursors {

  private static final String REGISTER =
      """
      insert into eventlog.cursor (consumer, partition, position, caught_up)
      select :consumer, partition, case when :now then h.settled else 0 end, :now
        from generate_series(0, :partitions - 1) partition
       cross join eventlog.horizon() h
          on conflict do nothing
      """;

  /**
   * The horizon is asked for by the statement that takes the cursor, so before that which reads
   * events: what is settled now can be seen then. A cursor that somebody else has is passed by.
   */
  private static final String CLAIM =
      """
      select c.position, c.caught_up, h.drawn, h.settled
        from eventlog.cursor c
       cross join eventlog.horizon() h
       where c.consumer = :consumer and c.partition = :partition
         for update of c%s
      """;

  static final String CLAIM_FREE = CLAIM.formatted(" skip locked");
  private static final String CLAIM_WAITING = CLAIM.formatted("");

  private static final String READ =
      """
      select c.position, c.caught_up, h.drawn, h.settled
        from eventlog.cursor c
       cross join eventlog.horizon() h
       where c.consumer = :consumer and c.partition = :partition
      """;

  /** Never backwards: an answer about the horizon may be older than the cursor. */
  private static final String ADVANCE =
      """
      update eventlog.cursor
         set position = :position, handled = handled + :handled, caught_up = caught_up or :caughtUp
       where consumer = :consumer and partition = :partition and position <= :position
      """;

  /**
   * The same for a read model, or for a cursor that passes what others need: what a crash of the
   * server takes, it takes together with the cursor, so that it is done again. Such a commit need
   * not wait for the disk.
   */
  private static final String ADVANCE_SILENTLY =
      """
      with relaxed as materialized (
        select set_config('synchronous_commit', 'off', true)
      )
      update eventlog.cursor
         set position = :position, handled = handled + :handled, caught_up = caught_up or :caughtUp
        from relaxed
       where consumer = :consumer and partition = :partition and position <= :position
      """;

  private static final String COUNT =
      """
      update eventlog.cursor
         set handled = handled + 1
       where consumer = :consumer and partition = :partition
      """;

  /**
   * Whoever has something after the cursor, for whomever it is: a consumer that needs none of it
   * must pass it all the same, or it would read it again and again.
   */
  private static final String BEHIND =
      """
      select distinct c.consumer
        from eventlog.cursor c
       where c.consumer = any (:consumers)
         and exists (select
                       from eventlog.event e
                      where e.partition = c.partition and e.position > c.position)
      """;

  /** A log that was copied without its sequence would draw again what is taken. */
  private static final String RAISE_SEQUENCE = "select eventlog.raise_positions()::text";

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;
  private final Partitions partitions;

  Cursors(JdbcClient jdbc, DeferredWrites deferred, Partitions partitions) {
    this.jdbc = jdbc;
    this.deferred = deferred;
    this.partitions = partitions;
  }

  /**
   * A cursor that the running transaction has.
   *
   * @param position of the last event that was passed
   * @param caughtUp whether the consumer has come to the end of the log once
   * @param drawn the highest position that had been drawn
   * @param settled everything up to here can be read, or will never come; may be behind the cursor
   */
  public record Place(long position, boolean caughtUp, long drawn, long settled) {}

  /** Makes the cursors of a consumer, unless it has them. */
  public void register(String consumer, Start from) {
    jdbc.sql(REGISTER)
        .param("consumer", consumer)
        .param("now", from == Start.NOW)
        .param("partitions", partitions.count())
        .update();
  }

  /** Takes a cursor until the transaction ends, and waits for it; empty when there is none. */
  public Optional<Place> lock(String consumer, int partition) {
    return place(CLAIM_WAITING, consumer, partition);
  }

  /** Looks without taking anything. */
  Optional<Place> read(String consumer, int partition) {
    return place(READ, consumer, partition);
  }

  private Optional<Place> place(String sql, String consumer, int partition) {
    return jdbc.sql(sql)
        .param("consumer", consumer)
        .param("partition", partition)
        .query((row, _) -> place(row))
        .optional();
  }

  static Place place(ResultSet row) throws SQLException {
    return new Place(
        row.getLong("position"),
        row.getBoolean("caught_up"),
        row.getLong("drawn"),
        row.getLong("settled"));
  }

  /** Moves a cursor on; false when it is further already. */
  public boolean advance(
      String consumer, int partition, long position, int handled, boolean caughtUp) {
    return jdbc.sql(ADVANCE)
            .paramSource(progress(consumer, partition, position, handled, caughtUp))
            .update()
        > 0;
  }

  /**
   * The same with the commit, for who has the cursor.
   *
   * @param silently nothing but a read model depends on it
   */
  void advanceLast(
      String consumer,
      int partition,
      long position,
      int handled,
      boolean caughtUp,
      boolean silently) {
    deferred.add(
        silently ? ADVANCE_SILENTLY : ADVANCE,
        progress(consumer, partition, position, handled, caughtUp));
  }

  private static MapSqlParameterSource progress(
      String consumer, int partition, long position, int handled, boolean caughtUp) {
    return new MapSqlParameterSource("consumer", consumer)
        .addValue("partition", partition)
        .addValue("position", position)
        .addValue("handled", handled)
        .addValue("caughtUp", caughtUp);
  }

  /** One more event was handled, apart from the cursor. */
  void count(String consumer, int partition) {
    jdbc.sql(COUNT).param("consumer", consumer).param("partition", partition).update();
  }

  /** The consumers among these that may have something to do. */
  Set<String> behind(Collection<String> consumers) {
    return jdbc.sql(BEHIND)
        .param("consumers", consumers.toArray(String[]::new))
        .query((row, _) -> row.getString("consumer"))
        .set();
  }

  /** Sees to it that new events get positions above all that there are. */
  void raiseSequence() {
    var _ = jdbc.sql(RAISE_SEQUENCE).query((_, _) -> true).single();
  }
}
