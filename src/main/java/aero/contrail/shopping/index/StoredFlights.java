package aero.contrail.shopping.index;

import aero.contrail.events.CabinAvailability;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the stored copy of the flights on sale: as a whole, and what has changed in it. */
@Repository
class StoredFlights {

  private static final int AT_A_TIME = 5_000;

  private static final TypeReference<Map<String, FlightIndex.Classes>> CABINS =
      new TypeReference<>() {};

  private static final String STATE = "select generation, pruned_to from shopping.index_state";

  /** Changes that commit while the copy is read are seen twice: in it, and by their number. */
  private static final String BEGIN =
      """
      select s.generation, greatest(s.pruned_to, coalesce(max(c.number), 0)) as number
        from shopping.index_state s
        left join shopping.change c on true
       group by s.generation, s.pruned_to
      """;

  private static final String ALL =
      """
      select *
        from shopping.flight
       where on_sale and departs_at > :after and flight_id > :last
       order by flight_id
       limit :most
      """;

  private static final String SINCE =
      """
      select c.number, u.id, f.*
        from (select number, flight_ids
                from shopping.change
               where number > :last
               order by number
               limit :most) c
       cross join unnest(c.flight_ids) as u (id)
        left join shopping.flight f on f.flight_id = u.id and f.on_sale
       order by c.number
      """;

  /** A minute is kept for who is slow; who is slower reads the whole copy again. */
  private static final String PRUNE =
      """
      with pruned as (
        delete from shopping.change
         where at < clock_timestamp() - interval '1 minute'
        returning number
      )
      update shopping.index_state
         set pruned_to = p.number
        from (select max(number) as number from pruned) p
       where p.number > pruned_to
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  /** Equal texts are one object: there are few, and hundreds of thousands of flights. */
  private final Map<String, String> texts = new ConcurrentHashMap<>();

  private final Map<String, ZoneId> zones = new ConcurrentHashMap<>();

  StoredFlights(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * Where the stored copy is.
   *
   * @param generation which making of it
   * @param number that of the last change
   */
  record State(long generation, long number) {}

  /**
   * A flight that has changed.
   *
   * @param number many flights may change at once
   * @param flight null when it is not on sale any more
   */
  record Change(long number, String id, @Nullable SellableFlight flight) {}

  /** With the number up to which changes cannot be followed any more. */
  State state() {
    return jdbc.sql(STATE)
        .query((row, _) -> new State(row.getLong("generation"), row.getLong("pruned_to")))
        .single();
  }

  /**
   * Reads all flights that leave after a moment, some at a time: no transaction lasts. What has
   * changed since the state that is returned is to be followed.
   */
  State load(Instant after, Consumer<List<SellableFlight>> flights) {
    var state =
        jdbc.sql(BEGIN)
            .query((row, _) -> new State(row.getLong("generation"), row.getLong("number")))
            .single();
    for (var some = some(after, ""); !some.isEmpty(); some = some(after, some.getLast().id())) {
      flights.accept(some);
    }
    return state;
  }

  private List<SellableFlight> some(Instant after, String last) {
    return jdbc.sql(ALL)
        .param("after", after.atOffset(ZoneOffset.UTC))
        .param("last", last)
        .param("most", AT_A_TIME)
        .query((row, _) -> flight(row))
        .list();
  }

  /** Some of the changes after one, in the order of their commits; none when there is none. */
  List<Change> since(long last, int most) {
    return jdbc.sql(SINCE)
        .param("last", last)
        .param("most", most)
        .query(
            (row, _) ->
                new Change(
                    row.getLong("number"),
                    row.getString("id"),
                    row.getString("flight_id") == null ? null : flight(row)))
        .list();
  }

  void prune() {
    jdbc.sql(PRUNE).update();
  }

  private SellableFlight flight(ResultSet row) throws SQLException {
    return new SellableFlight(
        row.getString("flight_id"),
        text(row, "origin"),
        text(row, "destination"),
        row.getObject("departs_at", OffsetDateTime.class).toEpochSecond(),
        row.getObject("arrives_at", OffsetDateTime.class).toEpochSecond(),
        zones.computeIfAbsent(row.getString("departure_zone"), ZoneId::of),
        zones.computeIfAbsent(row.getString("arrival_zone"), ZoneId::of),
        row.getInt("miles"),
        text(row, "aircraft"),
        stock(row.getString("cabins")));
  }

  private String text(ResultSet row, String column) throws SQLException {
    return texts.computeIfAbsent(row.getString(column), text -> text);
  }

  private Stock stock(String cabins) {
    return Stock.of(
        json.readValue(cabins, CABINS).entrySet().stream()
            .map(
                cabin ->
                    new CabinAvailability(
                        cabin.getKey(), cabin.getValue().classes(), cabin.getValue().available()))
            .toList());
  }
}
