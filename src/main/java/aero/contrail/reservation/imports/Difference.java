package aero.contrail.reservation.imports;

import aero.contrail.events.FlightId;
import aero.contrail.events.ReservationEvent.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flight that an import changes, or would change, and who is affected.
 *
 * @param line of the file; null for a flight that the file does not have
 * @param severity of a change of times
 * @param parties that have space on the flight, and how many {@code seats} they have together
 */
record Difference(
    @Nullable Long line,
    FlightId flightId,
    List<Kind> changes,
    @Nullable Severity severity,
    int parties,
    int seats) {

  /** What becomes of the flight. */
  enum Kind {
    RETIMED,
    RE_EQUIPPED,
    /** It was in no schedule, and is in one again. */
    SALES_OPENED,
    /** It is in no schedule any more, and nobody has booked it. */
    CANCELLED,
    /** It is in no schedule any more; what becomes of those who booked it is for people to say. */
    SALES_CLOSED
  }

  Difference {
    changes = List.copyOf(changes);
  }
}
