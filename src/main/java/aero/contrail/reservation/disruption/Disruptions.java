package aero.contrail.reservation.disruption;

import aero.contrail.eventlog.Origin;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Flights that do not fly as planned, taken together, and how far it has come with them. */
@Repository
class Disruptions {

  private static final String INSERT =
      """
      insert into reservation.disruption (id, reason, cause, cabins, within_hours, correlation_id,
                                          requested_at, connections_open)
      values (:id, :reason, :cause, :cabins, :hours, :correlation, :now, :connections)
      """;

  private static final String NEXT_WITH_CONNECTIONS =
      """
      select d.id, d.correlation_id
        from reservation.disruption d
       where d.connections_open and d.connections_due_at <= clock_timestamp()
         and not exists (select
                           from reservation.disruption_flight f
                          where f.disruption_id = d.id and f.status = 'OPEN')
       order by d.id
       limit 1
         for update of d skip locked
      """;

  private static final String POSTPONE_CONNECTIONS =
      """
      update reservation.disruption
         set connections_due_at = clock_timestamp() + interval '5 s'
       where id = :id
      """;

  private static final String CONNECTIONS_DONE =
      """
      update reservation.disruption
         set connections_open = false
       where id = :id
      """;

  private static final String FIND =
      """
      select d.id, d.reason, d.cabins, d.within_hours, d.requested_at,
             (select count(*)
                from reservation.disruption_flight f
               where f.disruption_id = d.id) as flights,
             (select count(*)
                from reservation.disruption_flight f
               where f.disruption_id = d.id and f.status = 'OPEN') as to_do,
             d.connections_open, c.affected, c.reprotected, c.left_over, c.open
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

  private final JdbcClient jdbc;
  private final Clock clock;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  Disruptions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Flights that do not fly as planned, and what has become of those who booked them.
   *
   * @param toDo how many flights are still to be cancelled or retimed
   * @param connectionsOpen whether it is still to be found out who misses a connection
   * @param affected parties that lost space
   * @param open of those, who is still to get something else
   */
  record Disruption(
      UUID id,
      String reason,
      Policy policy,
      Instant requestedAt,
      int flights,
      int toDo,
      boolean connectionsOpen,
      int affected,
      int reprotected,
      int leftOver,
      int open) {

    boolean isDone() {
      return toDo == 0 && !connectionsOpen && open == 0;
    }
  }

  /**
   * Keeps in mind that flights do not fly as planned; which, is kept in {@link DisruptionFlights}.
   *
   * @param hasConnections whether it is to be found out who misses one
   */
  UUID insert(String reason, ReprotectionCause cause, Policy policy, boolean hasConnections) {
    var id = ids.generate();
    jdbc.sql(INSERT)
        .param("cause", cause.name())
        .param("id", id)
        .param("reason", reason)
        .param("cabins", policy.cabins().name())
        .param("hours", (int) policy.within().toHours())
        .param("correlation", Origin.current().correlationId())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("connections", hasConnections)
        .update();
    return id;
  }

  /** Flights that fly at other times, all of them by now: who misses a connection? */
  record Retimed(UUID disruption, String correlationId) {}

  /** The next that nobody else works on, locked. */
  Optional<Retimed> nextWithConnections() {
    return jdbc.sql(NEXT_WITH_CONNECTIONS)
        .query(
            (row, _) ->
                new Retimed(row.getObject("id", UUID.class), row.getString("correlation_id")))
        .optional();
  }

  /** They could not be looked at, and are tried again later. */
  void postponeConnections(UUID id) {
    jdbc.sql(POSTPONE_CONNECTIONS).param("id", id).update();
  }

  void markConnectionsDone(UUID id) {
    jdbc.sql(CONNECTIONS_DONE).param("id", id).update();
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

  private static Disruption disruption(ResultSet row) throws SQLException {
    return new Disruption(
        row.getObject("id", UUID.class),
        row.getString("reason"),
        policy(row),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        row.getInt("flights"),
        row.getInt("to_do"),
        row.getBoolean("connections_open"),
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
