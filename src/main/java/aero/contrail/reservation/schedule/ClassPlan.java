package aero.contrail.reservation.schedule;

import java.time.LocalDate;
import java.util.List;

/**
 * The booking classes of a cabin, for flights that leave from a date on.
 *
 * @param carrier {@link #ANY} or a code
 * @param shares high to low
 */
public record ClassPlan(
    String carrier, String cabin, LocalDate effectiveFrom, List<ClassShare> shares) {

  /** Stands for all carriers that have no plan of their own. */
  public static final String ANY = "*";

  /** What percentage of what a cabin may sell a class has, together with those below it. */
  public record ClassShare(String fareClass, int percent) {}

  public ClassPlan {
    shares = List.copyOf(shares);
  }
}
