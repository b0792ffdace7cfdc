package aero.contrail;

import aero.contrail.Installation.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Does to a running system what a bad night does: kills instances, freezes them for longer than the
 * server's time-outs, cuts connections. One fault at a time, at times that its seed decides.
 */
final class Nemesis {

  /** Longer than idle_in_transaction_session_timeout and transaction_timeout of the pool. */
  private static final long FREEZE_MILLIS = 12_000;

  private static final int FIRST_PAUSE_MILLIS = 1_500;
  private static final int MORE_PAUSE_MILLIS = 3_000;

  private final Random random;
  private final JdbcClient jdbc;
  private final Starter starter;
  private final Instance[] instances;
  private final Consumer<String> history;
  private final List<Fault> faults = new ArrayList<>();

  interface Starter {
    Instance start(int number) throws IOException;
  }

  /** What was done, and when, by the clock of all. */
  record Fault(String kind, Instant at) {}

  Nemesis(
      long seed, JdbcClient jdbc, Starter starter, Instance[] instances, Consumer<String> history) {
    this.random = new Random(seed);
    this.jdbc = jdbc;
    this.starter = starter;
    this.instances = instances;
    this.history = history;
  }

  List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** One fault after the other, until the time is over; all instances are running afterwards. */
  void rage(long endNanos) throws InterruptedException {
    while (System.nanoTime() < endNanos) {
      Thread.sleep(FIRST_PAUSE_MILLIS + random.nextInt(MORE_PAUSE_MILLIS));
      var victim = random.nextInt(instances.length);
      try {
        switch (random.nextInt(4)) {
          case 0 -> kill(victim);
          case 1 -> freeze(victim);
          default -> cut();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void kill(int victim) throws IOException {
    note("kill", "instance " + victim);
    instances[victim].kill();
    instances[victim] = starter.start(victim).awaitReady();
  }

  private void freeze(int victim) throws IOException, InterruptedException {
    note("freeze", "instance " + victim);
    instances[victim].signal("STOP");
    Thread.sleep(FREEZE_MILLIS);
    instances[victim].signal("CONT");
  }

  /** Ends a connection that is in the middle of something, if there is one. */
  private void cut() {
    note("cut", "a backend");
    jdbc.sql(
            """
            select pg_terminate_backend(pid)
              from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()
               and application_name like 'contrail%'
             order by state = 'idle', random()
             limit 1
            """)
        .query(Boolean.class)
        .list();
  }

  private void note(String kind, String what) {
    faults.add(new Fault(kind, java.time.Clock.systemUTC().instant()));
    history.accept("%s %s".formatted(kind, what));
  }
}
