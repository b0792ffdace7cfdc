package aero.contrail.reservation.schedule;

import aero.contrail.events.Leg;
import aero.contrail.events.ReservationEvent.Severity;
import java.time.Duration;

/** How much a change of times matters. */
final class RetimingRules {

  private RetimingRules() {}

  /**
   * MAJOR for a change of departure or arrival by more than is minor, earlier or later, and for
   * another airport.
   */
  static Severity severity(Leg before, Leg after, Duration minor) {
    var sameRoute =
        before.origin().equals(after.origin()) && before.destination().equals(after.destination());
    return sameRoute
            && isMinor(Duration.between(before.departure(), after.departure()), minor)
            && isMinor(Duration.between(before.arrival(), after.arrival()), minor)
        ? Severity.MINOR
        : Severity.MAJOR;
  }

  private static boolean isMinor(Duration shift, Duration minor) {
    return shift.abs().compareTo(minor) <= 0;
  }
}
