package aero.contrail.reservation.inventory;

import aero.contrail.events.FlightId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What operators have set. Read and written under the locks of the flight's cabins. */
@Repository
public class LimitOverrides {

  private static final String OF_FLIGHT =
      """
      select cabin, capacity, authorised, classes, limits
        from reservation.limit_override
       where flight_id = :flight
      """;

  private static final String SAVE =
      """
      insert into reservation.limit_override
             (flight_id, cabin, capacity, authorised, classes, limits)
      values (:flight, :cabin, :capacity, :authorised, :classes, cast(:limits as int[]))
          on conflict (flight_id, cabin) do update
         set capacity = excluded.capacity, authorised = excluded.authorised,
             classes = excluded.classes, limits = excluded.limits
      """;

  private final JdbcClient jdbc;

  LimitOverrides(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** By cabin. */
  public Map<String, LimitOverride> of(FlightId flight) {
    var found = new HashMap<String, LimitOverride>();
    jdbc.sql(OF_FLIGHT)
        .param("flight", flight.value())
        .query(
            (row, _) ->
                new LimitOverride(
                    row.getString("cabin"),
                    row.getInt("capacity"),
                    row.getInt("authorised"),
                    row.getString("classes"),
                    List.of((Integer[]) row.getArray("limits").getArray())))
        .list()
        .forEach(override -> found.put(override.cabin(), override));
    return found;
  }

  /** Adds what is set now to what was set before. */
  public void set(Cabin cabin, NewLimits wanted) {
    var before = of(cabin.flight()).getOrDefault(cabin.cabin(), LimitOverride.none(cabin.cabin()));
    var now = before.and(wanted, cabin.capacity());
    jdbc.sql(SAVE)
        .param("flight", cabin.flight().value())
        .param("cabin", now.cabin())
        .param("capacity", now.capacity())
        .param("authorised", now.authorised())
        .param("classes", now.classes())
        .param("limits", Cabins.literal(now.limits()))
        .update();
  }
}
