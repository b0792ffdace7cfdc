package aero.contrail.loyalty.ledger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Adds up all accounts, from the start on, some at a time and again and again. Instances take
 * turns.
 */
@Component
class LedgerCheck {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerCheck.class);
  private static final int LIMIT = 500;

  private static final String TAKE_TURN =
      """
      select checked_to
        from loyalty.ledger_check
         for update skip locked
      """;

  private static final String NEXT =
      """
      select coalesce(max(member_number), '')
        from (select member_number
                from loyalty.account
               where member_number > :after
               order by member_number
               limit :limit) chunk
      """;

  private static final String DONE =
      """
      update loyalty.ledger_check
         set checked_to = :to
      """;

  /**
   * Every balance is what its lots have, what has moved, and what the last entry says; entries are
   * numbered without a gap. Every place of a lot is the sum of what moved there.
   */
  private static final String FIND =
      """
      with accounts as (
        select *
          from loyalty.account
         where member_number > :after and member_number <= :to
      ), lots as (
        select l.member_number, sum(l.pending) as pending, sum(l.available) as available,
               sum(l.held) as held
          from accounts a
          join loyalty.lot l using (member_number)
         group by l.member_number
      ), entries as (
        select e.member_number, count(*) as entries
          from accounts a
          join loyalty.entry e using (member_number)
         group by e.member_number
      ), steps as (
        select e.member_number, m.lot, p.place, p.points
          from accounts a
          join loyalty.entry e using (member_number)
          join loyalty.movement m on m.entry = e.id
         cross join lateral (values (m.from_place, -m.points), (m.to_place, m.points))
                            p (place, points)
      ), moved as (
        select member_number, sum(points) filter (where place = 'PENDING') as pending,
               sum(points) filter (where place = 'AVAILABLE') as available,
               sum(points) filter (where place = 'HELD') as held,
               -sum(points) filter (where place = 'OWED') as debt,
               sum(points) filter (where place = 'COUNTED') as tier_points
          from steps
         group by member_number
      ), moved_in_lots as (
        select member_number, lot, place, sum(points) as points
          from steps
         where lot is not null and place <> 'ISSUED'
         group by member_number, lot, place
      ), wrong_lots as (
        select distinct a.member_number
          from accounts a
          join loyalty.lot l using (member_number)
         cross join lateral (values ('PENDING', l.pending), ('AVAILABLE', l.available),
                                    ('HELD', l.held), ('REDEEMED', l.redeemed),
                                    ('EXPIRED', l.expired), ('REVERSED', l.reversed),
                                    ('TRANSFERRED', l.transferred), ('CANCELLED', l.cancelled),
                                    ('RECOVERED', l.recovered)) p (place, points)
          left join moved_in_lots m on m.lot = l.id and m.place = p.place
         where p.points <> coalesce(m.points, 0)
      )
      insert into loyalty.ledger_fault (member_number, found_at)
      select a.member_number, :now
        from accounts a
        left join lots l using (member_number)
        left join entries n using (member_number)
        left join moved m using (member_number)
        left join loyalty.entry e
               on e.member_number = a.member_number and e.sequence = a.sequence
       where a.sequence <> coalesce(n.entries, 0)
          or (a.pending, a.available, a.held)
               is distinct from
             (coalesce(l.pending, 0)::bigint, coalesce(l.available, 0)::bigint,
              coalesce(l.held, 0)::bigint)
          or (a.pending, a.available, a.held, a.debt, a.tier_points)
               is distinct from
             (coalesce(m.pending, 0)::bigint, coalesce(m.available, 0)::bigint,
              coalesce(m.held, 0)::bigint, coalesce(m.debt, 0)::bigint,
              coalesce(m.tier_points, 0)::bigint)
          or (a.pending, a.available, a.held, a.debt)
               is distinct from
             (coalesce(e.pending_after, 0), coalesce(e.available_after, 0),
              coalesce(e.held_after, 0), coalesce(e.debt_after, 0))
          or a.member_number in (select member_number from wrong_lots)
      """;

  private static final String FORGET =
      """
      delete from loyalty.ledger_fault
       where member_number > :after and member_number <= :to
      """;

  private static final String FAULTS = "select count(*) from loyalty.ledger_fault";

  private final JdbcClient jdbc;
  private final TransactionOperations transaction;
  private final Clock clock;

  LedgerCheck(
      JdbcClient jdbc, TransactionOperations transaction, Clock clock, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
    Gauge.builder("contrail.loyalty.ledger.faults", this, LedgerCheck::faults)
        .description("Members whose points do not add up")
        .register(meters);
  }

  /** Members whose points do not add up. */
  long faults() {
    return jdbc.sql(FAULTS).query(Long.class).single();
  }

  @Scheduled(fixedDelayString = "PT5S")
  void check() {
    transaction.executeWithoutResult(
        _ -> jdbc.sql(TAKE_TURN).query(String.class).optional().ifPresent(this::check));
  }

  private void check(String after) {
    var to =
        jdbc.sql(NEXT).param("after", after).param("limit", LIMIT).query(String.class).single();
    if (!to.isEmpty()) {
      jdbc.sql(FORGET).param("after", after).param("to", to).update();
      var found =
          jdbc.sql(FIND)
              .param("after", after)
              .param("to", to)
              .param("now", clock.instant().atOffset(ZoneOffset.UTC))
              .update();
      if (found > 0) {
        LOG.error(
            "Points of {} members do not add up: see loyalty.ledger_fault, and LedgerFault in"
                + " docs/operations/runbook.md",
            found);
      }
    }
    jdbc.sql(DONE).param("to", to).update(); // after the last it begins again
  }
}
