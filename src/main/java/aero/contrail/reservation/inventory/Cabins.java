package aero.contrail.reservation.inventory;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.FlightId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The hot path: what each cabin has sold. Always read and written for a whole batch. */
@Repository
public class Cabins {

  private static final String OF_FLIGHTS =
      """
      select flight_id, cabin, capacity, authorised, classes, limits, sold, held
        from reservation.cabin
       where flight_id = any (:flights)
       order by flight_id, cabin
      """;

  /** Locks in one order everywhere, so overlapping parties wait for each other, never deadlock. */
  private static final String LOCK = OF_FLIGHTS + "   for update";

  private static final String UPDATE =
      """
      update reservation.cabin c
         set capacity = u.capacity, authorised = u.authorised, limits = u.limits::int[],
             sold = u.sold::int[], held = u.held::int[]
        from unnest(:flights, :cabins, :capacities, :authorised, :limits, :sold, :held)
          as u (flight_id, cabin, capacity, authorised, limits, sold, held)
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

  /** The cabins of the flights, locked until the transaction ends. */
  public List<Cabin> lock(Collection<FlightId> flights) {
    return read(LOCK, flights);
  }

  public void update(Collection<Cabin> cabins) {
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
            .addValue("limits", array(cabins, cabin -> literal(cabin.limits())))
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
        row.getString("classes"),
        numbers(row, "limits"),
        new Cabin.Counters(numbers(row, "sold"), numbers(row, "held")));
  }

  private static List<Integer> numbers(ResultSet row, String column) throws SQLException {
    return List.of((Integer[]) row.getArray(column).getArray());
  }

  private static String[] array(Collection<Cabin> cabins, Function<Cabin, String> value) {
    return cabins.stream().map(value).toArray(String[]::new);
  }
}
