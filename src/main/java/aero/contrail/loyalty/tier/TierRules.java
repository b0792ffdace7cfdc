package aero.contrail.loyalty.tier;

import aero.contrail.loyalty.programme.RuleVersion;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.List;
import java.util.NavigableMap;

/**
 * The tier of a member on a day follows from what he flew before it, and from nothing else: told
 * late, reversed or replayed it is the same. A tier is had at once, for the rest of the year and
 * the whole next one; who does not reach it again in that year gets the next lower one, or none, as
 * the rule says.
 */
record TierRules(List<RuleVersion<TierTable>> versions) {

  TierRules {
    versions = List.copyOf(versions);
  }

  /**
   * @param days what was flown, by the day of travel
   */
  Standing on(LocalDate day, NavigableMap<LocalDate, Qualified> days) {
    var now = table(day);
    var began = rankAtTheBeginning(day.getYear(), days);
    var reached = now.rank(sum(days.subMap(firstOf(day.getYear()), true, day, false)));
    var rank = Math.min(Math.max(began, reached), now.levels().size());
    if (rank == 0) {
      return Standing.BASE;
    }
    var until = lastOf(reached >= began ? day.getYear() + 1 : day.getYear());
    return new Standing(now.levels().get(rank - 1).code(), rank, until);
  }

  /** With all that was flown up to the end of a day. */
  Progress progress(LocalDate day, NavigableMap<LocalDate, Qualified> days) {
    var standing = on(day.plusDays(1), days);
    var counts = sum(days.subMap(firstOf(day.getYear()), true, day, true));
    var levels = table(day).levels();
    return new Progress(
        standing,
        day.getYear(),
        counts.points(),
        counts.segments(),
        standing.rank() < levels.size() ? levels.get(standing.rank()).missing(counts) : null);
  }

  /** By the rules of a day; before the first there are no tiers. */
  private TierTable table(LocalDate day) {
    return RuleVersion.on(day, versions)
        .map(RuleVersion::body)
        .orElse(new TierTable(List.of(), false));
  }

  private int rankAtTheBeginning(int year, NavigableMap<LocalDate, Qualified> days) {
    var rank = 0;
    if (!days.isEmpty()) {
      for (var y = days.firstKey().getYear(); y < year; y++) {
        var table = table(lastOf(y));
        var reached = table.rank(sum(days.subMap(firstOf(y), true, lastOf(y), true)));
        rank = Math.max(reached, table.softLanding() ? Math.max(rank - 1, 0) : 0);
      }
    }
    return rank;
  }

  private static Qualified sum(NavigableMap<LocalDate, Qualified> days) {
    return days.values().stream().reduce(Qualified.NOTHING, Qualified::plus);
  }

  private static LocalDate firstOf(int year) {
    return Year.of(year).atDay(1);
  }

  private static LocalDate lastOf(int year) {
    return LocalDate.of(year, Month.DECEMBER, 31);
  }
}
