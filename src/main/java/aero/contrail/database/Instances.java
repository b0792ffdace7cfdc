package aero.contrail.database;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * This process among all that work on the database, and which of them are alive: each holds a lock
 * on a connection of its own, which the server lets go when the process dies. One that is cut off
 * counts as alive until the server finds out. Thread-safe.
 */
@Component
public class Instances {

  private static final String LIVE = "select pg_advisory_lock_shared(?)";

  /** A key of 64 bits is shown in two halves. */
  private static final String IS_ALIVE =
      """
      select exists (select
                       from pg_locks
                      where locktype = 'advisory' and granted and objsubid = 1
                        and (classid::bigint << 32) | objid::bigint = :instance)
      """;

  private final JdbcClient jdbc;
  private final long self = new SecureRandom().nextLong();

  public Instances(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The number of this instance, until it ends. */
  public long self() {
    return self;
  }

  /** Shows that this instance is alive for as long as the connection stays open. */
  public void live(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(LIVE)) {
      statement.setLong(1, self);
      statement.execute();
    }
  }

  /** Whether an instance is alive, as far as the server knows. */
  public boolean isAlive(long instance) {
    return jdbc.sql(IS_ALIVE).param("instance", instance).query(Boolean.class).single();
  }
}
