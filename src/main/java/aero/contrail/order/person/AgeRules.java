package aero.contrail.order.person;

import aero.contrail.events.PassengerType;
import aero.contrail.events.Segment;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;

/**
 * At what age somebody travels as what, as airlines have it: below two years, on every single
 * flight, on a lap; below twelve, when the journey begins, as a child.
 */
public final class AgeRules {

  private static final int FIRST_ADULT_YEAR = 12;
  private static final int FIRST_CHILD_YEAR = 2;

  private AgeRules() {}

  /** What somebody is on a journey; local dates of departure count. */
  public static PassengerType type(LocalDate born, List<Segment> journey) {
    var begins = age(born, journey.getFirst());
    if (begins >= FIRST_ADULT_YEAR) {
      return PassengerType.ADULT;
    }
    return journey.stream().allMatch(flight -> age(born, flight) < FIRST_CHILD_YEAR)
        ? PassengerType.INFANT
        : PassengerType.CHILD;
  }

  /**
   * Whether somebody may travel as what he is said to be: somebody younger may fly at the fare of
   * somebody older, not the other way round.
   */
  public static boolean allow(PassengerType type, LocalDate born, List<Segment> journey) {
    return type(born, journey).compareTo(type) >= 0;
  }

  private static int age(LocalDate born, Segment flight) {
    return Period.between(born, flight.leg().departure().toLocalDate()).getYears();
  }
}
