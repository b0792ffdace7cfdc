package aero.contrail.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import aero.contrail.TestDatabase;
import java.io.Serial;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

class DeferredWritesTests {

  private static final String INSERT = "insert into note (n) values (:n)";

  private final DataSource pool =
      new DriverManagerDataSource(TestDatabase.create(), "postgres", "postgres");
  private final DeferredWrites deferred = new DeferredWrites(pool);
  private final JdbcClient jdbc =
      JdbcClient.create(StorageConfiguration.jdbcTemplate(pool, deferred));
  private final JdbcClient elsewhere = JdbcClient.create(pool);
  private final Manager manager = new Manager(pool);
  private final TransactionTemplate transaction = new TransactionTemplate(manager);

  /** Looks at what others see, before it commits itself. */
  private final class Manager extends JdbcTransactionManager {
    @Serial private static final long serialVersionUID = 1;
    private int seenBeforeCommit = -1;

    Manager(DataSource pool) {
      super(pool);
      setTransactionExecutionListeners(List.of(deferred));
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
      var others = new Thread(() -> seenBeforeCommit = count(elsewhere));
      others.start();
      try {
        others.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      super.doCommit(status);
    }
  }

  @BeforeEach
  void table() {
    elsewhere.sql("create table note (n int primary key)").update();
  }

  private static int count(JdbcClient client) {
    return client.sql("select count(*) from note").query(Integer.class).single();
  }

  private void write(int n) {
    deferred.add(INSERT, new MapSqlParameterSource("n", n));
  }

  @Test
  void goTogetherWithTheCommit() {
    transaction.executeWithoutResult(
        _ -> {
          write(1);
          write(2);
        });
    assertThat(manager.seenBeforeCommit).isEqualTo(2);
    assertThat(count(elsewhere)).isEqualTo(2);
  }

  @Test
  void areSeenByTheTransactionItself() {
    transaction.executeWithoutResult(
        status -> {
          write(1);
          assertThat(count(elsewhere)).isZero();
          assertThat(count(jdbc)).isEqualTo(1);
          write(2);
          assertThat(jdbc.sql("update note set n = n + 10 where n = 2").update()).isEqualTo(1);
          status.setRollbackOnly();
        });
    assertThat(count(elsewhere)).isZero();
  }

  @Test
  void keepTheirOrder() {
    transaction.executeWithoutResult(
        _ -> {
          write(1);
          deferred.add("update note set n = n + :more", new MapSqlParameterSource("more", 1));
          write(1);
        });
    assertThat(elsewhere.sql("select n from note order by n").query(Integer.class).list())
        .containsExactly(1, 2);
  }

  @Test
  void areNotMadeWhenTheTransactionIsUndone() {
    transaction.executeWithoutResult(
        status -> {
          write(1);
          status.setRollbackOnly();
        });
    assertThat(count(elsewhere)).isZero();
  }

  @Test
  void undoTheTransactionWhenOneFails() {
    assertThatExceptionOfType(DataIntegrityViolationException.class)
        .isThrownBy(
            () ->
                transaction.executeWithoutResult(
                    _ -> {
                      jdbc.sql(INSERT).param("n", 1).update();
                      write(2);
                      write(1);
                      write(3);
                    }));
    assertThat(count(elsewhere)).isZero();
    transaction.executeWithoutResult(_ -> write(4));
    assertThat(count(elsewhere)).isEqualTo(1);
  }

  @Test
  void sayWhatTheirFailureMeans() {
    class Taken extends RuntimeException {
      @Serial private static final long serialVersionUID = 1;

      Taken(DataAccessException cause) {
        super(cause);
      }
    }
    transaction.executeWithoutResult(_ -> write(1));
    assertThatExceptionOfType(Taken.class)
        .isThrownBy(
            () ->
                transaction.executeWithoutResult(
                    _ -> {
                      write(2);
                      deferred.add("insert into note values (1)", (_, _, next) -> next, Taken::new);
                    }));
    assertThat(count(elsewhere)).isEqualTo(1);
  }

  @Test
  void belongToTheirOwnTransaction() {
    var within = new TransactionTemplate(manager);
    within.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    transaction.executeWithoutResult(
        status -> {
          write(1);
          within.executeWithoutResult(_ -> write(2));
          assertThat(count(elsewhere)).isEqualTo(1);
          write(3);
          assertThat(count(jdbc)).isEqualTo(3);
          status.setRollbackOnly();
        });
    assertThat(elsewhere.sql("select n from note").query(Integer.class).list()).containsExactly(2);
  }

  @Test
  void needATransaction() {
    assertThatIllegalStateException().isThrownBy(() -> write(1)).withMessageContaining("open one");
  }

  /** Who comes after them would be forgotten. */
  @Test
  void areNotTakenAnyMoreDuringTheCommit() {
    manager.setTransactionExecutionListeners(
        List.of(
            deferred,
            new TransactionExecutionListener() {
              @Override
              public void beforeCommit(TransactionExecution execution) {
                write(2);
              }
            }));
    assertThatIllegalStateException()
        .isThrownBy(() -> transaction.executeWithoutResult(_ -> write(1)))
        .withMessageContaining("too late");
  }
}
