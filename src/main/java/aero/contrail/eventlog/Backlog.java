package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far consumers are behind, and what holds them back. Thread-safe. */
@Repository
class Backlog {

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
                                      and (tx, position) > (c.tx, c.position)
                                    order by tx, position
                                    limit :most) e
                            where e.type = any (k.types)) w
       where not k.retired
       group by k.id
       order by k.id
      """;

  /**
   * The first event of certain types that some consumer has still to handle; looked for among the
   * first thousand that its cursor has not passed. Consumers that this code does not have, or that
   * are still on their first way through the log, keep nobody waiting.
   */
  private static final String OLDEST =
      """
      select min(w.recorded_at) as oldest
        from eventlog.consumer k
        join eventlog.cursor c on c.consumer = k.id
       cross join lateral (select e.recorded_at
                             from (select recorded_at, type
                                     from eventlog.event
                                    where partition = c.partition
                                      and (tx, position) > (c.tx, c.position)
                                    order by tx, position
                                    limit 1000) e
                            where e.type = any (:types) and e.type = any (k.types)
                            limit 1) w
       where k.types && :types::text[] and k.id = any (:consumers) and c.caught_up
      """;

  /** Readers stop below the oldest of all databases of the server. */
  private static final String OLDEST_WRITER =
      """
      select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0) as seconds
        from pg_stat_activity
       where backend_xid is not null
      """;

  private final JdbcClient jdbc;
  private final EventTypes types;
  private final Clock clock;
  private final AtomicReference<Snapshot> snapshot =
      new AtomicReference<>(new Snapshot(List.of(), 0, Instant.MIN));
  private final Map<Set<?>, Age> ages = new ConcurrentHashMap<>();

  Backlog(JdbcClient jdbc, EventTypes types, Clock clock) {
    this.jdbc = jdbc;
    this.types = types;
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
  record Lag(String consumer, long events, double seconds, long handled, long parked) {}

  /**
   * The backlog at a moment.
   *
   * @param oldestWriterSeconds for how long the oldest writing transaction has been running: no
   *     event that is younger is read before it ends
   */
  record Snapshot(List<Lag> lags, double oldestWriterSeconds, Instant at) {

    Snapshot {
      lags = List.copyOf(lags);
    }
  }

  private volatile Set<String> consumers = Set.of();

  /** Names the consumers that this instance has. */
  void expect(Collection<Consumer> live) {
    consumers = live.stream().map(Consumer::id).collect(Collectors.toUnmodifiableSet());
  }

  private record Age(Duration age, long atNanos) {}

  /** Two seconds old at most. */
  Snapshot snapshot() {
    var now = clock.instant();
    return snapshot.updateAndGet(
        last -> last.at().plus(FRESH).isBefore(now) || last.at().isAfter(now) ? read(now) : last);
  }

  /** For how long the oldest of all facts of some families has been waiting for a consumer. */
  Duration age(Set<Class<? extends DomainEvent>> families) {
    var now = System.nanoTime();
    var known = ages.get(families);
    if (known != null && now - known.atNanos() < FRESH_AGE.toNanos()) {
      return known.age();
    }
    // Only one looks; the others are content with what was last known.
    var claimed = new Age(known == null ? Duration.ZERO : known.age(), now);
    var mine =
        known == null
            ? ages.putIfAbsent(families, claimed) == null
            : ages.replace(families, known, claimed);
    if (mine) {
      var names = families.stream().flatMap(f -> types.namesOf(f).stream()).toList();
      claimed = new Age(age(names), System.nanoTime());
      ages.put(families, claimed);
    }
    return claimed.age();
  }

  private Duration age(Collection<String> names) {
    return jdbc.sql(OLDEST)
        .param("types", names.toArray(String[]::new))
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
    var writer = jdbc.sql(OLDEST_WRITER).query((row, _) -> row.getDouble("seconds")).single();
    return new Snapshot(lags, writer, now);
  }
}
