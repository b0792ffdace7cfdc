package aero.contrail.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A clock that can be moved forward, never back: how far is kept, so that a restart does not undo
 * it. For one instance. Thread-safe.
 */
final class SandboxClock extends Clock {

  private static final String FIND = "select advanced_nanos from web.sandbox_clock";

  private static final String SAVE =
      """
      insert into web.sandbox_clock (advanced_nanos)
      values (:nanos)
          on conflict (id) do update
         set advanced_nanos = excluded.advanced_nanos
      """;

  private static final long NOT_READ = Long.MIN_VALUE;

  private final JdbcClient jdbc;
  private final InstantSource time;
  private final AtomicLong advancedNanos = new AtomicLong(NOT_READ);

  SandboxClock(JdbcClient jdbc, InstantSource time) {
    this.jdbc = jdbc;
    this.time = time;
  }

  @Override
  public Instant instant() {
    return time.instant().plusNanos(advanced()).truncatedTo(ChronoUnit.MICROS);
  }

  /** The time after the clock was moved forward. */
  synchronized Instant advance(Duration duration) {
    var nanos = Math.addExact(advanced(), duration.toNanos());
    jdbc.sql(SAVE).param("nanos", nanos).update();
    advancedNanos.set(nanos);
    return instant();
  }

  /** Read when first asked: the table is there only after the migrations. */
  private long advanced() {
    if (advancedNanos.get() == NOT_READ) {
      advancedNanos.compareAndSet(NOT_READ, jdbc.sql(FIND).query(Long.class).optional().orElse(0L));
    }
    return advancedNanos.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new IllegalArgumentException("the sandbox's clock is always UTC");
  }
}
