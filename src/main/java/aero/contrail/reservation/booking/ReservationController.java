package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.RecordLocator;
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

  ReservationController(Reservations reservations) {
    this.reservations = reservations;
  }

  /** The space of a party; whose it is stands in the order. */
  record ReservationView(
      @Nullable RecordLocator recordLocator,
      OrderId orderId,
      Reservation.Status status,
      int seats,
      List<SegmentView> segments) {}

  record SegmentView(FlightId flightId, String cabin, String fareClass, SegmentStatus status) {}

  @Operation(summary = "Read a reservation")
  @GetMapping("/reservations/{locator}")
  ReservationView get(@PathVariable String locator, Caller caller) {
    var reservation = find(locator, caller);
    return new ReservationView(
        reservation.locator(),
        reservation.order(),
        reservation.status(),
        reservation.seats(),
        reservation.segments().stream()
            .map(
                segment ->
                    new SegmentView(
                        segment.claim().flight(),
                        segment.claim().cabin(),
                        segment.claim().fareClass(),
                        segment.status()))
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
