package aero.contrail.eventlog.delivery;

import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writers whose transactions take a random time, commit or roll back, share streams and hold other
 * locks; and readers that go by position up to the horizon. What a reader misses or sees out of
 * order is a violation. All is decided by a seed, but for what the machine decides.
 */
final class HorizonModel {

  private static final String APPEND =
      """
      insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at,
                                  actor, correlation_id, data)
      select 0, s.stream, coalesce((select max(version)
                                      from eventlog.event
                                     where stream = s.stream), 0) + 1,
             gen_random_uuid(), 'reservation.SegmentFlown.v2', now(), now(), 'test', 'test',
             s.data::json
        from unnest(?::text[], ?::text[]) as s (stream, data)
      """;

  private static final int WRITERS = 12;
  private static final int READERS = 3;
  private static final int STREAMS = 6;

  private final String database;
  private final String horizon;
  private final long seed;
  private final AtomicInteger committed = new AtomicInteger();
  private CountDownLatch writing = new CountDownLatch(0);
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  /**
   * @param horizon a query for the position up to which a reader may read
   */
  HorizonModel(String database, String horizon, long seed) {
    this.database = database;
    this.horizon = horizon;
    this.seed = seed;
  }

  /** Appends as any client of the database could, in the caller's transaction. */
  static void append(JdbcClient jdbc, SegmentFlown fact) {
    var data =
        """
        {"order": "%s", "flight": "%s", "at": "%s"}
        """
            .formatted(fact.order(), fact.flight(), fact.at());
    jdbc.sql(APPEND).param(new String[] {fact.stream()}).param(new String[] {data}).update();
  }

  /** How many events were committed. */
  int committed() {
    return committed.get();
  }

  /** Runs for a time; what readers missed or saw out of order. */
  List<String> run(double seconds) throws Exception {
    var end = System.nanoTime() + (long) (seconds * 1e9);
    var tasks = new ArrayList<Callable<OptionalInt>>();
    for (var i = 0; i < WRITERS; i++) {
      var random = new Random(seed * 1000 + i);
      tasks.add(() -> write(random, end));
    }
    for (var i = 0; i < READERS; i++) {
      tasks.add(this::read);
    }
    writing = new CountDownLatch(WRITERS);
    try (var threads = Executors.newFixedThreadPool(tasks.size())) {
      for (var task : threads.invokeAll(tasks)) {
        var read = task.get();
        if (read.isPresent() && read.getAsInt() != committed.get()) {
          violations.add("a reader saw %s of %d events".formatted(read, committed.get()));
        }
      }
    }
    return List.copyOf(violations);
  }

  private OptionalInt write(Random random, long end) throws Exception {
    try (var connection = connect();
        var append = connection.prepareStatement(APPEND)) {
      while (System.nanoTime() < end) {
        try {
          transaction(random, connection, append);
        } catch (SQLException lostRace) {
          connection.rollback();
        }
      }
    } finally {
      writing.countDown();
    }
    return OptionalInt.empty();
  }

  private void transaction(Random random, Connection connection, PreparedStatement append)
      throws Exception {
    if (random.nextInt(3) == 0) {
      execute(connection, "select pg_current_xact_id()"); // a number long before the append
      Thread.sleep(random.nextInt(8));
    }
    if (random.nextInt(4) == 0) {
      execute(connection, "select pg_advisory_xact_lock_shared(%d)".formatted(random.nextInt(3)));
    }
    var appended = 0;
    // One stream after the other, so that writers wait for each other and never deadlock.
    for (var stream = random.nextInt(STREAMS); stream < STREAMS; ) {
      var streams = new ArrayList<String>();
      for (var more = 1 + random.nextInt(2); more > 0 && stream < STREAMS; more--) {
        streams.add("reservation-" + stream);
        stream += 1 + random.nextInt(STREAMS);
      }
      append.setArray(1, connection.createArrayOf("text", streams.toArray()));
      append.setArray(
          2, connection.createArrayOf("text", streams.stream().map(_ -> "{}").toArray()));
      appended += append.executeUpdate();
      if (random.nextInt(3) == 0) {
        Thread.sleep(random.nextInt(6));
      }
    }
    if (random.nextInt(7) == 0) {
      connection.rollback();
    } else {
      connection.commit();
      committed.addAndGet(appended);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Reads until the writers have ended, and once more; how many events it saw. */
  private OptionalInt read() throws Exception {
    var versions = new HashMap<String, Integer>();
    var position = 0L;
    try (var connection = connect();
        var events =
            connection.prepareStatement(
                """
                select position, stream, version
                  from eventlog.event
                 where partition = 0 and position > ? and position <= ?
                 order by position
                """)) {
      connection.setAutoCommit(true);
      for (var isLast = false; !isLast; ) {
        isLast = writing.getCount() == 0;
        var upTo = Math.max(position, horizon(connection));
        events.setLong(1, position);
        events.setLong(2, upTo);
        try (var rows = events.executeQuery()) {
          while (rows.next()) {
            check(versions, rows.getString("stream"), rows.getInt("version"));
          }
        }
        position = upTo;
      }
    }
    return OptionalInt.of(versions.values().stream().mapToInt(Integer::intValue).sum());
  }

  private long horizon(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(horizon)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void check(Map<String, Integer> versions, String stream, int version) {
    var last = versions.getOrDefault(stream, 0);
    if (version != last + 1) {
      violations.add("%s: version %d came after %d".formatted(stream, version, last));
    }
    versions.put(stream, version);
  }

  private Connection connect() throws SQLException {
    var connection = DriverManager.getConnection(database, "postgres", "postgres");
    connection.setAutoCommit(false);
    return connection;
  }
}
