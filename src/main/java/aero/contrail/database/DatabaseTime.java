package aero.contrail.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The database's time, told by this machine's clock and the measured difference: instances whose
 * clocks differ by minutes agree to within the time of a round trip. Measured at the start and
 * every ten seconds. Thread-safe.
 */
@Component
public class DatabaseTime implements InstantSource {

  private static final Logger log = LoggerFactory.getLogger(DatabaseTime.class);

  private static final String NOW = "select clock_timestamp() as now";

  /** The quickest of several answers says most. */
  private static final int SAMPLES = 3;

  /** More than this is not the measurement's own error. */
  private static final Duration NOTABLE = Duration.ofMillis(500);

  private final JdbcClient jdbc;
  private final InstantSource local;
  private volatile Duration ahead = Duration.ZERO;

  @Autowired
  DatabaseTime(JdbcClient jdbc) {
    this(jdbc, Clock.systemUTC());
  }

  /** For tests: tells the time by another clock than the machine's. */
  public DatabaseTime(JdbcClient jdbc, InstantSource local) {
    this.jdbc = jdbc;
    this.local = local;
    ahead = measure();
    if (ahead.abs().compareTo(NOTABLE) > 0) {
      log.warn(
          "The database's clock is ahead of this machine's by {}: the database's counts", ahead);
    }
  }

  @Override
  public Instant instant() {
    return local.instant().plus(ahead);
  }

  /** Follows a clock that drifts or was set; keeps the last difference when nobody answers. */
  @Scheduled(fixedDelayString = "PT10S")
  void follow() {
    try {
      ahead = measure();
    } catch (DataAccessException | TransactionException e) {
      log.debug("The database does not tell the time, next try in 10 s", e);
    }
  }

  private Duration measure() {
    var quickest = Duration.ofDays(1);
    var difference = Duration.ZERO;
    for (var i = 0; i < SAMPLES; i++) {
      var before = local.instant();
      var theirs = jdbc.sql(NOW).query((row, _) -> row.getObject(1, OffsetDateTime.class)).single();
      var took = Duration.between(before, local.instant());
      if (took.compareTo(quickest) < 0) {
        quickest = took;
        difference = Duration.between(before.plus(took.dividedBy(2)), theirs.toInstant());
      }
    }
    return difference;
  }
}
