package aero.contrail.reservation.operations;

import aero.contrail.reservation.departure.Departures;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.web.ETags;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Shows flights with what has become of them. */
@Component
class FlightViews {

  private final Departures departures;

  FlightViews(Departures departures) {
    this.departures = departures;
  }

  FlightView of(Flight flight) {
    return of(List.of(flight)).getFirst();
  }

  List<FlightView> of(List<Flight> flights) {
    var known = departures.of(flights.stream().map(Flight::id).toList());
    return flights.stream().map(flight -> FlightView.of(flight, known.get(flight.id()))).toList();
  }

  /** A flight with its ETag. */
  ResponseEntity<FlightView> answer(Flight flight) {
    return ResponseEntity.ok().eTag(ETags.of(flight.version())).body(of(flight));
  }
}
