package aero.contrail.shopping;

import aero.contrail.events.CabinAvailability;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.shopping.IndexedFlight.Classes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The flights on sale: written by events, read by searches. */
@Repository
class FlightIndex {

  private static final TypeReference<Map<String, Classes>> CABINS = new TypeReference<>() {};

  /**
   * The index is a copy: what a crash loses is read from the log again, with the cursor that was
   * lost together with it. So its commits need not wait for the disk.
   */
  private static final String NEED_NOT_WAIT =
      "select set_config('synchronous_commit', 'off', true)";

  private static final String SAVE =
      """
      insert into shopping.flight (flight_id, origin, destination, departure_date, departs_at,
                                   arrives_at, departure_zone, arrival_zone, miles, aircraft,
                                   cabins, on_sale)
      select id, origin, destination, departure_date, departs_at, arrives_at, departure_zone,
             arrival_zone, miles, aircraft, cabins::jsonb, true
        from unnest(:ids, :origins, :destinations, :dates::date[], :departures::timestamptz[],
                    :arrivals::timestamptz[], :departureZones, :arrivalZones, :miles, :aircraft,
                    :cabins)
          as f (id, origin, destination, departure_date, departs_at, arrives_at, departure_zone,
                arrival_zone, miles, aircraft, cabins)
          on conflict (flight_id) do update
         set origin = excluded.origin, destination = excluded.destination,
             departs_at = excluded.departs_at, arrives_at = excluded.arrives_at,
             departure_zone = excluded.departure_zone, arrival_zone = excluded.arrival_zone,
             miles = excluded.miles, aircraft = excluded.aircraft, cabins = excluded.cabins
      """;

  private static final String SET_CABINS =
      """
      update shopping.flight f
         set cabins = f.cabins || u.cabins::jsonb
        from unnest(:ids, :cabins) as u (id, cabins)
       where f.flight_id = u.id
      """;

  private static final String RETIME =
      """
      update shopping.flight
         set origin = :origin, destination = :destination, departs_at = :departure,
             arrives_at = :arrival, departure_zone = :departureZone, arrival_zone = :arrivalZone,
             miles = :miles
       where flight_id = :id
      """;

  private static final String RE_EQUIP =
      """
      update shopping.flight
         set aircraft = :aircraft, cabins = :cabins::jsonb
       where flight_id = :id
      """;

  private static final String SET_ON_SALE =
      "update shopping.flight set on_sale = :onSale where flight_id = any (:ids)";

  private static final String COLUMNS =
      """
      flight_id, origin, destination, departs_at, arrives_at, departure_zone, arrival_zone, miles,
      aircraft, cabins\
      """;

  private static final String DIRECT =
      """
      select %s
        from shopping.flight
       where origin = :origin and departure_date = :date and destination = :destination
         and on_sale and departs_at > :earliest
       order by departs_at
       limit :limit
      """
          .formatted(COLUMNS);

  /** Pairs of flights that meet at one airport, found in one query and returned side by side. */
  private static final String CONNECTING =
      """
      select a.*, b.*
        from (select flight_id as id1, destination as via, arrives_at as arrives1
                from shopping.flight
               where origin = :origin and departure_date = :date and destination <> :destination
                 and on_sale and departs_at > :earliest) a
        join lateral (select flight_id as id2, arrives_at as arrives2
                        from shopping.flight
                       where origin = a.via and destination = :destination and on_sale
                         and departs_at >= a.arrives1 + :shortest::interval
                         and departs_at <= a.arrives1 + :longest::interval
                       order by departs_at
                       limit 2) b on true
       order by b.arrives2
       limit :limit
      """;

  private static final String BY_ID =
      "select %s from shopping.flight where flight_id = any (:ids) and on_sale".formatted(COLUMNS);

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Copy copy;

  FlightIndex(JdbcClient jdbc, JsonMapper json, Copy copy) {
    this.jdbc = jdbc;
    this.json = json;
    this.copy = copy;
  }

  /** Two flights that connect. */
  record Connection(FlightId first, FlightId second) {}

  void save(Collection<IndexedFlight> flights) {
    var all = List.copyOf(flights);
    needNotWait();
    jdbc.sql(copy.sql(SAVE))
        .param("ids", texts(all.stream().map(f -> f.id().value()).toList()))
        .param("origins", texts(all.stream().map(f -> f.leg().origin()).toList()))
        .param("destinations", texts(all.stream().map(f -> f.leg().destination()).toList()))
        .param("dates", texts(all.stream().map(f -> f.id().departureDate().toString()).toList()))
        .param("departures", texts(all.stream().map(f -> instant(f, true)).toList()))
        .param("arrivals", texts(all.stream().map(f -> instant(f, false)).toList()))
        .param(
            "departureZones",
            texts(all.stream().map(f -> f.leg().departure().getZone().getId()).toList()))
        .param(
            "arrivalZones",
            texts(all.stream().map(f -> f.leg().arrival().getZone().getId()).toList()))
        .param("miles", all.stream().map(f -> f.leg().miles()).toArray(Integer[]::new))
        .param("aircraft", texts(all.stream().map(IndexedFlight::aircraft).toList()))
        .param("cabins", texts(all.stream().map(f -> json.writeValueAsString(f.cabins())).toList()))
        .update();
  }

  /** Sets what the named cabins may sell; each flight once. */
  void setCabins(Map<FlightId, Map<String, Classes>> cabins) {
    needNotWait();
    jdbc.sql(copy.sql(SET_CABINS))
        .param("ids", texts(cabins.keySet().stream().map(FlightId::value).toList()))
        .param("cabins", texts(cabins.values().stream().map(json::writeValueAsString).toList()))
        .update();
  }

  private void needNotWait() {
    jdbc.sql(NEED_NOT_WAIT).query((row, _) -> row.getString(1)).single();
  }

  void retime(FlightId flight, Leg leg) {
    jdbc.sql(copy.sql(RETIME))
        .param("id", flight.value())
        .param("origin", leg.origin())
        .param("destination", leg.destination())
        .param("departure", leg.departure().toOffsetDateTime())
        .param("arrival", leg.arrival().toOffsetDateTime())
        .param("departureZone", leg.departure().getZone().getId())
        .param("arrivalZone", leg.arrival().getZone().getId())
        .param("miles", leg.miles())
        .update();
  }

  void reEquip(FlightId flight, String aircraft, List<CabinAvailability> cabins) {
    jdbc.sql(copy.sql(RE_EQUIP))
        .param("id", flight.value())
        .param("aircraft", aircraft)
        .param("cabins", json.writeValueAsString(classes(cabins)))
        .update();
  }

  void withdraw(Collection<FlightId> flights) {
    setOnSale(flights, false);
  }

  /** The contrary of {@link #withdraw}. */
  void offer(Collection<FlightId> flights) {
    setOnSale(flights, true);
  }

  private void setOnSale(Collection<FlightId> flights, boolean onSale) {
    jdbc.sql(copy.sql(SET_ON_SALE))
        .param("onSale", onSale)
        .param("ids", texts(flights.stream().map(FlightId::value).toList()))
        .update();
  }

  /** Flights of a local date, the earliest first. */
  List<IndexedFlight> direct(
      String origin, String destination, LocalDate date, Instant earliest, int limit) {
    return jdbc.sql(copy.sql(DIRECT))
        .param("origin", origin)
        .param("destination", destination)
        .param("date", date)
        .param("earliest", earliest.atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .query((row, _) -> flight(row))
        .list();
  }

  /** Pairs whose first flight leaves on a local date, the earliest arrival first. */
  List<Connection> connecting(
      Route route, Instant earliest, Duration shortest, Duration longest, int limit) {
    return jdbc.sql(copy.sql(CONNECTING))
        .param("origin", route.origin())
        .param("destination", route.destination())
        .param("date", route.date())
        .param("earliest", earliest.atOffset(ZoneOffset.UTC))
        .param("shortest", shortest.toString())
        .param("longest", longest.toString())
        .param("limit", limit)
        .query(
            (row, _) ->
                new Connection(
                    new FlightId(row.getString("id1")), new FlightId(row.getString("id2"))))
        .list();
  }

  /** From where to where, on which local date. */
  record Route(String origin, String destination, LocalDate date) {

    Route back(LocalDate returnDate) {
      var from = destination;
      var to = origin;
      return new Route(from, to, returnDate);
    }
  }

  Map<FlightId, IndexedFlight> find(Collection<FlightId> ids) {
    var flights = new LinkedHashMap<FlightId, IndexedFlight>();
    jdbc.sql(copy.sql(BY_ID))
        .param("ids", texts(ids.stream().map(FlightId::value).distinct().toList()))
        .query((row, _) -> flight(row))
        .list()
        .forEach(flight -> flights.put(flight.id(), flight));
    return flights;
  }

  static Map<String, Classes> classes(List<CabinAvailability> cabins) {
    var classes = new LinkedHashMap<String, Classes>();
    for (var cabin : cabins) {
      classes.put(cabin.cabin(), new Classes(cabin.classes(), cabin.available()));
    }
    return classes;
  }

  private IndexedFlight flight(ResultSet row) throws SQLException {
    return new IndexedFlight(
        new FlightId(row.getString("flight_id")),
        new Leg(
            row.getString("origin"),
            row.getString("destination"),
            row.getObject("departs_at", OffsetDateTime.class)
                .atZoneSameInstant(ZoneId.of(row.getString("departure_zone"))),
            row.getObject("arrives_at", OffsetDateTime.class)
                .atZoneSameInstant(ZoneId.of(row.getString("arrival_zone"))),
            row.getInt("miles")),
        row.getString("aircraft"),
        json.readValue(row.getString("cabins"), CABINS));
  }

  private static String instant(IndexedFlight flight, boolean departure) {
    var leg = flight.leg();
    return (departure ? leg.departure() : leg.arrival()).toInstant().toString();
  }

  private static String[] texts(Collection<String> texts) {
    return texts.toArray(String[]::new);
  }
}
