package aero.contrail.eventlog.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far consumers are behind, and what holds them back. Thread-safe. */
@Repository
public class Backlog {

  /** Counting further would take longer than it tells. */
  private static final int MOST_COUNTED = 10_000;

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Duration FRESH_AGE = Duration.ofMillis(100);

  private static final String LAGS =
      """
      select k.id as consumer, coalesce(sum(w.events), 0) as events, min(w.oldest) as oldest,
             coalesce(sum(c.handled), 0) as handled,
             (select count(*)
                from eventlog.parked_stream p
               where p.consumer = k.id) as parked
        from eventlog.consumer k
        join eventlog.cursor c on c.consumer = k.id
       cross join lateral (select count(*) as events, min(e.recorded_at) as oldest
                             from (select recorded_at, type
                                     from eventlog.event
                                    where partition = c.partition
                                      and position > c.position
                                      and (source is null or k.types <> '{}')
                                    order by position
                                    limit :most) e
                            where e.type = any (k.types) or k.types = '{}') w
       where not k.retired
       group by k.id
       order by k.id
      """;

  /**
   * The first event that some consumer has still to handle; looked for among the first thousand
   * that its cursor has not passed. One that is still on its first way through the log keeps nobody
   * waiting.
   */
  private static final String OLDEST =
      """
      select min(w.recorded_at) as oldest
        from eventlog.consumer k
        join eventlog.cursor c on c.consumer = k.id
       cross join lateral (select e.recorded_at
                             from (select recorded_at, type
                                     from eventlog.event
                                    where partition = c.partition and position > c.position
                                    order by position
                                    limit 1000) e
                            where e.type = any (k.types)
                            limit 1) w
       where k.id = any (:consumers) and c.caught_up
      """;

  /** Who has appended and not committed yet, the oldest first. */
  private static final String HOLDERS =
      """
      select a.pid, a.application_name as application, coalesce(a.state, '') as state,
             extract(epoch from clock_timestamp() - a.xact_start) as seconds
        from pg_locks l
        join pg_stat_activity a on a.pid = l.pid
       where l.locktype = 'advisory' and l.objsubid = 1 and l.classid::bigint >> 16 = 17230
         and l.database = (select oid from pg_database where datname = current_database())
       order by a.xact_start
       limit 1
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final AtomicReference<Snapshot> snapshot =
      new AtomicReference<>(new Snapshot(List.of(), null, Instant.MIN));
  private final Map<Set<String>, Age> ages = new ConcurrentHashMap<>();

  Backlog(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * How far a consumer is behind.
   *
   * @param events at least so many wait, among the next ten thousand of each partition
   * @param seconds the age of the oldest event that waits
   * @param handled all that it ever handled
   * @param parked streams that it cannot get past
   */
  public record Lag(String consumer, long events, double seconds, long handled, long parked) {}

  /** A transaction that has appended events and not ended: readers wait for it. */
  public record Holder(int pid, String application, String state, double seconds) {}

  /**
   * The backlog at a moment.
   *
   * @param heldBackBy whom readers have waited for longest; null when for nobody
   */
  public record Snapshot(List<Lag> lags, @Nullable Holder heldBackBy, Instant at) {

    public Snapshot {
      lags = List.copyOf(lags);
    }

    /** For how long readers have been held back. */
    public double heldBackSeconds() {
      return heldBackBy == null ? 0 : heldBackBy.seconds();
    }
  }

  private record Age(Duration age, long atNanos) {}

  /** Two seconds old at most. */
  public Snapshot snapshot() {
    var now = clock.instant();
    return snapshot.updateAndGet(
        last -> last.at().plus(FRESH).isBefore(now) || last.at().isAfter(now) ? read(now) : last);
  }

  /** For how long the oldest event has been waiting for one of the consumers. */
  Duration age(Set<String> consumers) {
    var now = System.nanoTime();
    var known = ages.get(consumers);
    if (known != null && now - known.atNanos() < FRESH_AGE.toNanos()) {
      return known.age();
    }
    // Only one looks; the others are content with what was last known.
    var claimed = new Age(known == null ? Duration.ZERO : known.age(), now);
    var mine =
        known == null
            ? ages.putIfAbsent(consumers, claimed) == null
            : ages.replace(consumers, known, claimed);
    if (mine) {
      claimed = new Age(oldest(consumers), System.nanoTime());
      ages.put(consumers, claimed);
    }
    return claimed.age();
  }

  private Duration oldest(Set<String> consumers) {
    return jdbc.sql(OLDEST)
        .param("consumers", consumers.toArray(String[]::new))
        .query(
            (row, _) -> {
              var oldest = row.getObject("oldest", OffsetDateTime.class);
              return oldest == null
                  ? Duration.ZERO
                  : Duration.between(oldest.toInstant(), clock.instant());
            })
        .single();
  }

  private Snapshot read(Instant now) {
    var lags =
        jdbc.sql(LAGS)
            .param("most", MOST_COUNTED)
            .query(
                (row, _) -> {
                  var oldest = row.getObject("oldest", OffsetDateTime.class);
                  return new Lag(
                      row.getString("consumer"),
                      row.getLong("events"),
                      oldest == null
                          ? 0
                          : Duration.between(oldest.toInstant(), now).toMillis() / 1000.0,
                      row.getLong("handled"),
                      row.getLong("parked"));
                })
            .list();
    return new Snapshot(lags, jdbc.sql(HOLDERS).query(Holder.class).optional().orElse(null), now);
  }
}
