package aero.contrail.loyalty.tier;

import static aero.contrail.database.SqlArrays.texts;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.programme.ProgrammeDay;
import aero.contrail.loyalty.programme.RuleVersion;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What counts for tiers, and what follows from it. Callers have locked the members' accounts. */
@Repository
public class Tiers {

  private static final String DAYS =
      """
      select member_number, day, points, segments
        from loyalty.qualification
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

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;
  private final Standings standings;
  private final FiledTiers tables;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Tiers(
      JdbcClient jdbc,
      DeferredWrites deferred,
      Standings standings,
      FiledTiers tables,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.deferred = deferred;
    this.standings = standings;
    this.tables = tables;
    this.events = events;
    this.clock = clock;
  }

  /** What counts for the tiers of members. */
  public TierAccounts of(Collection<MemberNumber> members) {
    var accounts = new TierAccounts(new TierRules(tables.all()));
    if (!members.isEmpty()) {
      jdbc.sql(DAYS)
          .param("members", texts(members, MemberNumber::value))
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

  /** As of the end of a day, by what is known now. */
  public Progress progress(MemberNumber member, LocalDate day) {
    return of(List.of(member)).progress(member, day);
  }

  /** All that ever counted for a member's tier. */
  public Qualified lifetime(MemberNumber member) {
    return of(List.of(member)).lifetime(member);
  }

  /** The codes of all tiers that there are from a day on. */
  public Set<String> codes(LocalDate from) {
    var versions = tables.all();
    return Stream.concat(
            RuleVersion.on(from, versions).stream(),
            versions.stream().filter(version -> version.effectiveFrom().isAfter(from)))
        .flatMap(version -> version.body().levels().stream())
        .map(TierTable.Level::code)
        .collect(Collectors.toSet());
  }

  /** Writes what was counted, and tells of tiers that change by it: within a transaction. */
  public void write(TierAccounts accounts) {
    var changed = accounts.changed();
    if (changed.isEmpty()) {
      return;
    }
    record Day(MemberNumber member, LocalDate day, Qualified qualified) {}
    var days = new ArrayList<Day>();
    var reviewed = new LinkedHashMap<MemberNumber, LocalDate>();
    changed.forEach(
        (member, some) -> {
          some.forEach(day -> days.add(new Day(member, day, accounts.on(member, day))));
          reviewed.put(member, lastOfThisYear(Collections.max(some)));
        });
    deferred.add(
        COUNT,
        new MapSqlParameterSource()
            .addValue("members", texts(days, Day::member))
            .addValue("days", days.stream().map(d -> Date.valueOf(d.day())).toArray(Date[]::new))
            .addValue("points", days.stream().map(d -> d.qualified().points()).toArray(Long[]::new))
            .addValue(
                "segments",
                days.stream().map(d -> d.qualified().segments()).toArray(Integer[]::new)));
    review(accounts, reviewed);
  }

  /**
   * Where it is tomorrow already flights are flown that count today; but nobody loses a tier before
   * its last day is over.
   */
  private LocalDate lastOfThisYear(LocalDate flown) {
    var today = today();
    if (!flown.isAfter(today)) {
      return today;
    }
    return flown.getYear() == today.getYear()
        ? flown
        : today.with(TemporalAdjusters.lastDayOfYear());
  }

  /** Tells of tiers that are others today than those that were told of. */
  void review(Collection<MemberNumber> members) {
    var days = new LinkedHashMap<MemberNumber, LocalDate>();
    members.forEach(member -> days.put(member, today()));
    review(of(members), days);
  }

  private void review(TierAccounts accounts, Map<MemberNumber, LocalDate> days) {
    var told = standings.find(days.keySet());
    var now = clock.instant();
    var changed = new LinkedHashMap<MemberNumber, Standing>();
    days.forEach(
        (member, day) -> {
          var before = told.getOrDefault(member, Standing.BASE);
          var after = accounts.after(member, day);
          if (!after.equals(before)) {
            changed.put(member, after);
            events.publishEvent(after.instead(before, member, now));
          }
        });
    standings.save(changed);
  }

  LocalDate today() {
    return ProgrammeDay.of(clock.instant());
  }
}
