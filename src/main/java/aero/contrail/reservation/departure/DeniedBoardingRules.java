package aero.contrail.reservation.departure;

import aero.contrail.events.PassengerType;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.PassengerStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Who stays behind when more have come than there are seats, and what they are owed. Pure. */
final class DeniedBoardingRules {

  private static final double KILOMETRES_PER_MILE = 1.609344;

  private DeniedBoardingRules() {}

  /**
   * Who has checked in and has no seat, the one to stay behind first: who came last.
   *
   * @return nobody who needs no seat
   */
  static List<FlightPassenger> standby(Collection<FlightPassenger> onFlight) {
    return onFlight.stream()
        .filter(p -> p.status() == PassengerStatus.CHECKED_IN)
        .filter(p -> p.seat() == null && p.type().takesSeat())
        .sorted(Comparator.comparing(DeniedBoardingRules::checkedInAt).reversed())
        .toList();
  }

  private static Instant checkedInAt(FlightPassenger passenger) {
    var at = passenger.checkedInAt();
    return at == null ? Instant.MAX : at;
  }

  /**
   * Regulation (EC) No 261/2004, article 7(1), by distance alone: 250 euros up to 1,500 km, 400 up
   * to 3,500, 600 beyond. Volunteers agree on something else (article 4(1)); an infant on a lap has
   * no seat to be denied.
   *
   * @param miles of the flight
   */
  static @Nullable Money compensation(int miles, PassengerType type, boolean volunteered) {
    if (volunteered || !type.takesSeat()) {
      return null;
    }
    var kilometres = miles * KILOMETRES_PER_MILE;
    var euros = kilometres <= 1_500 ? 250 : kilometres <= 3_500 ? 400 : 600;
    return Money.of(CurrencyUnit.EUR, euros);
  }
}
