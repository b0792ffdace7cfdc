package aero.contrail.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Writes whose outcome nobody looks at. They wait until the transaction makes another statement or
 * commits, and then go to the database together, the commit with them, in one round trip: the locks
 * of the last statements are held for the time of a commit, not for that of several messages.
 * Thread-safe.
 *
 * <p>Every statement through {@link JdbcOperations} comes after what was deferred before it, so
 * that a transaction sees its own writes as ever.
 */
@Component
public class DeferredWrites implements TransactionExecutionListener, Ordered {

  private static final String COMMIT = "commit";

  private final JdbcOperations jdbc;
  private final ConcurrentHashMap<String, ParsedSql> parsed = new ConcurrentHashMap<>();
  private final TransactionLocal<Waiting> waiting = new TransactionLocal<>(Waiting::new, _ -> {});

  DeferredWrites(DataSource pool) {
    this.jdbc = new JdbcTemplate(pool);
  }

  /** Sets the parameters of a statement. */
  public interface Parameters {

    /**
     * Sets them, each at its number.
     *
     * @param first the number of the statement's first parameter
     * @return the number after its last one
     */
    int bind(Connection connection, PreparedStatement statement, int first) throws SQLException;
  }

  private record Write(
      String sql,
      Parameters parameters,
      Function<DataAccessException, ? extends RuntimeException> failure) {}

  private static final class Waiting {
    private final List<Write> writes = new ArrayList<>();
    private boolean isOver;

    List<Write> take() {
      var taken = List.copyOf(writes);
      writes.clear();
      return taken;
    }
  }

  /**
   * Defers a statement.
   *
   * @param sql an insert, update or delete with named parameters; a constant of the code
   * @throws IllegalStateException when no transaction is active
   */
  public void add(String sql, SqlParameterSource parameters) {
    var statement = parsed.computeIfAbsent(sql, NamedParameterUtils::parseSqlStatement);
    var values = NamedParameterUtils.buildValueArray(statement, parameters, null);
    add(
        NamedParameterUtils.substituteNamedParameters(statement, parameters),
        (_, prepared, first) -> bind(prepared, first, values),
        e -> e);
  }

  private static int bind(PreparedStatement prepared, int first, @Nullable Object[] values)
      throws SQLException {
    var next = first;
    for (var value : values) {
      StatementCreatorUtils.setParameterValue(prepared, next++, SqlTypeValue.TYPE_UNKNOWN, value);
    }
    return next;
  }

  /**
   * The same with parameters by number.
   *
   * @param failure says what it means when this statement, or one that goes with it, failed
   */
  public void add(
      String sql,
      Parameters parameters,
      Function<DataAccessException, ? extends RuntimeException> failure) {
    var own = waiting.get();
    if (own.isOver) {
      throw new IllegalStateException("the transaction is being committed: too late to write");
    }
    own.writes.add(new Write(sql.strip(), parameters, failure));
  }

  /** Sends what waits, if anything does: what comes next may look at it. */
  void flush() {
    var own = waiting.find();
    if (own != null && !own.writes.isEmpty()) {
      send(own.take(), false);
    }
  }

  /** All other parts of the transaction are done; an exception from here undoes it. */
  @Override
  public void beforeCommit(TransactionExecution transaction) {
    var own = waiting.find();
    if (own != null && !transaction.isNewTransaction()) {
      flush(); // a savepoint is released, nothing is committed
    } else if (own != null) {
      own.isOver = true;
      if (!own.writes.isEmpty()) {
        send(own.take(), true);
      }
    }
  }

  /** After whoever adds his last writes before a commit. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  private void send(List<Write> writes, boolean commits) {
    var statements = new ArrayList<>(writes.stream().map(Write::sql).toList());
    if (commits) {
      statements.add(COMMIT);
    }
    try {
      jdbc.execute(
          (ConnectionCallback<Boolean>)
              connection -> execute(connection, String.join(";\n", statements), writes));
    } catch (DataAccessException e) {
      throw writes.stream()
          .<RuntimeException>map(write -> write.failure().apply(e))
          .filter(failure -> !failure.equals(e))
          .findFirst()
          .orElse(e);
    }
  }

  private static boolean execute(Connection connection, String sql, List<Write> writes)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      var next = 1;
      for (var write : writes) {
        next = write.parameters().bind(connection, statement, next);
      }
      return statement.execute();
    }
  }
}
