package aero.contrail.loyalty;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Points of members that they flew for long ago. */
public final class MemberPoints {

  private static final String GRANT =
      """
      with account as (
        update loyalty.account
           set sequence = sequence + 1, available = available + :points
         where member_number = :member
        returning *
      ), lot as (
        insert into loyalty.lot (id, member_number, source, source_key, rule, opened_at, earned,
                                 available, expires_on)
        select :lot, member_number, 'COUPON', :lot::text, 'test', now(), :points, :points, :expires
          from account
      ), entry as (
        insert into loyalty.entry (member_number, sequence, id, kind, cause, cause_key, lot, rule,
                                   points, tier_points, pending_after, available_after, held_after,
                                   debt_after, occurred_at, recorded_at)
        select member_number, sequence, :entry, 'POSTED', 'COUPON', :lot::text, :lot, 'test',
               :points, 0, pending, available, held, debt, now(), now()
          from account
      )
      insert into loyalty.movement (entry, line, unit, lot, from_place, to_place, points)
      values (:entry, 1, 'AWARD', :lot, 'ISSUED', 'AVAILABLE', :points)
      """;

  private MemberPoints() {}

  /**
   * Gives a member points.
   *
   * @return the lot that has them
   */
  public static UUID grant(
      JdbcClient jdbc, String member, long points, @Nullable LocalDate expiresOn) {
    var lot = UUID.randomUUID();
    jdbc.sql(GRANT)
        .param("member", member)
        .param("points", points)
        .param("lot", lot)
        .param("entry", UUID.randomUUID())
        .param("expires", expiresOn)
        .update();
    return lot;
  }
}
