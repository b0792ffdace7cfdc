package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.RecordLocator;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.passenger.PassengerStatus;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Reservations by their record locator. */
@RestController
class ReservationController {

  private final Reservations reservations;
  private final FlightPassengers passengers;

  ReservationController(Reservations reservations, FlightPassengers passengers) {
    this.reservations = reservations;
    this.passengers = passengers;
  }

  /** The space of a party; whose it is stands in the order. */
  record ReservationView(
      @Nullable RecordLocator recordLocator,
      OrderId orderId,
      Reservation.Status status,
      int seats,
      List<SegmentView> segments) {}

  record SegmentView(
      FlightId flightId,
      String cabin,
      String fareClass,
      SegmentStatus status,
      List<PassengerView> passengers) {}

  /** A passenger on a flight on which his party has space. */
  record PassengerView(
      PassengerId passengerId,
      PassengerType type,
      PassengerStatus status,
      @Nullable String seat,
      @Nullable Integer sequence) {

    static PassengerView of(FlightPassenger passenger) {
      return new PassengerView(
          passenger.id(),
          passenger.type(),
          passenger.status(),
          passenger.seat(),
          passenger.sequence());
    }
  }

  @Operation(summary = "Read a reservation")
  @GetMapping("/reservations/{locator}")
  ReservationView get(@PathVariable String locator, Caller caller) {
    var reservation = find(locator, caller);
    return new ReservationView(
        reservation.locator(),
        reservation.order(),
        reservation.status(),
        reservation.party().seats(),
        reservation.segments().stream()
            .map(
                segment ->
                    new SegmentView(
                        segment.claim().flight(),
                        segment.claim().cabin(),
                        segment.claim().fareClass(),
                        segment.status(),
                        passengers.of(segment.claim().flight(), reservation.order()).stream()
                            .map(PassengerView::of)
                            .toList()))
            .toList());
  }

  private Reservation find(String locator, Caller caller) {
    try {
      return reservations
          .find(new RecordLocator(locator))
          .filter(reservation -> caller.mayKnow(reservation.channel()))
          .orElseThrow(() -> Problem.notFound("reservation", locator));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("reservation", locator);
    }
  }
}
