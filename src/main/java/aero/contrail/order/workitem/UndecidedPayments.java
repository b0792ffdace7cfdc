package aero.contrail.order.workitem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Puts money of which nobody knows what became of it on the list of what people have to look into,
 * and takes it off when the provider has answered after all. Safe to run in several instances.
 */
@Component
class UndecidedPayments {

  private static final Logger log = LoggerFactory.getLogger(UndecidedPayments.class);

  /**
   * What waits for the customer is his matter. What somebody has just looked into is left alone for
   * a while.
   */
  private static final String OPEN =
      """
      insert into orders.work_item (id, subject, kind, order_id, amount_minor, currency, reason,
                                    since)
      select gen_random_uuid(), i.id, 'PAYMENT_UNDECIDED', i.order_id, i.amount_minor, i.currency,
             i.operation || ': ' || coalesce(i.obstacle, 'no_answer_yet'), i.given_at
        from orders.payment_instruction i
       where i.status = 'OPEN' and i.given_at <= :before and i.action_address is null
         and not exists (select
                           from orders.work_item w
                          where w.subject = i.id
                            and (w.resolved_at is null or w.resolved_at > :before))
          on conflict do nothing
      """;

  private static final String RESOLVE =
      """
      update orders.work_item w
         set action = 'DECIDED', resolution = 'The provider has answered.',
             resolved_by = 'system:payments', resolved_at = :now
        from orders.payment_instruction i
       where w.kind = 'PAYMENT_UNDECIDED' and w.resolved_at is null and i.id = w.subject
         and i.status <> 'OPEN'
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Duration patience;

  UndecidedPayments(
      JdbcClient jdbc,
      Clock clock,
      @Value("${contrail.payments.person-after:PT1M}") Duration patience) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.patience = patience;
  }

  @Scheduled(fixedDelayString = "PT5S")
  void look() {
    try {
      var now = clock.instant();
      var opened = jdbc.sql(OPEN).param("before", utc(now.minus(patience))).update();
      if (opened > 0) {
        log.warn("Of {} payments nothing is known: they are on GET /work-items", opened);
      }
      jdbc.sql(RESOLVE).param("now", utc(now)).update();
    } catch (RuntimeException e) {
      log.warn("Undecided payments could not be listed, will be tried again", e);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
