package aero.contrail.eventlog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Moves streams that closed long ago out of the hot table, so that its indexes stay small. What is
 * archived is read, appended to and replayed like the rest. Safe to run in several instances.
 */
@Repository
class Archive {

  private static final Logger log = LoggerFactory.getLogger(Archive.class);

  /** Few enough for a short transaction: a long one would hold back the readers of the log. */
  private static final int STREAMS_AT_A_TIME = 200;

  /**
   * Whole streams that closed, have been silent since the date, are behind every cursor and not
   * parked. Readers merge both tables by one order, so an event must not go where a reader that has
   * not seen it looks no more: behind every cursor nobody misses it.
   */
  private static final String MOVE =
      """
      with slowest as materialized (
        select distinct on (partition) partition, tx, position
          from eventlog.cursor c
         where not exists (select
                             from eventlog.consumer k
                            where k.id = c.consumer and k.retired)
         order by partition, tx, position
      ), closed as materialized (
        select e.stream
          from eventlog.event e
         where e.closes and e.recorded_at < :before
           and not exists (select
                             from eventlog.event o
                             left join slowest s on s.partition = o.partition
                            where o.stream = e.stream
                              and (o.recorded_at >= :before
                                   or (o.tx, o.position) > (s.tx, s.position)))
           and not exists (select
                             from eventlog.parked_stream p
                            where p.stream = e.stream)
         order by e.recorded_at
         limit :limit
      ), moved as (
        delete from eventlog.event e
         using (select distinct stream from closed) c
         where e.stream = c.stream
        returning e.*
      )
      insert into eventlog.archived_event (tx, position, partition, stream, version, id, type,
                                           occurred_at, recorded_at, actor, channel,
                                           correlation_id, causation_id, data, closes)
      select tx, position, partition, stream, version, id, type, occurred_at, recorded_at, actor,
             channel, correlation_id, causation_id, data, closes
        from moved
      """;

  private final JdbcClient jdbc;
  private final TransactionOperations transaction;
  private final Clock clock;
  private final @Nullable Duration age;

  Archive(
      JdbcClient jdbc,
      TransactionOperations transaction,
      Clock clock,
      @Value("${contrail.eventlog.archive-after:#{null}}") @Nullable Duration age) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
    this.age = age;
  }

  @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
  void archive() {
    if (age != null) {
      move(clock.instant().minus(age));
    }
  }

  /** Archives what closed before a time; how many events went. */
  long move(Instant before) {
    var all = 0L;
    int moved;
    do {
      moved =
          transaction.execute(
              _ ->
                  jdbc.sql(MOVE)
                      .param("before", before.atOffset(ZoneOffset.UTC))
                      .param("limit", STREAMS_AT_A_TIME)
                      .update());
      all += moved;
    } while (moved > 0);
    if (all > 0) {
      log.info("Archived {} events of streams that closed before {}", all, before);
    }
    return all;
  }
}
