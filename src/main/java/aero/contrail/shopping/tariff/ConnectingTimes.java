package aero.contrail.shopping.tariff;

import java.time.Duration;
import java.util.Map;

/**
 * How long a change of flights takes at least, as the airports say: longer for who comes from
 * another country or goes to one. Immutable.
 *
 * @param byAirport what is filed; {@code *} for those without times of their own
 * @param countries by airport; where one is not known, it is taken for another country
 */
public record ConnectingTimes(Map<String, Minimum> byAirport, Map<String, String> countries) {

  /** For all airports of which nothing is filed. */
  static final String ANY = "*";

  /** Between scheduled arrival and departure. */
  record Minimum(Duration domestic, Duration international) {}

  private static final Minimum NOTHING_FILED =
      new Minimum(Duration.ofMinutes(45), Duration.ofMinutes(90));

  public ConnectingTimes {
    byAirport = Map.copyOf(byAirport);
    countries = Map.copyOf(countries);
  }

  /** The least time at an airport between a flight from one place and a flight to another. */
  public Duration at(String airport, String from, String to) {
    var minimum = byAirport.getOrDefault(airport, byAirport.getOrDefault(ANY, NOTHING_FILED));
    return isDomestic(airport, from) && isDomestic(airport, to)
        ? minimum.domestic()
        : minimum.international();
  }

  private boolean isDomestic(String airport, String other) {
    var country = countries.get(airport);
    return country != null && country.equals(countries.get(other));
  }
}
