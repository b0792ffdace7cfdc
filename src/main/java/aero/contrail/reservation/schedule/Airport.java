package aero.contrail.reservation.schedule;

import java.time.ZoneId;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicMask;

/** Where an airport is, and which time it has. */
public record Airport(String iata, String name, double latitude, double longitude, ZoneId zone) {

  private static final double METRES_PER_STATUTE_MILE = 1609.344;

  /** WGS84 geodesic in statute miles, rounded up. */
  int milesTo(Airport other) {
    var metres =
        Geodesic.WGS84.Inverse(
                latitude, longitude, other.latitude, other.longitude, GeodesicMask.DISTANCE)
            .s12;
    return (int) Math.ceil(metres / METRES_PER_STATUTE_MILE);
  }
}
