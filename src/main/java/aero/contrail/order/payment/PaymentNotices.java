package aero.contrail.order.payment;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** What providers have told, so that a notice that comes twice counts once. */
@Repository
public class PaymentNotices {

  /** Providers give up long before. */
  private static final Duration KEPT = Duration.ofDays(30);

  private static final String INSERT =
      """
      insert into orders.payment_notice (provider, id, received_at)
      values (:provider, :id, :now)
          on conflict do nothing
      """;

  private static final String FORGET =
      """
      delete from orders.payment_notice
       where received_at < :before
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  PaymentNotices(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Whether it is heard for the first time; needs the caller's transaction. */
  public boolean isNew(String provider, String id) {
    return jdbc.sql(INSERT)
            .param("provider", provider)
            .param("id", id)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  @Scheduled(fixedDelayString = "PT1H")
  void forget() {
    jdbc.sql(FORGET).param("before", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC)).update();
  }
}
