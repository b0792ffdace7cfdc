package aero.contrail.order.model;

import static aero.contrail.order.model.Family.BACK;

import aero.contrail.events.Leg;
import aero.contrail.events.ReservationEvent.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** An airline that flies later than it said. */
final class RandomAirline {

  private RandomAirline() {}

  static OrderCommand retimed(Random random, Instant now) {
    var leg = Family.RETURN.leg();
    var later = random.nextInt(90);
    return new OrderCommand.RetimeFlight(
        UUID.randomUUID(),
        BACK,
        new Leg(
            leg.origin(),
            leg.destination(),
            leg.departure().plusMinutes(later),
            leg.arrival().plusMinutes(later),
            leg.miles()),
        random.nextBoolean() ? Severity.MINOR : Severity.MAJOR,
        Duration.ofDays(3),
        Duration.ofHours(3),
        now);
  }
}
