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
      select flight_id, cabin, capacity, authorised, classes, limits, minimums, fixed
        from reservation.limit_override
       where flight_id = any (:flights)
      """;

  private static final String SAVE =
      """
      insert into reservation.limit_override
             (flight_id, cabin, capacity, authorised, classes, limits, minimums, fixed)
      values (:flight, :cabin, :capacity, :authorised, :classes, cast(:limits as int[]),
              cast(:minimums as int[]), :fixed)
          on conflict (flight_id, cabin) do update
         set capacity = excluded.capacity, authorised = excluded.authorised,
             classes = excluded.classes, limits = excluded.limits,
             minimums = excluded.minimums, fixed = excluded.fixed
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
                          ControlColumns.of(row)));
            });
    return found;
  }

  /**
   * Adds what is set now to what was set before.
   *
   * @param before the cabin until now
   * @param after the cabin with the new limits
   */
  public void set(NewLimits wanted, Cabin before, Cabin after) {
    var known =
        of(List.of(before.flight()))
            .getOrDefault(before.flight(), Map.of())
            .getOrDefault(before.cabin(), LimitOverride.none(before.cabin()));
    save(before.flight(), known.and(wanted, before, after));
  }

  private void save(FlightId flight, LimitOverride now) {
    jdbc.sql(SAVE)
        .param("flight", flight.value())
        .param("cabin", now.cabin())
        .param("capacity", now.capacity())
        .param("authorised", now.authorised())
        .param("classes", ControlColumns.classes(now.controls()))
        .param("limits", Cabins.literal(now.controls().stream().map(ClassControl::limit).toList()))
        .param("minimums", ControlColumns.minimums(now.controls()))
        .param("fixed", ControlColumns.fixed(now.controls()))
        .update();
  }
}
