package aero.contrail.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What must be true of all points in a database at any time. */
public final class LedgerAudit {

  /** Every place of every lot is the sum of what moved there. */
  private static final String LOTS =
      """
      with moved as (
        select lot, place, sum(p.points) as points
          from loyalty.movement m
         cross join lateral (values (from_place, -points), (to_place, points)) p (place, points)
         where unit = 'AWARD' and lot is not null and place <> 'ISSUED'
         group by lot, place
        having sum(p.points) <> 0
      ), stands as (
        select id as lot, place, p.points
          from loyalty.lot
         cross join lateral (values ('PENDING', pending), ('AVAILABLE', available), ('HELD', held),
                                    ('REDEEMED', redeemed), ('EXPIRED', expired),
                                    ('REVERSED', reversed), ('TRANSFERRED', transferred),
                                    ('CANCELLED', cancelled), ('RECOVERED', recovered))
                 p (place, points)
         where p.points <> 0
      )
      select count(*)
        from moved m
        full join stands s using (lot, place)
       where m.points is distinct from s.points
      """;

  /** Every balance is the sum of what moved, and of what the lots have. */
  private static final String ACCOUNTS =
      """
      with moved as (
        select e.member_number,
               sum(p.points) filter (where place = 'PENDING') as pending,
               sum(p.points) filter (where place = 'AVAILABLE') as available,
               sum(p.points) filter (where place = 'HELD') as held,
               -sum(p.points) filter (where place = 'OWED') as debt,
               sum(p.points) filter (where place = 'COUNTED') as tier_points
          from loyalty.movement m
         cross join lateral (values (from_place, -points), (to_place, points)) p (place, points)
          join loyalty.entry e on e.id = m.entry
         group by e.member_number
      ), lots as (
        select member_number, sum(pending) as pending, sum(available) as available,
               sum(held) as held
          from loyalty.lot
         group by member_number
      )
      select count(*)
        from loyalty.account a
        left join moved m using (member_number)
        left join lots l using (member_number)
       where (a.pending, a.available, a.held, a.debt, a.tier_points)
               is distinct from
             (coalesce(m.pending, 0), coalesce(m.available, 0), coalesce(m.held, 0),
              coalesce(m.debt, 0), coalesce(m.tier_points, 0))
          or (a.pending, a.available, a.held)
               is distinct from
             (coalesce(l.pending, 0), coalesce(l.available, 0), coalesce(l.held, 0))
      """;

  /** Entries are numbered without a gap, and the last says what the account says. */
  private static final String HISTORY =
      """
      select count(*)
        from loyalty.account a
        left join lateral (select e.sequence, e.pending_after, e.available_after, e.held_after,
                                  e.debt_after
                             from loyalty.entry e
                            where e.member_number = a.member_number
                            order by e.sequence desc
                            limit 1) last on true
       where a.sequence <> (select count(*)
                              from loyalty.entry e
                             where e.member_number = a.member_number)
          or (a.sequence, a.pending, a.available, a.held, a.debt)
               is distinct from
             (coalesce(last.sequence, 0), coalesce(last.pending_after, 0),
              coalesce(last.available_after, 0), coalesce(last.held_after, 0),
              coalesce(last.debt_after, 0))
      """;

  private LedgerAudit() {}

  /** Fails when anything does not add up. */
  public static void check(JdbcClient jdbc) {
    assertThat(jdbc.sql(LOTS).query(Long.class).single()).as("places of lots").isZero();
    assertThat(jdbc.sql(ACCOUNTS).query(Long.class).single()).as("accounts").isZero();
    assertThat(jdbc.sql(HISTORY).query(Long.class).single()).as("histories").isZero();
  }
}
