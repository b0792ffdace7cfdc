package aero.contrail.reservation.departure;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What departure control says of a passenger.
 *
 * @param sourceId names this message at its source: told again it is the same
 * @param volunteered whether somebody who is denied boarding offered to stay behind
 * @param occurredAt when it happened; it may be told much later
 */
record Handling(
    String sourceId,
    OrderId order,
    FlightId flight,
    PassengerId passenger,
    Type type,
    boolean volunteered,
    Instant occurredAt) {

  Handling {
    occurredAt = occurredAt.truncatedTo(ChronoUnit.MICROS); // as it is stored, to be found the same
  }

  enum Type {
    CHECK_IN,
    BOARD,
    OFFLOAD,
    NO_SHOW,
    DENIED_BOARDING
  }
}
