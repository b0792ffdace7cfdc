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

  /**
   * What somebody is on flights; local dates of departure count.
   *
   * @param begins the day on which the journey begins of which they are a part
   */
  public static PassengerType type(LocalDate born, LocalDate begins, List<Segment> flights) {
    if (age(born, begins) >= FIRST_ADULT_YEAR) {
      return PassengerType.ADULT;
    }
    return flights.stream().allMatch(flight -> age(born, day(flight)) < FIRST_CHILD_YEAR)
        ? PassengerType.INFANT
        : PassengerType.CHILD;
  }

  /** What somebody is on a journey. */
  public static PassengerType type(LocalDate born, List<Segment> journey) {
    return type(born, day(journey.getFirst()), journey);
  }

  /**
   * Whether somebody may travel as what he is said to be: somebody younger may fly at the fare of
   * somebody older, not the other way round.
   */
  public static boolean allow(PassengerType said, PassengerType is) {
    return is.compareTo(said) >= 0;
  }

  /** The local date of departure. */
  public static LocalDate day(Segment flight) {
    return flight.leg().departure().toLocalDate();
  }

  private static int age(LocalDate born, LocalDate on) {
    return Period.between(born, on).getYears();
  }
}
