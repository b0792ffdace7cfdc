package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each consumer has come in each slot. */
@Repository
class Cursors {

  private static final String REGISTER =
      """
      insert into eventlog.cursor (consumer, slot)
      select :consumer, slot
        from generate_series(0, :slots - 1) slot
          on conflict do nothing
      """;

  /**
   * Claims the cursor and reads what comes after it. Only what is older than every running
   * transaction is read: a younger event may have a predecessor that is not committed yet. {@code
   * waiting} tells that there is such a younger event.
   */
  private static final String CLAIM =
      """
      with cursor as materialized (
        select tx, position
          from eventlog.cursor
         where consumer = :consumer and slot = :slot
           for update skip locked
      ), horizon as materialized (
        select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as tx
      ), younger as materialized (
        select exists (select
                         from eventlog.event e, horizon h
                        where e.slot = :slot and e.tx >= h.tx) as waiting
      )
      select h.tx as horizon, y.waiting, e.tx, e.position, e.id, e.stream, e.version, e.type,
             e.recorded_at, e.actor, e.channel, e.correlation_id, e.causation_id,
             e.data::text as data
        from cursor c
       cross join horizon h
       cross join younger y
        left join lateral (select *
                             from eventlog.event e
                            where e.slot = :slot
                              and (e.tx, e.position) > (c.tx, c.position)
                              and e.tx < h.tx
                              and e.type = any (:types)
                            order by e.tx, e.position
                            limit :limit) e on true
       order by e.tx, e.position
      """;

  /** Never backwards: a claim that waited may have read with an older horizon than the cursor's. */
  private static final String ADVANCE =
      """
      update eventlog.cursor
         set tx = :tx, position = :position
       where consumer = :consumer and slot = :slot
         and (tx, position) < (:tx, :position)
      """;

  /**
   * Finds the slots that have something after the cursor, for whomever it is: a consumer that needs
   * none of it must pass it all the same, or it would read it again and again.
   */
  private static final String BEHIND =
      """
      select c.consumer, c.slot
        from eventlog.cursor c
       where exists (select
                       from eventlog.event e
                      where e.slot = c.slot and (e.tx, e.position) > (c.tx, c.position))
      """;

  private final JdbcClient jdbc;
  private final EventTable table;

  Cursors(JdbcClient jdbc, EventTable table) {
    this.jdbc = jdbc;
    this.table = table;
  }

  void register(Collection<Consumer> consumers) {
    for (var consumer : consumers) {
      jdbc.sql(REGISTER).param("consumer", consumer.id()).param("slots", EventTable.SLOTS).update();
    }
  }

  /**
   * What a claim brought.
   *
   * @param claimed false when another instance is at work on the slot
   * @param waiting there are events that cannot be read yet
   * @param tx the last transaction, and with {@code position} the place, that is read with it
   */
  record Batch(
      boolean claimed,
      boolean waiting,
      long tx,
      long position,
      List<Recorded<DomainEvent>> events) {}

  /** Claims the slot until the transaction ends, and reads at most {@code limit} events. */
  Batch claim(Consumer consumer, int slot, int limit) {
    var events = new ArrayList<Recorded<DomainEvent>>();
    return jdbc.sql(CLAIM)
        .param("consumer", consumer.id())
        .param("slot", slot)
        .param("types", consumer.types().toArray(String[]::new))
        .param("limit", limit)
        .query(
            rows -> {
              var batch = new Batch(false, false, 0, 0, List.of());
              while (rows.next()) {
                var waiting = rows.getBoolean("waiting");
                if (rows.getObject("id") != null) {
                  events.add(table.recorded(rows));
                }
                // A batch that is not full has read everything below the horizon.
                batch =
                    events.size() == limit
                        ? new Batch(
                            true, waiting, rows.getLong("tx"), rows.getLong("position"), events)
                        : new Batch(
                            true, waiting, rows.getLong("horizon") - 1, Long.MAX_VALUE, events);
              }
              return batch;
            });
  }

  void advance(Consumer consumer, int slot, Batch batch) {
    jdbc.sql(ADVANCE)
        .param("consumer", consumer.id())
        .param("slot", slot)
        .param("tx", batch.tx())
        .param("position", batch.position())
        .update();
  }

  /** A slot of a consumer that has something to read or to pass. */
  record Behind(String consumer, int slot) {}

  Set<Behind> behind() {
    return jdbc.sql(BEHIND)
        .query((row, _) -> new Behind(row.getString("consumer"), row.getInt("slot")))
        .set();
  }
}
