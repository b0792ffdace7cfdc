package aero.contrail.reservation.inventory;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.FlightId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The hot path: what each cabin has sold. Always read and written for a whole batch, and changed by
 * way of {@link Inventory} alone.
 */
@Repository
public class Cabins {

  private static final String OF_FLIGHTS =
      """
      select flight_id, cabin, capacity, authorised, classes, limits, minimums, fixed, sold, held
        from reservation.cabin
       where flight_id = any (:flights)
       order by flight_id, cabin
      """;

  private static final String LOCK = OF_FLIGHTS + "   for update";

  private static final String UPDATE =
      """
      update reservation.cabin c
         set capacity = u.capacity, authorised = u.authorised, classes = u.classes,
             limits = u.limits::int[], minimums = u.minimums::int[], fixed = u.fixed,
             sold = u.sold::int[], held = u.held::int[]
        from unnest(:flights, :cabins, :capacities, :authorised, :classes, :limits, :minimums,
                    :fixed, :sold, :held)
          as u (flight_id, cabin, capacity, authorised, classes, limits, minimums, fixed, sold,
                held)
       where c.flight_id = u.flight_id and c.cabin = u.cabin
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;

  Cabins(JdbcClient jdbc, DeferredWrites deferred) {
    this.jdbc = jdbc;
    this.deferred = deferred;
  }

  public List<Cabin> of(Collection<FlightId> flights) {
    return read(OF_FLIGHTS, flights);
  }

  List<Cabin> lock(Collection<FlightId> flights) {
    return read(LOCK, flights);
  }

  void update(Collection<Cabin> cabins) {
    if (cabins.isEmpty()) {
      return;
    }
    deferred.add(
        UPDATE,
        new MapSqlParameterSource()
            .addValue("flights", array(cabins, cabin -> cabin.flight().value()))
            .addValue("cabins", array(cabins, Cabin::cabin))
            .addValue("capacities", cabins.stream().map(Cabin::capacity).toArray(Integer[]::new))
            .addValue("authorised", cabins.stream().map(Cabin::authorised).toArray(Integer[]::new))
            .addValue("classes", array(cabins, Cabin::classes))
            .addValue("limits", array(cabins, cabin -> literal(cabin.limits())))
            .addValue("minimums", array(cabins, cabin -> ControlColumns.minimums(cabin.controls())))
            .addValue("fixed", array(cabins, cabin -> ControlColumns.fixed(cabin.controls())))
            .addValue("sold", array(cabins, cabin -> literal(cabin.counters().sold())))
            .addValue("held", array(cabins, cabin -> literal(cabin.counters().held()))));
  }

  /** PostgreSQL has no arrays of rows of different length: they travel as text. */
  public static String literal(List<Integer> numbers) {
    var text = new StringBuilder("{");
    for (var number : numbers) {
      text.append(text.length() > 1 ? "," : "").append(number.intValue());
    }
    return text.append('}').toString();
  }

  private List<Cabin> read(String sql, Collection<FlightId> flights) {
    return jdbc.sql(sql)
        .param("flights", flights.stream().map(FlightId::value).distinct().toArray(String[]::new))
        .query((row, _) -> cabin(row))
        .list();
  }

  private static Cabin cabin(ResultSet row) throws SQLException {
    return new Cabin(
        new FlightId(row.getString("flight_id")),
        row.getString("cabin"),
        row.getInt("capacity"),
        row.getInt("authorised"),
        ControlColumns.of(row),
        new Cabin.Counters(numbers(row, "sold"), numbers(row, "held")));
  }

  static List<Integer> numbers(ResultSet row, String column) throws SQLException {
    return List.of((Integer[]) row.getArray(column).getArray());
  }

  private static @Nullable String[] array(
      Collection<Cabin> cabins, Function<Cabin, @Nullable String> value) {
    return cabins.stream().map(value).toArray(String[]::new);
  }
}
