package aero.contrail.shopping.index;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.Segment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A flight on sale, in little memory: there are hundreds of thousands in every instance. Times are
 * seconds since the epoch. Immutable; equal texts and zones are to be the same objects.
 */
public record SellableFlight(
    String id,
    String origin,
    String destination,
    long departs,
    long arrives,
    ZoneId departureZone,
    ZoneId arrivalZone,
    int miles,
    String aircraft,
    Stock stock) {

  public FlightId flightId() {
    return new FlightId(id);
  }

  /** The local date at the origin. */
  public LocalDate date() {
    return LocalDate.parse(id.substring(id.length() - 14, id.length() - 4));
  }

  public Leg leg() {
    return new Leg(
        origin,
        destination,
        Instant.ofEpochSecond(departs).atZone(departureZone),
        Instant.ofEpochSecond(arrives).atZone(arrivalZone),
        miles);
  }

  /** The flight in a booking class. */
  public Segment in(char fareClass) {
    return new Segment(
        flightId(),
        String.valueOf(stock.cabinOf(fareClass)),
        String.valueOf(fareClass),
        leg(),
        aircraft);
  }
}
