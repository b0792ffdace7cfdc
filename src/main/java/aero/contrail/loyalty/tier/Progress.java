package aero.contrail.loyalty.tier;

import org.jspecify.annotations.Nullable;

/**
 * How far a member is.
 *
 * @param year in which it counts
 * @param points that count in it so far
 * @param segments the same
 * @param next what is missing to the next tier; null for who has the highest
 */
public record Progress(
    Standing standing, int year, long points, int segments, @Nullable Missing next) {

  /** What is missing to a tier in this year: the points, or the segments. */
  public record Missing(String tier, long points, int segments) {}
}
