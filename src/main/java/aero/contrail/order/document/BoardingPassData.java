package aero.contrail.order.document;

import aero.contrail.events.FlightId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.RecordLocator;
import org.jspecify.annotations.Nullable;

/**
 * What stands on a boarding pass.
 *
 * @param familyName null when the person was erased; so is the given name then
 * @param cabin one of F, J, W, Y
 * @param seat as printed: 12C; null when there is none
 * @param sequence the place in the order of check-in, from 1
 */
public record BoardingPassData(
    @Nullable String familyName,
    @Nullable String givenName,
    PassengerType type,
    RecordLocator locator,
    FlightId flight,
    String destination,
    String cabin,
    @Nullable String seat,
    int sequence) {

  /** What people read where a seat is printed. */
  public String seatInWords() {
    if (seat != null) {
      return seat;
    }
    return type.takesSeat() ? "at the gate" : "infant, no seat";
  }
}
