package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.reservation.schedule.Flights;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Who waits for space. */
@RestController
class WaitlistController {

  private final Waitlist waitlist;
  private final Flights flights;

  WaitlistController(Waitlist waitlist, Flights flights) {
    this.waitlist = waitlist;
    this.flights = flights;
  }

  /** A party that waits; the first is served first, when there is space for all of it. */
  record WaitingView(
      OrderId orderId,
      int choice,
      int seats,
      List<WaitingSegment> segments,
      Instant joinedAt,
      Instant until) {

    static WaitingView of(Waitlist.Choice choice) {
      return new WaitingView(
          choice.order(),
          choice.number(),
          choice.seats(),
          choice.segments().stream()
              .map(s -> new WaitingSegment(s.flight(), s.cabin(), s.fareClass()))
              .toList(),
          choice.joinedAt(),
          choice.until());
    }
  }

  record WaitingSegment(FlightId flightId, String cabin, String fareClass) {}

  record WaitlistView(FlightId flightId, List<WaitingView> waiting) {}

  @Operation(summary = "List who waits for space on a flight")
  @GetMapping("/flights/{id}/waitlist")
  WaitlistView waitlist(@PathVariable String id) {
    var flight = flights.require(id).id();
    return new WaitlistView(
        flight, waitlist.onFlight(flight).stream().map(WaitingView::of).toList());
  }
}
