package aero.contrail.loyalty.tier;

import java.util.List;

/**
 * What tiers take, in a calendar year.
 *
 * @param levels the lowest first; having none is rank 0
 * @param softLanding whether who does not keep a tier gets the next lower one, not none
 */
record TierTable(List<Level> levels, boolean softLanding) {

  TierTable {
    levels = List.copyOf(levels);
  }

  /**
   * A tier, reached by points or by segments.
   *
   * @param code by which rules and members know it
   */
  record Level(String code, long points, int segments) {

    Progress.Missing missing(Qualified by) {
      return new Progress.Missing(
          code, Math.max(0, points - by.points()), Math.max(0, segments - by.segments()));
    }

    boolean isReached(Qualified by) {
      return by.points() >= points || by.segments() >= segments;
    }
  }

  /** The rank that is reached: how many of the levels, from the lowest on. */
  int rank(Qualified by) {
    var rank = 0;
    for (var i = 0; i < levels.size(); i++) {
      if (levels.get(i).isReached(by)) {
        rank = i + 1;
      }
    }
    return rank;
  }
}
