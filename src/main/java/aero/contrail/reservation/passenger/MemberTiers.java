package aero.contrail.reservation.passenger;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.LoyaltyEvent.OfTier;
import aero.contrail.events.MemberNumber;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows the tiers of members as the programme tells of them: who is served first. */
@Component
class MemberTiers {

  private static final String SAVE =
      """
      with told as (
        select member, rank
          from unnest(:members, :ranks) as t (member, rank)
      ), gone as (
        delete from reservation.member_tier
         where member_number in (select member from told where rank = 0)
      )
      insert into reservation.member_tier (member_number, rank)
      select member, rank
        from told
       where rank > 0
       order by member
          on conflict (member_number) do update
         set rank = excluded.rank
      """;

  private final JdbcClient jdbc;

  MemberTiers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventHandler("reservation.tiers")
  void onTiers(List<OfTier> batch) {
    var last = new LinkedHashMap<MemberNumber, Integer>();
    batch.forEach(fact -> last.put(fact.member(), fact.rank()));
    jdbc.sql(SAVE)
        .param("members", last.keySet().stream().map(MemberNumber::value).toArray(String[]::new))
        .param("ranks", last.values().toArray(Integer[]::new))
        .update();
  }
}
