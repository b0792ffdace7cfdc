package aero.contrail.shopping.index;

import aero.contrail.events.CabinAvailability;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.ReservationEvent.FlightScheduled;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The stored copy of the flights on sale: written by events, followed by {@link IndexFollower}. */
@Repository
class FlightIndex {

  /**
   * The index is a copy: what a crash loses is read from the log again, with the cursor that was
   * lost together with it. So its commits need not wait for the disk.
   */
  private static final String NEED_NOT_WAIT =
      """
      select set_config('synchronous_commit', 'off', true),
             pg_advisory_xact_lock(hashtext(:copy))::text
      """;

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

  /** Told to those who search in memory; the number is given under a lock: see the table. */
  private static final String TELL = "insert into shopping.change (flight_ids) values (:ids)";

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Copy copy;

  /** Booking classes of a cabin, high to low, and the seats left in each. */
  record Classes(String classes, List<Integer> available) {

    Classes {
      available = List.copyOf(available);
    }
  }

  FlightIndex(JdbcClient jdbc, JsonMapper json, Copy copy) {
    this.jdbc = jdbc;
    this.json = json;
    this.copy = copy;
  }

  void save(Collection<FlightScheduled> scheduled) {
    var all = List.copyOf(scheduled);
    write(
        all.stream().map(FlightScheduled::flight).toList(),
        jdbc.sql(copy.sql(SAVE))
            .param("ids", texts(all.stream().map(f -> f.flight().value()).toList()))
            .param("origins", texts(all.stream().map(f -> f.leg().origin()).toList()))
            .param("destinations", texts(all.stream().map(f -> f.leg().destination()).toList()))
            .param("dates", texts(all.stream().map(f -> f.flight().departureDate() + "").toList()))
            .param(
                "departures", texts(all.stream().map(f -> instant(f.leg().departure())).toList()))
            .param("arrivals", texts(all.stream().map(f -> instant(f.leg().arrival())).toList()))
            .param(
                "departureZones", texts(all.stream().map(f -> zone(f.leg().departure())).toList()))
            .param("arrivalZones", texts(all.stream().map(f -> zone(f.leg().arrival())).toList()))
            .param("miles", all.stream().map(f -> f.leg().miles()).toArray(Integer[]::new))
            .param("aircraft", texts(all.stream().map(FlightScheduled::aircraft).toList()))
            .param(
                "cabins",
                texts(
                    all.stream().map(f -> json.writeValueAsString(classes(f.cabins()))).toList())));
  }

  /** Sets what the named cabins may sell; each flight once. */
  void setCabins(Map<FlightId, Map<String, Classes>> cabins) {
    write(
        cabins.keySet(),
        jdbc.sql(copy.sql(SET_CABINS))
            .param("ids", texts(cabins.keySet().stream().map(FlightId::value).toList()))
            .param(
                "cabins", texts(cabins.values().stream().map(json::writeValueAsString).toList())));
  }

  /** Writes under the lock that orders the changes, and tells those who search in memory. */
  private void write(Collection<FlightId> flights, JdbcClient.StatementSpec statement) {
    jdbc.sql(NEED_NOT_WAIT)
        .param("copy", "shopping." + copy)
        .query((row, _) -> row.getString(1))
        .single();
    statement.update();
    if (copy == Copy.LIVE) { // nobody searches in a copy that is being made
      jdbc.sql(TELL).param("ids", texts(flights.stream().map(FlightId::value).toList())).update();
    }
  }

  void retime(FlightId flight, Leg leg) {
    write(
        List.of(flight),
        jdbc.sql(copy.sql(RETIME))
            .param("id", flight.value())
            .param("origin", leg.origin())
            .param("destination", leg.destination())
            .param("departure", leg.departure().toOffsetDateTime())
            .param("arrival", leg.arrival().toOffsetDateTime())
            .param("departureZone", leg.departure().getZone().getId())
            .param("arrivalZone", leg.arrival().getZone().getId())
            .param("miles", leg.miles()));
  }

  void reEquip(FlightId flight, String aircraft, List<CabinAvailability> cabins) {
    write(
        List.of(flight),
        jdbc.sql(copy.sql(RE_EQUIP))
            .param("id", flight.value())
            .param("aircraft", aircraft)
            .param("cabins", json.writeValueAsString(classes(cabins))));
  }

  void withdraw(Collection<FlightId> flights) {
    setOnSale(flights, false);
  }

  /** The contrary of {@link #withdraw}. */
  void offer(Collection<FlightId> flights) {
    setOnSale(flights, true);
  }

  private void setOnSale(Collection<FlightId> flights, boolean onSale) {
    write(
        flights,
        jdbc.sql(copy.sql(SET_ON_SALE))
            .param("onSale", onSale)
            .param("ids", texts(flights.stream().map(FlightId::value).toList())));
  }

  static Map<String, Classes> classes(List<CabinAvailability> cabins) {
    var classes = new LinkedHashMap<String, Classes>();
    for (var cabin : cabins) {
      classes.put(cabin.cabin(), new Classes(cabin.classes(), cabin.available()));
    }
    return classes;
  }

  private static String instant(ZonedDateTime time) {
    return time.toInstant().toString();
  }

  private static String zone(ZonedDateTime time) {
    return time.getZone().getId();
  }

  private static String[] texts(Collection<String> texts) {
    return texts.toArray(String[]::new);
  }
}
