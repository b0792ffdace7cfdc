package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.disruption.Connections.Times;
import aero.contrail.reservation.disruption.Retiming.NewTimes;
import aero.contrail.reservation.schedule.Flight;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The flights of disruptions, and how far each has come. */
@Repository
class DisruptionFlights {

  private static final String INSERT_CANCELLATIONS =
      """
      insert into reservation.disruption_flight (disruption_id, flight_id, status)
      select :id, flight_id, :status
        from unnest(:flights) as f (flight_id)
      """;

  private static final String INSERT_RETIMINGS =
      """
      insert into reservation.disruption_flight (disruption_id, flight_id, status, departure,
                                                 arrival, arrival_day_offset)
      select :id, f.flight_id, 'OPEN', f.departure, f.arrival, f.arrival_day_offset
        from unnest(:flights, :departures, :arrivals, :offsets)
               as f (flight_id, departure, arrival, arrival_day_offset)
      """;

  private static final String NEXT =
      """
      select f.disruption_id, f.flight_id, f.departure, f.arrival, f.arrival_day_offset,
             d.correlation_id
        from reservation.disruption_flight f
        join reservation.disruption d on d.id = f.disruption_id
       where f.status = 'OPEN' and f.due_at <= clock_timestamp()
       order by f.disruption_id, f.flight_id
       limit 1
         for update of f skip locked
      """;

  private static final String MARK =
      """
      update reservation.disruption_flight
         set status = :status
       where disruption_id = :id and flight_id = :flight
      """;

  private static final String MARK_RETIMED =
      """
      update reservation.disruption_flight
         set status = 'RETIMED', departed_before = :departed, arrived_before = :arrived
       where disruption_id = :id and flight_id = :flight
      """;

  private static final String POSTPONE =
      """
      update reservation.disruption_flight
         set attempts = attempts + 1, error = :error,
             due_at = clock_timestamp() + least(interval '1 s' * (2 ^ least(attempts, 10)),
                                                interval '5 min')
       where disruption_id = :id and flight_id = :flight and status = 'OPEN'
      """;

  private static final String OF_DISRUPTION =
      """
      select flight_id, status, departure, arrival
        from reservation.disruption_flight
       where disruption_id = :id
       order by flight_id
      """;

  private static final String BEFORE =
      """
      select f.id, f.origin, f.destination, d.departed_before, d.arrived_before
        from reservation.disruption_flight d
        join reservation.flight f on f.id = d.flight_id
       where d.disruption_id = :id and d.status = 'RETIMED'
      """;

  private final JdbcClient jdbc;

  DisruptionFlights(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How far a flight has come: OPEN, CANCELLED, RETIMED, or REFUSED for it has left meanwhile.
   *
   * @param departure its new local time; null when it is cancelled
   */
  record DisruptedFlight(
      FlightId flightId, String status, @Nullable String departure, @Nullable String arrival) {}

  /**
   * A flight to be cancelled or retimed.
   *
   * @param times null: it is cancelled
   */
  record NextFlight(
      UUID disruption, FlightId flight, @Nullable NewTimes times, String correlationId) {}

  /** Flights that are to be cancelled, or were just now. */
  void insertCancellations(UUID disruption, Collection<FlightId> flights, boolean isDone) {
    jdbc.sql(INSERT_CANCELLATIONS)
        .param("id", disruption)
        .param("status", isDone ? "CANCELLED" : "OPEN")
        .param("flights", flights.stream().map(FlightId::value).toArray(String[]::new))
        .update();
  }

  void insertRetimings(UUID disruption, Collection<NewTimes> times) {
    jdbc.sql(INSERT_RETIMINGS)
        .param("id", disruption)
        .param("flights", times.stream().map(NewTimes::flightId).toArray(String[]::new))
        .param("departures", times.stream().map(NewTimes::departure).toArray(String[]::new))
        .param("arrivals", times.stream().map(NewTimes::arrival).toArray(String[]::new))
        .param("offsets", times.stream().map(NewTimes::arrivalDayOffset).toArray(Integer[]::new))
        .update();
  }

  /** The next that nobody else works on, locked. */
  Optional<NextFlight> next() {
    return jdbc.sql(NEXT).query((row, _) -> nextFlight(row)).optional();
  }

  private static NextFlight nextFlight(ResultSet row) throws SQLException {
    var flight = row.getString("flight_id");
    var departure = row.getString("departure");
    var offset = row.getObject("arrival_day_offset", Integer.class);
    return new NextFlight(
        row.getObject("disruption_id", UUID.class),
        new FlightId(flight),
        departure == null
            ? null
            : new NewTimes(flight, departure, row.getString("arrival"), offset),
        row.getString("correlation_id"));
  }

  void markCancelled(NextFlight flight) {
    mark(flight, "CANCELLED");
  }

  /** It stays as it is. */
  void markRefused(NextFlight flight) {
    mark(flight, "REFUSED");
  }

  private void mark(NextFlight flight, String status) {
    jdbc.sql(MARK)
        .param("id", flight.disruption())
        .param("flight", flight.flight().value())
        .param("status", status)
        .update();
  }

  /**
   * @param before the flight as it was
   */
  void markRetimed(NextFlight flight, Flight before) {
    jdbc.sql(MARK_RETIMED)
        .param("id", flight.disruption())
        .param("flight", flight.flight().value())
        .param("departed", before.departsAt().atOffset(ZoneOffset.UTC))
        .param("arrived", before.arrivesAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** One that could not be changed is tried again later. */
  void postpone(NextFlight flight, String error) {
    jdbc.sql(POSTPONE)
        .param("id", flight.disruption())
        .param("flight", flight.flight().value())
        .param("error", error)
        .update();
  }

  List<DisruptedFlight> of(UUID disruption) {
    return jdbc.sql(OF_DISRUPTION)
        .param("id", disruption)
        .query(
            (row, _) ->
                new DisruptedFlight(
                    new FlightId(row.getString("flight_id")),
                    row.getString("status"),
                    row.getString("departure"),
                    row.getString("arrival")))
        .list();
  }

  /** When the flights of a disruption flew that fly at other times now. */
  Map<FlightId, Times> before(UUID disruption) {
    return jdbc
        .sql(BEFORE)
        .param("id", disruption)
        .query(
            (row, _) ->
                Map.entry(
                    new FlightId(row.getString("id")),
                    new Times(
                        row.getString("origin"),
                        row.getString("destination"),
                        instant(row, "departed_before"),
                        instant(row, "arrived_before"))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
