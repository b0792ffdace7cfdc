package aero.contrail.reservation.schedule;

import aero.contrail.database.CopyIn;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.Cabins;
import aero.contrail.reservation.inventory.ControlColumns;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes many flights with one statement. */
@Repository
class FlightTable {

  private static final String COPY_FLIGHTS =
      """
      copy reservation.flight (id, origin, destination, departure_date, departs_at, arrives_at,
                               departure_zone, arrival_zone, local_departure, local_arrival, miles,
                               aircraft, configuration, status, limits_version, version) from stdin
      """;

  private static final String COPY_CABINS =
      """
      copy reservation.cabin (flight_id, cabin, capacity, authorised, classes, limits, minimums,
                              fixed, sold, held) from stdin
      """;

  private static final String UPDATE =
      """
      update reservation.flight f
         set destination = u.destination, departs_at = u.departs_at, arrives_at = u.arrives_at,
             departure_zone = u.departure_zone, arrival_zone = u.arrival_zone,
             local_departure = u.local_departure, local_arrival = u.local_arrival,
             miles = u.miles, aircraft = u.aircraft, configuration = u.configuration,
             limits_version = u.limits_version, version = f.version + 1
        from unnest(:ids, :destinations, :departs::timestamptz[], :arrives::timestamptz[],
                    :departureZones, :arrivalZones, :localDepartures::timestamp[],
                    :localArrivals::timestamp[], :miles, :aircraft, :configurations,
                    :limitsVersions)
          as u (id, destination, departs_at, arrives_at, departure_zone, arrival_zone,
                local_departure, local_arrival, miles, aircraft, configuration, limits_version)
       where f.id = u.id
      """;

  private final JdbcOperations operations;
  private final JdbcClient jdbc;

  FlightTable(JdbcOperations operations, JdbcClient jdbc) {
    this.operations = operations;
    this.jdbc = jdbc;
  }

  /** Writes flights and cabins that are new. */
  void insert(Collection<Flight> flights, Collection<Cabin> cabins) {
    var flightRows = new StringBuilder();
    flights.forEach(flight -> append(flightRows, flight));
    CopyIn.copy(operations, COPY_FLIGHTS, flightRows);
    insert(cabins);
  }

  /** Writes cabins that are new. */
  void insert(Collection<Cabin> cabins) {
    var cabinRows = new StringBuilder();
    cabins.forEach(cabin -> append(cabinRows, cabin));
    CopyIn.copy(operations, COPY_CABINS, cabinRows);
  }

  /** Writes other times and equipment; the caller has locked the cabins of the flights. */
  void update(List<Flight> flights) {
    jdbc.sql(UPDATE)
        .param("ids", texts(flights, flight -> flight.id().value()))
        .param("destinations", texts(flights, Flight::destination))
        .param("departs", texts(flights, flight -> flight.departsAt().toString()))
        .param("arrives", texts(flights, flight -> flight.arrivesAt().toString()))
        .param("departureZones", texts(flights, Flight::departureZone))
        .param("arrivalZones", texts(flights, Flight::arrivalZone))
        .param("localDepartures", texts(flights, flight -> flight.localDeparture().toString()))
        .param("localArrivals", texts(flights, flight -> flight.localArrival().toString()))
        .param("miles", flights.stream().map(Flight::miles).toArray(Integer[]::new))
        .param("aircraft", texts(flights, Flight::aircraft))
        .param("configurations", texts(flights, Flight::configuration))
        .param("limitsVersions", flights.stream().map(Flight::limitsVersion).toArray(Long[]::new))
        .update();
  }

  /** Codes, numbers and times only: nothing that COPY's text format would have to escape. */
  private static void append(StringBuilder rows, Flight flight) {
    row(
        rows,
        flight.id(),
        flight.origin(),
        flight.destination(),
        flight.departureDate(),
        flight.departsAt(),
        flight.arrivesAt(),
        flight.departureZone(),
        flight.arrivalZone(),
        flight.localDeparture(),
        flight.localArrival(),
        flight.miles(),
        flight.aircraft(),
        flight.configuration(),
        flight.status(),
        flight.limitsVersion(),
        1);
  }

  private static void append(StringBuilder rows, Cabin cabin) {
    row(
        rows,
        cabin.flight(),
        cabin.cabin(),
        cabin.capacity(),
        cabin.authorised(),
        cabin.classes(),
        Cabins.literal(cabin.limits()),
        orNull(ControlColumns.minimums(cabin.controls())),
        orNull(ControlColumns.fixed(cabin.controls())),
        Cabins.literal(cabin.counters().sold()),
        Cabins.literal(cabin.counters().held()));
  }

  /** As COPY writes it. */
  private static String orNull(@Nullable String value) {
    return value == null ? "\\N" : value;
  }

  private static void row(StringBuilder rows, Object... values) {
    for (var i = 0; i < values.length; i++) {
      rows.append(i == 0 ? "" : "\t").append(values[i]);
    }
    rows.append('\n');
  }

  private static String[] texts(List<Flight> flights, Function<Flight, String> value) {
    return flights.stream().map(value).toArray(String[]::new);
  }
}
