package aero.contrail.reservation.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Airports, cabin layouts and booking classes: what schedules refer to. */
@Repository
public class ReferenceData {

  private static final String AIRPORTS =
      "select iata, name, latitude, longitude, zone from reservation.airport";

  private static final String SAVE_AIRPORTS =
      """
      insert into reservation.airport as a (iata, name, latitude, longitude, zone)
      select *
        from unnest(:iatas, :names, :latitudes, :longitudes, :zones)
          on conflict (iata) do update
         set name = excluded.name, latitude = excluded.latitude, longitude = excluded.longitude,
             zone = excluded.zone
       where (a.name, a.latitude, a.longitude, a.zone)
             is distinct from
             (excluded.name, excluded.latitude, excluded.longitude, excluded.zone)
      returning (xmax = 0) as created
      """;

  private static final String LAYOUTS =
      """
      select configuration, aircraft, cabin, first_row, last_row, columns, exit_rows
        from reservation.layout
       where :configuration::text is null or configuration = :configuration
       order by configuration, cabin, first_row
      """;

  private static final String SAVE_LAYOUTS =
      """
      insert into reservation.layout as l
             (configuration, aircraft, cabin, first_row, last_row, columns, exit_rows)
      select *
        from unnest(:configurations, :aircraft, :cabins, :firsts, :lasts, :columns, :exits)
          on conflict (configuration, cabin, first_row) do update
         set aircraft = excluded.aircraft, last_row = excluded.last_row,
             columns = excluded.columns, exit_rows = excluded.exit_rows
       where (l.aircraft, l.last_row, l.columns, l.exit_rows)
             is distinct from
             (excluded.aircraft, excluded.last_row, excluded.columns, excluded.exit_rows)
      returning (xmax = 0) as created
      """;

  /** A configuration is what its file says: rows of before would be seats that do not exist. */
  private static final String DROP_LAYOUTS =
      """
      delete from reservation.layout l
       where l.configuration = any (:configurations)
         and not exists (select
                           from unnest(:configurations, :cabins, :firsts)
                             as f (configuration, cabin, first_row)
                          where (f.configuration, f.cabin, f.first_row)
                                = (l.configuration, l.cabin, l.first_row))
      """;

  private final JdbcClient jdbc;

  ReferenceData(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How many rows were new and how many differed, or went. */
  public record Saved(int created, int changed) {}

  /** Rows of one cabin in a configuration; {@code columns} as in ABC-DEF. */
  public record Layout(
      String configuration,
      String aircraft,
      String cabin,
      int firstRow,
      int lastRow,
      String columns,
      String exitRows) {

    int seats() {
      return (lastRow - firstRow + 1) * columns.replace("-", "").length();
    }
  }

  public Map<String, Airport> airports() {
    var airports = new HashMap<String, Airport>();
    jdbc.sql(AIRPORTS)
        .query((row, _) -> airport(row))
        .list()
        .forEach(a -> airports.put(a.iata(), a));
    return airports;
  }

  public Saved saveAirports(List<Airport> airports) {
    return saved(
        jdbc.sql(SAVE_AIRPORTS)
            .param("iatas", texts(airports, Airport::iata))
            .param("names", texts(airports, Airport::name))
            .param("latitudes", airports.stream().map(Airport::latitude).toArray(Double[]::new))
            .param("longitudes", airports.stream().map(Airport::longitude).toArray(Double[]::new))
            .param("zones", texts(airports, airport -> airport.zone().getId())));
  }

  public List<Layout> layouts() {
    return layouts(null);
  }

  /** The rows of one configuration. */
  public List<Layout> layout(String configuration) {
    return layouts(configuration);
  }

  private List<Layout> layouts(@Nullable String configuration) {
    return jdbc.sql(LAYOUTS)
        .param("configuration", configuration)
        .query(
            (row, _) ->
                new Layout(
                    row.getString("configuration"),
                    row.getString("aircraft"),
                    row.getString("cabin"),
                    row.getInt("first_row"),
                    row.getInt("last_row"),
                    row.getString("columns"),
                    row.getString("exit_rows")))
        .list();
  }

  /** Replaces configurations, each by all its rows. */
  public Saved saveLayouts(List<Layout> layouts) {
    var dropped =
        jdbc.sql(DROP_LAYOUTS)
            .param("configurations", texts(layouts, Layout::configuration))
            .param("cabins", texts(layouts, Layout::cabin))
            .param("firsts", layouts.stream().map(Layout::firstRow).toArray(Integer[]::new))
            .update();
    var saved = savedLayouts(layouts);
    return new Saved(saved.created(), saved.changed() + dropped);
  }

  private Saved savedLayouts(List<Layout> layouts) {
    return saved(
        jdbc.sql(SAVE_LAYOUTS)
            .param("configurations", texts(layouts, Layout::configuration))
            .param("aircraft", texts(layouts, Layout::aircraft))
            .param("cabins", texts(layouts, Layout::cabin))
            .param("firsts", layouts.stream().map(Layout::firstRow).toArray(Integer[]::new))
            .param("lasts", layouts.stream().map(Layout::lastRow).toArray(Integer[]::new))
            .param("columns", texts(layouts, Layout::columns))
            .param("exits", texts(layouts, Layout::exitRows)));
  }

  private static Airport airport(ResultSet row) throws SQLException {
    return new Airport(
        row.getString("iata"),
        row.getString("name"),
        row.getDouble("latitude"),
        row.getDouble("longitude"),
        ZoneId.of(row.getString("zone")));
  }

  private static Saved saved(JdbcClient.StatementSpec statement) {
    var created = statement.query(Boolean.class).list();
    var fresh = (int) created.stream().filter(Boolean::booleanValue).count();
    return new Saved(fresh, created.size() - fresh);
  }

  private static <T> String[] texts(List<T> rows, Function<T, String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
