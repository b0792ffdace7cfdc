package aero.contrail.reservation.departure;

import aero.contrail.events.FlightId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When flights closed, left and arrived. Certain under the locks of a flight's cabins. */
@Repository
public class Departures {

  private static final String FIND =
      """
      select flight_id, closed_at, departed_at, arrived_at, is_diverted
        from reservation.departure
       where flight_id = any (:flights)
      """;

  private static final String SAVE =
      """
      insert into reservation.departure (flight_id, closed_at, departed_at, arrived_at, is_diverted)
      values (:flight, :closed::timestamptz, :departed::timestamptz, :arrived::timestamptz,
              :diverted)
          on conflict (flight_id) do update
         set closed_at = excluded.closed_at, departed_at = excluded.departed_at,
             arrived_at = excluded.arrived_at, is_diverted = excluded.is_diverted
      """;

  private final JdbcClient jdbc;

  Departures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What has happened so far, if anything. */
  public Departure of(FlightId flight) {
    return of(List.of(flight)).getOrDefault(flight, Departure.ahead(flight));
  }

  /** The same for many; one of which nothing is known has no entry. */
  public Map<FlightId, Departure> of(Collection<FlightId> flights) {
    var known = new HashMap<FlightId, Departure>();
    jdbc.sql(FIND)
        .param("flights", flights.stream().map(FlightId::value).toArray(String[]::new))
        .query(
            row -> {
              var flight = new FlightId(row.getString("flight_id"));
              known.put(
                  flight,
                  new Departure(
                      flight,
                      instant(row, "closed_at"),
                      instant(row, "departed_at"),
                      instant(row, "arrived_at"),
                      row.getBoolean("is_diverted")));
            });
    return known;
  }

  void save(Departure departure) {
    jdbc.sql(SAVE)
        .param("flight", departure.flight().value())
        .param("closed", offset(departure.closedAt()))
        .param("departed", offset(departure.departedAt()))
        .param("arrived", offset(departure.arrivedAt()))
        .param("diverted", departure.isDiverted())
        .update();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
