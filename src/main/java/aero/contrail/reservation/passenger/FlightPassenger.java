package aero.contrail.reservation.passenger;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.RecordLocator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A passenger on one flight.
 *
 * @param channel that sold it
 * @param seat as printed: 12C; null before one is given, and for who travels on a lap
 * @param sequence his place in the order of check-in, from 1; null before
 * @param toldAt when that happened which departure control told last; null before it told anything
 * @param checkedInAt when he checked in last
 */
public record FlightPassenger(
    OrderId order,
    String channel,
    @Nullable RecordLocator locator,
    FlightId flight,
    String cabin,
    String fareClass,
    PassengerId id,
    PassengerType type,
    PassengerStatus status,
    @Nullable String seat,
    @Nullable Integer sequence,
    @Nullable Instant toldAt,
    @Nullable Instant checkedInAt) {

  /** The same with another seat, or none. */
  public FlightPassenger in(@Nullable String newSeat) {
    return with(status, newSeat, sequence, toldAt, checkedInAt);
  }

  /** The same in another status, which nobody told. */
  public FlightPassenger in(PassengerStatus next) {
    return with(next, next.keepsSeat() ? seat : null, sequence, toldAt, checkedInAt);
  }

  /** The same after departure control told something. */
  public FlightPassenger told(PassengerStatus next, Instant occurredAt) {
    return with(next, next.keepsSeat() ? seat : null, sequence, occurredAt, checkedInAt);
  }

  /** The same with a place in the order of check-in. */
  public FlightPassenger checkedIn(int place, Instant occurredAt) {
    return with(status, seat, place, toldAt, occurredAt);
  }

  private FlightPassenger with(
      PassengerStatus newStatus,
      @Nullable String newSeat,
      @Nullable Integer newSequence,
      @Nullable Instant newToldAt,
      @Nullable Instant newCheckedInAt) {
    return new FlightPassenger(
        order,
        channel,
        locator,
        flight,
        cabin,
        fareClass,
        id,
        type,
        newStatus,
        newSeat,
        newSequence,
        newToldAt,
        newCheckedInAt);
  }
}
