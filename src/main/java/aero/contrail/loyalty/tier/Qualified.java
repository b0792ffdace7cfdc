package aero.contrail.loyalty.tier;

/** What counts for the tier. */
public record Qualified(long points, int segments) {

  static final Qualified NOTHING = new Qualified(0, 0);

  Qualified plus(Qualified other) {
    return new Qualified(
        Math.addExact(points, other.points), Math.addExact(segments, other.segments));
  }
}
