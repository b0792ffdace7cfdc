package aero.contrail.eventlog.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.LogInstance;
import java.sql.DriverManager;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/**
 * Readers see everything once and in order, whatever writers do. Some seconds of it; more with
 * {@code -Dmodel.seconds=120}, the same again with {@code -Dmodel.seed=…}.
 */
class HorizonTests {

  private static final double SECONDS =
      Double.parseDouble(System.getProperty("model.seconds", "4"));
  private static final long SEED =
      Long.getLong("model.seed", Clock.systemUTC().millis() % 1_000_000);

  private static final String HORIZON = "select settled from eventlog.horizon()";

  private static void execute(String database, String sql) throws Exception {
    try (var connection = DriverManager.getConnection(database, "postgres", "postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void nothingIsMissedOrOutOfOrder() throws Exception {
    var model = new HorizonModel(LogInstance.database(), HORIZON, SEED);
    var violations = model.run(SECONDS);
    System.out.printf(
        "horizon: seed %d, %d events, %d violations%n", SEED, model.committed(), violations.size());
    assertThat(violations).as("seed %d", SEED).isEmpty();
    assertThat(model.committed()).isGreaterThan(100);
  }

  /** The test can fail: what has been drawn is not what is settled. */
  @Test
  void readingUpToTheSequenceMissesEvents() throws Exception {
    var drawn = "select drawn from eventlog.horizon()";
    assertThat(new HorizonModel(LogInstance.database(), drawn, SEED).run(SECONDS)).isNotEmpty();
  }

  @Test
  void withoutTheWritersLockEventsAreMissed() throws Exception {
    var database = LogInstance.database();
    execute(database, "alter table eventlog.event disable trigger writers_hold_readers");
    assertThat(new HorizonModel(database, HORIZON, SEED).run(SECONDS)).isNotEmpty();
  }

  /** It is what readers used to wait for: every transaction of the server. */
  @Test
  void aTransactionThatDoesNotAppendHoldsNobodyBack() throws Exception {
    var database = LogInstance.database();
    try (var other = DriverManager.getConnection(database, "postgres", "postgres");
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("create table public.busy (n int)");
      statement.execute("insert into public.busy values (1)");
      var model = new HorizonModel(database, HORIZON, SEED);
      assertThat(model.run(1)).isEmpty();
      assertThat(model.committed()).isPositive();
      other.rollback();
    }
  }
}
