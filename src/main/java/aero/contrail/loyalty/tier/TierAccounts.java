package aero.contrail.loyalty.tier;

import aero.contrail.events.MemberNumber;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** What counts for the tiers of some members, in the course of a batch. For one thread. */
public final class TierAccounts {

  private final TierRules rules;
  private final Map<MemberNumber, NavigableMap<LocalDate, Qualified>> days = new HashMap<>();
  private final Map<MemberNumber, Set<LocalDate>> changed = new LinkedHashMap<>();

  TierAccounts(TierRules rules) {
    this.rules = rules;
  }

  void add(MemberNumber member, LocalDate day, Qualified qualified) {
    days(member).merge(day, qualified, Qualified::plus);
  }

  /** The code of the tier that a member has on a day of travel. */
  public String tier(MemberNumber member, LocalDate day) {
    return rules.on(day, days(member)).tier();
  }

  /** Counts a flight, or with less than nothing takes it out of the count. */
  public void count(MemberNumber member, LocalDate day, long points, int segments) {
    if (points != 0) {
      add(member, day, new Qualified(points, segments));
      changed.computeIfAbsent(member, _ -> new LinkedHashSet<>()).add(day);
    }
  }

  /** The tier on a day, with all that was flown up to its end. */
  Standing after(MemberNumber member, LocalDate day) {
    return rules.after(day, days(member));
  }

  /** With all that was flown up to the end of a day. */
  Progress progress(MemberNumber member, LocalDate day) {
    return rules.progress(day, days(member));
  }

  Qualified lifetime(MemberNumber member) {
    return days(member).values().stream().reduce(Qualified.NOTHING, Qualified::plus);
  }

  Qualified on(MemberNumber member, LocalDate day) {
    return days(member).getOrDefault(day, Qualified.NOTHING);
  }

  Map<MemberNumber, Set<LocalDate>> changed() {
    return changed;
  }

  private NavigableMap<LocalDate, Qualified> days(MemberNumber member) {
    return days.computeIfAbsent(member, _ -> new TreeMap<>());
  }
}
