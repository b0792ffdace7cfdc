package aero.contrail.loyalty.tier;

import aero.contrail.loyalty.programme.RuleVersion;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
   * The tier with which somebody travels on a day: by what was flown before it.
   *
   * @param days what was flown, by the day of travel
   */
  Standing on(LocalDate day, NavigableMap<LocalDate, Qualified> days) {
    return standing(day, new TreeMap<>(days.headMap(day, false)));
  }

  /** The tier on a day, with all that was flown up to its end. */
  Standing after(LocalDate day, NavigableMap<LocalDate, Qualified> days) {
    return standing(day, new TreeMap<>(days.headMap(day, true)));
  }

  private Standing standing(LocalDate day, NavigableMap<LocalDate, Qualified> flown) {
    var now = table(day);
    var year = day.getYear();
    var began = atTheBeginning(year, flown);
    var reached = reached(year, flown);
    var tier = now.higher(reached, began);
    return tier == null || now.rank(tier) == 0
        ? Standing.BASE
        : new Standing(tier, now.rank(tier), lastOf(tier.equals(reached) ? year + 1 : year));
  }

  /** With all that was flown up to the end of a day. */
  Progress progress(LocalDate day, NavigableMap<LocalDate, Qualified> days) {
    var standing = after(day, days);
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

  private @Nullable String atTheBeginning(int year, NavigableMap<LocalDate, Qualified> flown) {
    String tier = null;
    if (!flown.isEmpty()) {
      for (var y = flown.firstKey().getYear(); y < year; y++) {
        var table = table(lastOf(y));
        tier = table.higher(reached(y, flown), table.softLanding() ? table.below(tier) : null);
      }
    }
    return tier;
  }

  /** Each day by its own rules: what was reached by them stays reached. */
  private @Nullable String reached(int year, NavigableMap<LocalDate, Qualified> flown) {
    String tier = null;
    var counts = Qualified.NOTHING;
    for (var day : flown.subMap(firstOf(year), true, lastOf(year), true).entrySet()) {
      var table = table(day.getKey());
      counts = counts.plus(day.getValue());
      tier = table.higher(tier, table.reached(counts));
    }
    return tier;
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
