package aero.contrail.loyalty.tier;

import static aero.contrail.database.SqlArrays.texts;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.MemberNumber;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Of which tiers members were told last. */
@Repository
class Standings {

  private static final String STANDINGS =
      """
      select member_number, tier, rank, valid_until
        from loyalty.standing
       where member_number = any(:members)
      """;

  private static final String STAND =
      """
      insert into loyalty.standing (member_number, tier, rank, valid_until)
      select member, tier, rank, valid_until
        from unnest(:members, :tiers, :ranks, :untils) as s (member, tier, rank, valid_until)
          on conflict (member_number) do update
         set tier = excluded.tier, rank = excluded.rank, valid_until = excluded.valid_until
      """;

  private static final String STAND_NO_MORE =
      """
      delete from loyalty.standing
       where member_number = any(:members)
      """;

  private static final String ENDED =
      """
      select member_number
        from loyalty.standing
       where valid_until < :today and member_number > :after
       order by member_number
       limit :limit
      """;

  /** Everybody who ever flew something that counts. */
  private static final String QUALIFIED =
      """
      select distinct member_number
        from loyalty.qualification
       where member_number > :after
       order by member_number
       limit :limit
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;

  Standings(JdbcClient jdbc, DeferredWrites deferred) {
    this.jdbc = jdbc;
    this.deferred = deferred;
  }

  /** Whoever has none has no entry. */
  Map<MemberNumber, Standing> find(Collection<MemberNumber> members) {
    var all = new HashMap<MemberNumber, Standing>();
    jdbc.sql(STANDINGS)
        .param("members", texts(members, MemberNumber::value))
        .query(
            row -> {
              all.put(
                  new MemberNumber(row.getString("member_number")),
                  new Standing(
                      row.getString("tier"),
                      row.getInt("rank"),
                      row.getObject("valid_until", LocalDate.class)));
            });
    return all;
  }

  /** Within the caller's transaction. */
  void save(Map<MemberNumber, Standing> changed) {
    var none =
        changed.entrySet().stream()
            .filter(s -> s.getValue().until() == null)
            .map(Map.Entry::getKey)
            .toList();
    if (!none.isEmpty()) {
      deferred.add(
          STAND_NO_MORE,
          new MapSqlParameterSource().addValue("members", texts(none, MemberNumber::value)));
    }
    var all = changed.entrySet().stream().filter(s -> s.getValue().until() != null).toList();
    if (!all.isEmpty()) {
      deferred.add(
          STAND,
          new MapSqlParameterSource()
              .addValue("members", texts(all, Map.Entry::getKey))
              .addValue("tiers", all.stream().map(s -> s.getValue().tier()).toArray(String[]::new))
              .addValue("ranks", all.stream().map(s -> s.getValue().rank()).toArray(Integer[]::new))
              .addValue("untils", all.stream().map(s -> until(s.getValue())).toArray(Date[]::new)));
    }
  }

  private static Date until(Standing standing) {
    return Date.valueOf(Objects.requireNonNull(standing.until()));
  }

  /** Members whose tier is over, by their numbers. */
  List<MemberNumber> ended(LocalDate today, String after, int limit) {
    return jdbc.sql(ENDED)
        .param("today", today)
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> new MemberNumber(row.getString(1)))
        .list();
  }

  /** Members who may have a tier, by their numbers. */
  List<MemberNumber> qualified(String after, int limit) {
    return jdbc.sql(QUALIFIED)
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> new MemberNumber(row.getString(1)))
        .list();
  }
}
