package aero.contrail.eventlog.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class FailuresTests {

  private static RuntimeException failure(String state) {
    return new UncategorizedSQLException("test", "select 1", new SQLException("test", state));
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "55P03", "57P01", "08006", "53300", "25P03"})
  void ofTheWorldPass(String state) {
    assertThat(Failures.isTransient(failure(state))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"57014", "25P04"})
  void ofTimeAreTheirOwnKind(String state) {
    assertThat(Failures.isTimeout(failure(state))).isTrue();
    assertThat(Failures.isTransient(failure(state))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "22P02", "42P01"})
  void ofTheEventDoNot(String state) {
    assertThat(Failures.isTransient(failure(state))).isFalse();
    assertThat(Failures.isTimeout(failure(state))).isFalse();
  }

  @Test
  void areKnownByTheirSpringNamesToo() {
    assertThat(Failures.isTransient(new CannotAcquireLockException("test"))).isTrue();
    assertThat(Failures.isTransient(new CannotCreateTransactionException("test"))).isTrue();
    assertThat(Failures.isTransient(new DuplicateKeyException("test"))).isFalse();
    assertThat(Failures.isTransient(new IllegalStateException("test"))).isFalse();
  }

  @Test
  void areFoundBehindARollbackThatFailed() {
    var hidden = new TransactionSystemException("JDBC rollback failed");
    hidden.initApplicationException(failure("57014"));
    assertThat(Failures.isTimeout(hidden)).isTrue();
  }
}
