package aero.contrail;

import aero.contrail.Installation.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Does to a running system what a bad night does: kills instances, freezes them for longer than the
 * server's time-outs, cuts connections; or kills the database every twenty seconds. One fault at a
 * time, at times that its seed decides.
 */
final class Nemesis {

  /** Longer than idle_in_transaction_session_timeout and transaction_timeout of the pool. */
  private static final long FREEZE_MILLIS = 12_000;

  private static final int FIRST_PAUSE_MILLIS = 1_500;
  private static final int MORE_PAUSE_MILLIS = 3_000;
  private static final int DATABASE_PAUSE_MILLIS = 15_000;
  private static final int MORE_DATABASE_PAUSE_MILLIS = 5_000;

  private final Random random;
  private final Victims victims;
  private final @Nullable KillableDatabase server;
  private final List<Fault> faults = new ArrayList<>();

  interface Starter {
    Instance start(int number) throws IOException;
  }

  /** What faults are done to, and who writes them down. */
  record Victims(
      JdbcClient jdbc, Starter starter, List<Instance> instances, Consumer<String> history) {}

  /** What was done, and when, by the clock of all. */
  record Fault(String kind, Instant at) {}

  private Nemesis(long seed, Victims victims, @Nullable KillableDatabase server) {
    this.random = new Random(seed);
    this.victims = victims;
    this.server = server;
  }

  static Nemesis ofInstances(long seed, Victims victims) {
    return new Nemesis(seed, victims, null);
  }

  static Nemesis ofDatabase(long seed, Victims victims, KillableDatabase server) {
    return new Nemesis(seed, victims, server);
  }

  List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** One fault after the other, until the time is over; everything is running afterwards. */
  void rage(long endNanos) throws InterruptedException {
    while (System.nanoTime() < endNanos) {
      try {
        if (server == null) {
          Thread.sleep(FIRST_PAUSE_MILLIS + random.nextInt(MORE_PAUSE_MILLIS));
          disturbInstances();
        } else {
          Thread.sleep(DATABASE_PAUSE_MILLIS + random.nextInt(MORE_DATABASE_PAUSE_MILLIS));
          note("database", "killed");
          server.kill();
          server.startAgain();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void disturbInstances() throws IOException, InterruptedException {
    var victim = random.nextInt(victims.instances().size());
    switch (random.nextInt(4)) {
      case 0 -> kill(victim);
      case 1 -> freeze(victim);
      default -> cut();
    }
  }

  private void kill(int victim) throws IOException {
    note("kill", "instance " + victim);
    victims.instances().get(victim).kill();
    victims.instances().set(victim, victims.starter().start(victim).awaitReady());
  }

  private void freeze(int victim) throws IOException, InterruptedException {
    note("freeze", "instance " + victim);
    victims.instances().get(victim).signal("STOP");
    Thread.sleep(FREEZE_MILLIS);
    victims.instances().get(victim).signal("CONT");
  }

  /** Ends a connection that is in the middle of something, if there is one. */
  private void cut() {
    note("cut", "a backend");
    victims
        .jdbc()
        .sql(
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
    faults.add(new Fault(kind, Clock.systemUTC().instant()));
    victims.history().accept("%s %s".formatted(kind, what));
  }
}
