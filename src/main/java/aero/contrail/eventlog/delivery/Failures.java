package aero.contrail.eventlog.delivery;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

/** Tells what will pass from what will not. */
final class Failures {

  /**
   * SQLSTATE classes and codes of what the next try may not meet again: connection (08), out of
   * resources (53), server going down (57P), serialization and deadlock (40), locks (55P03),
   * time-outs of idle or whole transactions (25P03, 25P04).
   */
  private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "53", "40");

  private static final Set<String> TRANSIENT =
      Set.of("55P03", "57P01", "57P02", "57P03", "57P05", "25P03");

  /** A statement or a transaction took too long: less of it may do. */
  private static final Set<String> TIMEOUTS = Set.of("57014", "25P04");

  private Failures() {}

  /** Whether it is the world's fault, not the event's: the same batch may succeed later. */
  static boolean isTransient(Throwable failure) {
    return !isTimeout(failure) && causes(failure).anyMatch(Failures::mayPass);
  }

  /** Whether a limit of time was exceeded. */
  static boolean isTimeout(Throwable failure) {
    return causes(failure)
        .anyMatch(
            f ->
                f instanceof TransactionTimedOutException
                    || (f instanceof SQLException e && has(TIMEOUTS, e)));
  }

  private static boolean mayPass(Throwable failure) {
    return switch (failure) {
      case TransientDataAccessException _,
          RecoverableDataAccessException _,
          CannotCreateTransactionException _,
          TransactionSystemException _ ->
          true;
      case SQLException e ->
          has(TRANSIENT, e)
              || (e.getSQLState() != null
                  && TRANSIENT_CLASSES.stream().anyMatch(e.getSQLState()::startsWith));
      default -> false;
    };
  }

  private static boolean has(Set<String> states, SQLException e) {
    return e.getSQLState() != null && states.contains(e.getSQLState());
  }

  /** With what a transaction that could not even be undone hides. */
  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, f -> f != null, Failures::cause).limit(20);
  }

  private static @Nullable Throwable cause(Throwable failure) {
    return failure instanceof TransactionSystemException hidden
            && hidden.getApplicationException() != null
        ? hidden.getApplicationException()
        : failure.getCause();
  }
}
