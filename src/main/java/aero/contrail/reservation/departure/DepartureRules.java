package aero.contrail.reservation.departure;

import static aero.contrail.reservation.passenger.PassengerStatus.BOARDED;
import static aero.contrail.reservation.passenger.PassengerStatus.BOOKED;
import static aero.contrail.reservation.passenger.PassengerStatus.CHECKED_IN;
import static aero.contrail.reservation.passenger.PassengerStatus.DENIED_BOARDING;
import static aero.contrail.reservation.passenger.PassengerStatus.FLOWN;
import static aero.contrail.reservation.passenger.PassengerStatus.HELD;
import static aero.contrail.reservation.passenger.PassengerStatus.NO_SHOW;
import static aero.contrail.reservation.passenger.PassengerStatus.OFFLOADED;

import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.PassengerStatus;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a message of departure control does to a passenger. Messages come twice, late and out of
 * order: what happened last counts, not what was told last, and who was counted as not aboard when
 * the flight closed is aboard when it turns out that he had boarded before. Who has flown has
 * flown. Pure.
 */
final class DepartureRules {

  private DepartureRules() {}

  /** What follows from a message. */
  sealed interface Outcome {

    /** The passenger is now {@code next}. */
    record Moved(PassengerStatus next) implements Outcome {}

    /** It is recorded and changes nothing: it was so already, or something later was told. */
    record Unchanged() implements Outcome {}

    /** It cannot have happened; {@code why} is for people. */
    record Refused(String why) implements Outcome {}
  }

  static Outcome outcome(Handling handling, FlightPassenger passenger, Departure departure) {
    var status = passenger.status();
    var type = handling.type();
    if (passenger.toldAt() != null && handling.occurredAt().isBefore(passenger.toldAt())) {
      return new Outcome.Unchanged();
    }
    if (status == HELD) {
      return refused("has not been booked yet");
    }
    if (status == FLOWN) {
      return type == Handling.Type.CHECK_IN || type == Handling.Type.BOARD
          ? new Outcome.Unchanged()
          : refused("has flown");
    }
    if (isAfter(handling, departure.departedAt())) {
      return refused("cannot, the flight left at " + departure.departedAt());
    }
    return switch (type) {
      case CHECK_IN -> checkIn(handling, status, departure);
      case BOARD -> board(handling, status, departure);
      case OFFLOAD -> move(status, Set.of(BOOKED, CHECKED_IN, BOARDED), OFFLOADED);
      case NO_SHOW -> move(status, Set.of(BOOKED, CHECKED_IN), NO_SHOW);
      case DENIED_BOARDING -> move(status, Set.of(BOOKED, CHECKED_IN, NO_SHOW), DENIED_BOARDING);
    };
  }

  /** Told after the flight closed it changes nothing: he was not aboard. */
  private static Outcome checkIn(Handling handling, PassengerStatus status, Departure departure) {
    if (isAfter(handling, departure.closedAt())) {
      return refused("cannot, the flight closed at " + departure.closedAt());
    }
    return status == BOARDED || departure.closedAt() != null
        ? new Outcome.Unchanged()
        : move(status, Set.of(BOOKED, OFFLOADED, DENIED_BOARDING, NO_SHOW), CHECKED_IN);
  }

  /** The message of his check-in may still be on its way. */
  private static Outcome board(Handling handling, PassengerStatus status, Departure departure) {
    if (isAfter(handling, departure.closedAt())) {
      return refused("cannot, the flight closed at " + departure.closedAt());
    }
    return move(
        status,
        Set.of(BOOKED, CHECKED_IN, OFFLOADED, DENIED_BOARDING, NO_SHOW),
        departure.departedAt() == null ? BOARDED : FLOWN);
  }

  private static Outcome move(
      PassengerStatus status, Set<PassengerStatus> from, PassengerStatus next) {
    if (status == next) {
      return new Outcome.Unchanged();
    }
    return from.contains(status)
        ? new Outcome.Moved(next)
        : refused("is " + status + ", which cannot become " + next);
  }

  private static boolean isAfter(Handling handling, @Nullable Instant end) {
    return end != null && handling.occurredAt().isAfter(end);
  }

  private static Outcome refused(String why) {
    return new Outcome.Refused(why);
  }

  /** Where a passenger is when nobody can go aboard any more. */
  static PassengerStatus atClosing(PassengerStatus status) {
    return status == BOOKED || status == CHECKED_IN ? NO_SHOW : status;
  }

  /**
   * Where a passenger is when the flight leaves.
   *
   * @param isControlled whether anybody told who is aboard; if nobody did, all that booked are
   */
  static PassengerStatus atDeparture(PassengerStatus status, boolean isControlled) {
    if (!isControlled) {
      return status == BOOKED ? FLOWN : status;
    }
    return status == BOARDED ? FLOWN : atClosing(status);
  }
}
