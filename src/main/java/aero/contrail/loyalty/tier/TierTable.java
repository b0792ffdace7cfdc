package aero.contrail.loyalty.tier;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** The code of the highest that is reached; null for none. */
  @Nullable String reached(Qualified by) {
    return levels.reversed().stream()
        .filter(level -> level.isReached(by))
        .map(Level::code)
        .findFirst()
        .orElse(null);
  }

  /** Which of the levels it is, 1 for the lowest; 0 for none, and for one that is not there. */
  int rank(@Nullable String code) {
    for (var i = 0; i < levels.size(); i++) {
      if (levels.get(i).code().equals(code)) {
        return i + 1;
      }
    }
    return 0;
  }

  @Nullable String higher(@Nullable String one, @Nullable String other) {
    return rank(one) >= rank(other) ? one : other;
  }

  /** The next lower one; null for none. */
  @Nullable String below(@Nullable String code) {
    var rank = rank(code);
    return rank < 2 ? null : levels.get(rank - 2).code();
  }
}
