package aero.contrail.loyalty.member;

import static aero.contrail.database.SqlArrays.texts;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.MemberNumber;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which sales channels know which members: those that enrolled them or sold to them. */
@Repository
public class MemberChannels {

  private static final String ADD =
      """
      insert into loyalty.member_channel (member_number, channel)
      select distinct member, channel
        from unnest(:members, :channels) as k (member, channel)
       where channel <> ''
       order by member, channel
          on conflict do nothing
      """;

  private static final String ENROL =
      """
      insert into loyalty.member_channel (member_number, channel, enrolled)
      values (:member, :channel, true)
          on conflict (member_number, channel) do update
         set enrolled = true
      """;

  private static final String KNOWN =
      """
      select k.member_number, k.channel
        from unnest(:members, :channels) as a (member, channel)
        join loyalty.member_channel k on k.member_number = a.member and k.channel = a.channel
       where k.enrolled
      """;

  private static final String KNOWS =
      """
      select exists (select
                       from loyalty.member_channel
                      where member_number = :member and channel = :channel)
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;

  MemberChannels(JdbcClient jdbc, DeferredWrites deferred) {
    this.jdbc = jdbc;
    this.deferred = deferred;
  }

  /** A channel that has met a member. */
  public record Acquaintance(MemberNumber member, String channel) {}

  /** Within the caller's transaction. */
  public void add(Collection<Acquaintance> met) {
    deferred.add(
        ADD,
        new MapSqlParameterSource()
            .addValue("members", texts(met, Acquaintance::member))
            .addValue("channels", texts(met, Acquaintance::channel)));
  }

  /** A channel that enrols a member: it may spend his points. */
  void enrolled(Acquaintance by) {
    jdbc.sql(ENROL).param("member", by.member().value()).param("channel", by.channel()).update();
  }

  /** Which of these enrolled their member. */
  public Set<Acquaintance> enrolling(Collection<Acquaintance> asked) {
    return asked.isEmpty()
        ? Set.of()
        : new HashSet<>(
            jdbc.sql(KNOWN)
                .param("members", texts(asked, Acquaintance::member))
                .param("channels", texts(asked, Acquaintance::channel))
                .query(
                    (row, _) ->
                        new Acquaintance(
                            new MemberNumber(row.getString("member_number")),
                            row.getString("channel")))
                .list());
  }

  boolean knows(String channel, MemberNumber member) {
    return jdbc.sql(KNOWS)
        .param("member", member.value())
        .param("channel", channel)
        .query(Boolean.class)
        .single();
  }
}
