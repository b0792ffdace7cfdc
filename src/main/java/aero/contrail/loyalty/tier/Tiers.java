package aero.contrail.loyalty.tier;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.LoyaltyEvent.OfTier;
import aero.contrail.events.LoyaltyEvent.TierDowngraded;
import aero.contrail.events.LoyaltyEvent.TierRequalified;
import aero.contrail.events.LoyaltyEvent.TierUpgraded;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.programme.RuleBook;
import aero.contrail.loyalty.programme.RuleKind;
import java.sql.Date;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What counts for tiers, and who was told of which. Callers have locked the members' accounts. */
@Repository
public class Tiers {

  private static final String DAYS =
      """
      select member_number, day, points, segments
        from loyalty.qualification
       where member_number = any(:members)
      """;

  private static final String STANDINGS =
      """
      select member_number, tier, rank, valid_until
        from loyalty.standing
       where member_number = any(:members)
      """;

  private static final String COUNT =
      """
      insert into loyalty.qualification (member_number, day, points, segments)
      select member, day, points, segments
        from unnest(:members, :days, :points, :segments) as q (member, day, points, segments)
          on conflict (member_number, day) do update
         set points = excluded.points, segments = excluded.segments
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
       where valid_until < :today
       order by member_number
       limit :limit
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;
  private final RuleBook rules;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Tiers(
      JdbcClient jdbc,
      DeferredWrites deferred,
      RuleBook rules,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.deferred = deferred;
    this.rules = rules;
    this.events = events;
    this.clock = clock;
  }

  /** What counts for the tiers of members. */
  public TierAccounts of(Collection<MemberNumber> members) {
    var accounts = new TierAccounts(rules());
    if (!members.isEmpty()) {
      jdbc.sql(DAYS)
          .param("members", texts(members))
          .query(
              row -> {
                accounts.add(
                    new MemberNumber(row.getString("member_number")),
                    row.getObject("day", LocalDate.class),
                    new Qualified(row.getLong("points"), row.getInt("segments")));
              });
    }
    return accounts;
  }

  /** As of today. */
  public Progress progress(MemberNumber member) {
    return of(List.of(member)).progress(member, today());
  }

  private TierRules rules() {
    return new TierRules(rules.versions(RuleKind.TIER, TierTable.class));
  }

  /** Writes what was counted, and tells of tiers that change by it: within a transaction. */
  public void write(TierAccounts accounts) {
    var changed = accounts.changed();
    if (changed.isEmpty()) {
      return;
    }
    record Day(MemberNumber member, LocalDate day, Qualified qualified) {}
    var days = new ArrayList<Day>();
    var reviewed = new HashMap<MemberNumber, LocalDate>();
    changed.forEach(
        (member, some) -> {
          some.forEach(day -> days.add(new Day(member, day, accounts.on(member, day))));
          reviewed.put(member, later(Collections.max(some), today()).plusDays(1));
        });
    deferred.add(
        COUNT,
        new MapSqlParameterSource()
            .addValue("members", texts(days.stream().map(Day::member).toList()))
            .addValue("days", days.stream().map(d -> Date.valueOf(d.day())).toArray(Date[]::new))
            .addValue("points", days.stream().map(d -> d.qualified().points()).toArray(Long[]::new))
            .addValue(
                "segments",
                days.stream().map(d -> d.qualified().segments()).toArray(Integer[]::new)));
    review(accounts, reviewed);
  }

  /** Tells of tiers that are over; there may be more than the limit. */
  List<MemberNumber> ended(int limit) {
    return jdbc.sql(ENDED)
        .param("today", today())
        .param("limit", limit)
        .query((row, _) -> new MemberNumber(row.getString(1)))
        .list();
  }

  void review(Collection<MemberNumber> members) {
    var days = new HashMap<MemberNumber, LocalDate>();
    members.forEach(member -> days.put(member, today()));
    review(of(members), days);
  }

  private void review(TierAccounts accounts, Map<MemberNumber, LocalDate> days) {
    var told = standings(days.keySet());
    var now = clock.instant();
    var higher = new HashMap<MemberNumber, Standing>();
    var none = new ArrayList<MemberNumber>();
    days.forEach(
        (member, day) -> {
          var before = told.getOrDefault(member, Standing.BASE);
          var after = accounts.standing(member, day);
          if (!after.equals(before)) {
            if (after.until() == null) {
              none.add(member);
            } else {
              higher.put(member, after);
            }
            events.publishEvent(fact(member, before, after, now));
          }
        });
    stand(higher);
    if (!none.isEmpty()) {
      deferred.add(STAND_NO_MORE, new MapSqlParameterSource().addValue("members", texts(none)));
    }
  }

  private void stand(Map<MemberNumber, Standing> standings) {
    if (standings.isEmpty()) {
      return;
    }
    var all = List.copyOf(standings.entrySet());
    deferred.add(
        STAND,
        new MapSqlParameterSource()
            .addValue("members", texts(all.stream().map(Map.Entry::getKey).toList()))
            .addValue("tiers", all.stream().map(s -> s.getValue().tier()).toArray(String[]::new))
            .addValue("ranks", all.stream().map(s -> s.getValue().rank()).toArray(Integer[]::new))
            .addValue(
                "untils",
                all.stream().map(s -> Date.valueOf(until(s.getValue()))).toArray(Date[]::new)));
  }

  private static OfTier fact(MemberNumber member, Standing before, Standing after, Instant now) {
    if (after.rank() < before.rank() || after.until() == null) {
      return new TierDowngraded(member, after.tier(), after.rank(), after.until(), now);
    }
    if (after.rank() > before.rank()) {
      return new TierUpgraded(member, after.tier(), after.rank(), after.until(), now);
    }
    return isLater(after, before)
        ? new TierRequalified(member, after.tier(), after.rank(), after.until(), now)
        : new TierDowngraded(member, after.tier(), after.rank(), after.until(), now);
  }

  private static boolean isLater(Standing after, Standing before) {
    return before.until() == null || until(after).isAfter(before.until());
  }

  private static LocalDate until(Standing standing) {
    return Objects.requireNonNull(standing.until());
  }

  private Map<MemberNumber, Standing> standings(Collection<MemberNumber> members) {
    var all = new HashMap<MemberNumber, Standing>();
    jdbc.sql(STANDINGS)
        .param("members", texts(members))
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

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private LocalDate today() {
    return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static String[] texts(Collection<MemberNumber> members) {
    return members.stream().map(MemberNumber::value).toArray(String[]::new);
  }
}
