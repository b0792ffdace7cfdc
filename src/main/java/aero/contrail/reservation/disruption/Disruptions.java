package aero.contrail.reservation.disruption;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.FlightId;
import aero.contrail.events.ReservationEvent.ReprotectionCause;
import aero.contrail.web.problem.Problem;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The flights that are to be cancelled together, and how far that has come. */
@Repository
class Disruptions {

  private static final String INSERT =
      """
      with disruption as (
        insert into reservation.disruption (id, reason, cause, cabins, within_hours,
                                            correlation_id, requested_at)
        values (:id, :reason, :cause, :cabins, :hours, :correlation, :now)
      )
      insert into reservation.disruption_flight (disruption_id, flight_id, status)
      select :id, flight_id, :status
        from unnest(:flights) as f (flight_id)
      """;

  private static final String NEXT_FLIGHT =
      """
      select f.disruption_id, f.flight_id, d.correlation_id
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

  private static final String POSTPONE =
      """
      update reservation.disruption_flight
         set attempts = attempts + 1, error = :error,
             due_at = clock_timestamp() + least(interval '1 s' * (2 ^ least(attempts, 10)),
                                                interval '5 min')
       where disruption_id = :id and flight_id = :flight and status = 'OPEN'
      """;

  private static final String FIND =
      """
      select d.id, d.reason, d.cabins, d.within_hours, d.requested_at,
             (select count(*)
                from reservation.disruption_flight f
               where f.disruption_id = d.id) as flights,
             (select count(*)
                from reservation.disruption_flight f
               where f.disruption_id = d.id and f.status = 'OPEN') as to_cancel,
             c.affected, c.reprotected, c.left_over, c.open
        from reservation.disruption d
       cross join lateral (
         select count(*) filter (where c.status <> 'NOT_NEEDED') as affected,
                count(*) filter (where c.status = 'REPROTECTED') as reprotected,
                count(*) filter (where c.status = 'LEFT_OVER') as left_over,
                count(*) filter (where c.status = 'OPEN') as open
           from reservation.disruption_case c
          where c.disruption_id = d.id) c
      """;

  private static final String ONE = FIND + " where d.id = :id";

  private static final String NEWEST =
      FIND
          + """
           where :before::uuid is null
              or (d.requested_at, d.id) < (select b.requested_at, b.id
                                             from reservation.disruption b
                                            where b.id = :before::uuid)
           order by d.requested_at desc, d.id desc
           limit :limit
          """;

  private static final String FLIGHTS =
      """
      select flight_id, status
        from reservation.disruption_flight
       where disruption_id = :id
       order by flight_id
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  Disruptions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Flights that are not flown, and what has become of those who booked them.
   *
   * @param toCancel how many flights are still to be cancelled
   * @param affected parties that lost space
   * @param open of those, who is still to get something else
   */
  record Disruption(
      UUID id,
      String reason,
      Policy policy,
      Instant requestedAt,
      int flights,
      int toCancel,
      int affected,
      int reprotected,
      int leftOver,
      int open) {

    boolean isDone() {
      return toCancel == 0 && open == 0;
    }
  }

  /** How far the cancellation of a flight has come: OPEN, CANCELLED, or REFUSED for it has left. */
  record DisruptedFlight(FlightId flightId, String status) {}

  /** A flight to be cancelled. */
  record ToCancel(UUID disruption, FlightId flight, String correlationId) {}

  /** Keeps flights in mind that are to be cancelled, or were just now. */
  void insert(
      UUID id, String reason, Policy policy, Collection<FlightId> flights, boolean isCancelled) {
    insert(id, reason, ReprotectionCause.FLIGHT_CANCELLED, policy, flights, isCancelled);
  }

  /** Keeps in mind that parties cannot fly what they booked, though no flight was cancelled. */
  UUID insert(String reason, ReprotectionCause cause, Policy policy) {
    var id = ids.generate();
    insert(id, reason, cause, policy, List.of(), true);
    return id;
  }

  private void insert(
      UUID id,
      String reason,
      ReprotectionCause cause,
      Policy policy,
      Collection<FlightId> flights,
      boolean isCancelled) {
    jdbc.sql(INSERT)
        .param("cause", cause.name())
        .param("id", id)
        .param("reason", reason)
        .param("cabins", policy.cabins().name())
        .param("hours", (int) policy.within().toHours())
        .param("correlation", Origin.current().correlationId())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("status", isCancelled ? "CANCELLED" : "OPEN")
        .param("flights", flights.stream().map(FlightId::value).toArray(String[]::new))
        .update();
  }

  /** The next flight to be cancelled that nobody else works on, locked. */
  Optional<ToCancel> nextFlight() {
    return jdbc.sql(NEXT_FLIGHT)
        .query(
            (row, _) ->
                new ToCancel(
                    row.getObject("disruption_id", UUID.class),
                    new FlightId(row.getString("flight_id")),
                    row.getString("correlation_id")))
        .optional();
  }

  void mark(ToCancel flight, boolean isCancelled) {
    jdbc.sql(MARK)
        .param("id", flight.disruption())
        .param("flight", flight.flight().value())
        .param("status", isCancelled ? "CANCELLED" : "REFUSED")
        .update();
  }

  /** One that could not be cancelled is tried again later. */
  void postpone(ToCancel flight, String error) {
    jdbc.sql(POSTPONE)
        .param("id", flight.disruption())
        .param("flight", flight.flight().value())
        .param("error", error)
        .update();
  }

  /**
   * One of them.
   *
   * @throws Problem when there is none
   */
  Disruption require(UUID id) {
    return jdbc.sql(ONE)
        .param("id", id)
        .query((row, _) -> disruption(row))
        .optional()
        .orElseThrow(() -> Problem.notFound("disruption", id));
  }

  /** Newest first, from after one on. */
  List<Disruption> newest(@Nullable UUID before, int limit) {
    return jdbc.sql(NEWEST)
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> disruption(row))
        .list();
  }

  List<DisruptedFlight> flights(UUID id) {
    return jdbc.sql(FLIGHTS)
        .param("id", id)
        .query(
            (row, _) ->
                new DisruptedFlight(
                    new FlightId(row.getString("flight_id")), row.getString("status")))
        .list();
  }

  private static Disruption disruption(ResultSet row) throws SQLException {
    return new Disruption(
        row.getObject("id", UUID.class),
        row.getString("reason"),
        policy(row),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        row.getInt("flights"),
        row.getInt("to_cancel"),
        row.getInt("affected"),
        row.getInt("reprotected"),
        row.getInt("left_over"),
        row.getInt("open"));
  }

  static Policy policy(ResultSet row) throws SQLException {
    return new Policy(
        Policy.Cabins.valueOf(row.getString("cabins")),
        Duration.ofHours(row.getInt("within_hours")));
  }
}
