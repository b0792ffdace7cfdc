package aero.contrail.shopping;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.Segment;
import java.util.List;
import java.util.Map;

/**
 * A flight as the index knows it.
 *
 * @param cabins what each cabin may still sell
 */
record IndexedFlight(FlightId id, Leg leg, String aircraft, Map<String, Classes> cabins) {

  /** Booking classes, high to low, and the seats left in each. */
  record Classes(String classes, List<Integer> available) {

    Classes {
      available = List.copyOf(available);
    }

    int seats(String fareClass) {
      var i = classes.indexOf(fareClass);
      return i < 0 ? 0 : available.get(i);
    }
  }

  IndexedFlight {
    cabins = Map.copyOf(cabins);
  }

  int seats(String cabin, String fareClass) {
    var classes = cabins.get(cabin);
    return classes == null ? 0 : classes.seats(fareClass);
  }

  Segment in(String cabin, String fareClass) {
    return new Segment(id, cabin, fareClass, leg, aircraft);
  }
}
