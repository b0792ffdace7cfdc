package aero.contrail.shopping.index;

import aero.contrail.events.CabinAvailability;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Flights of the tests between some airports, in one cabin with one class. */
public final class Flights {

  private static final Map<String, ZoneId> ZONES =
      Map.of(
          "EWR", ZoneId.of("America/New_York"),
          "ORD", ZoneId.of("America/Chicago"),
          "SFO", ZoneId.of("America/Los_Angeles"),
          "YYZ", ZoneId.of("America/Toronto"));

  private Flights() {}

  /** A flight with local times at each end. */
  public static SellableFlight flight(
      String id, String to, String departs, String arrives, int seats) {
    var from = id.substring(id.length() - 3);
    return new SellableFlight(
        id,
        from,
        to,
        LocalDateTime.parse(departs).atZone(zone(from)).toEpochSecond(),
        LocalDateTime.parse(arrives).atZone(zone(to)).toEpochSecond(),
        zone(from),
        zone(to),
        700,
        "738",
        Stock.of(List.of(new CabinAvailability("Y", "Y", List.of(seats)))));
  }

  private static ZoneId zone(String airport) {
    return ZONES.getOrDefault(airport, ZoneId.of("UTC"));
  }

  /** The memory of an instance that has seen these. */
  public static SellableFlights inMemory(List<SellableFlight> flights) {
    var memory = new SellableFlights();
    memory.putAll(flights);
    return memory;
  }

  /** Carrier and number. */
  public static String number(String id) {
    return id.substring(0, id.indexOf('-'));
  }
}
