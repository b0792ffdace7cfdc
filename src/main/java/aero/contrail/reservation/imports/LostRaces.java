package aero.contrail.reservation.imports;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;

/** Does again what a sale or a change of operations came in between of. */
final class LostRaces {

  private static final int MOST_TRIES = 10;

  /** PostgreSQL: a lock was not to be had in time. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private LostRaces() {}

  /**
   * The result of the first try that succeeds.
   *
   * @param transaction does all of it or nothing
   * @throws DataAccessException of the last try, or what is no lost race
   */
  static <R> R again(Supplier<R> transaction) {
    for (var tries = 1; ; tries++) {
      try {
        return transaction.get();
      } catch (DataAccessException e) {
        if (tries == MOST_TRIES || !isLostRace(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isLostRace(DataAccessException e) {
    return e instanceof ConcurrencyFailureException
        || (e.getRootCause() instanceof SQLException sql
            && LOCK_NOT_AVAILABLE.equals(sql.getSQLState()));
  }
}
