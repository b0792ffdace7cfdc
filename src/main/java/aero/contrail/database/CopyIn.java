package aero.contrail.database;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** Writes many rows by PostgreSQL's COPY, within the caller's transaction. */
public final class CopyIn {

  private CopyIn() {}

  /**
   * Writes rows.
   *
   * @param sql a {@code copy … from stdin}
   * @param rows in COPY's text format, escaped where they need it
   */
  public static void copy(JdbcOperations jdbc, String sql, StringBuilder rows) {
    jdbc.execute(
        (ConnectionCallback<Long>)
            connection -> {
              try {
                return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(sql, new StringReader(rows.toString()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
