package aero.contrail.reservation.inventory;

import aero.contrail.events.FlightId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What operators have set. Read and written under the locks of the flight's cabins. */
@Repository
public class LimitOverrides {

  private static final String OF_FLIGHTS =
      """
      select flight_id, cabin, capacity, authorised, classes, limits
        from reservation.limit_override
       where flight_id = any (:flights)
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

  /** By flight and cabin. */
  public Map<FlightId, Map<String, LimitOverride>> of(Collection<FlightId> flights) {
    var found = new HashMap<FlightId, Map<String, LimitOverride>>();
    jdbc.sql(OF_FLIGHTS)
        .param("flights", flights.stream().map(FlightId::value).toArray(String[]::new))
        .query(
            row -> {
              found
                  .computeIfAbsent(new FlightId(row.getString("flight_id")), _ -> new HashMap<>())
                  .put(
                      row.getString("cabin"),
                      new LimitOverride(
                          row.getString("cabin"),
                          row.getInt("capacity"),
                          row.getInt("authorised"),
                          row.getString("classes"),
                          List.of((Integer[]) row.getArray("limits").getArray())));
            });
    return found;
  }

  /** Adds what is set now to what was set before. */
  public void set(Cabin cabin, NewLimits wanted) {
    var before =
        of(List.of(cabin.flight()))
            .getOrDefault(cabin.flight(), Map.of())
            .getOrDefault(cabin.cabin(), LimitOverride.none(cabin.cabin()));
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
