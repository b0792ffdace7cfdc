package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.ReservationEvent.ReprotectionCause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The parties of flights that are not flown, and what has become of each. */
@Repository
class Cases {

  private static final String OPEN =
      """
      insert into reservation.disruption_case as c (id, disruption_id, order_id, removed, cause,
                                                    status, rank)
      select gen_random_uuid(), :disruption, order_id, array[:flight], :cause, 'OPEN',
             reservation.rank_of(r.party)
        from unnest(:orders) as o (order_id)
        join reservation.reservation r using (order_id)
          on conflict (disruption_id, order_id) do update
         set id = excluded.id, removed = c.removed || excluded.removed, status = 'OPEN'
      """;

  /** Told twice, of a flight that flies: who is to get something else for it is so once. */
  private static final String NOT_OPEN =
      """
      select o.order_id
        from unnest(:orders) as o (order_id)
       where not exists (select
                           from reservation.disruption_case c
                          where c.order_id = o.order_id and c.status = 'OPEN'
                            and c.removed @> array[:flight::text])
      """;

  /** Only when all flights of a disruption are dealt with: else some would be moved twice. */
  private static final String DUE =
      """
      select c.id, c.disruption_id, c.order_id, c.removed, coalesce(c.cause, d.cause) as cause,
             d.cabins, d.within_hours, d.correlation_id
        from reservation.disruption_case c
        join reservation.disruption d on d.id = c.disruption_id
       where c.status = 'OPEN' and c.due_at <= clock_timestamp() and not d.connections_open
         and not exists (select
                           from reservation.disruption_flight f
                          where f.disruption_id = c.disruption_id and f.status = 'OPEN')
      """;

  private static final String SOME = DUE + " order by c.rank desc, c.order_id limit :most";

  private static final String LOCK = DUE + " and c.id = :id for update of c skip locked";

  private static final String IS_ANY =
      """
      select exists (select
                       from reservation.disruption_case
                      where status = 'OPEN' and due_at <= clock_timestamp())
             or exists (select
                          from reservation.disruption_flight
                         where status = 'OPEN' and due_at <= clock_timestamp())
             or exists (select
                          from reservation.disruption
                         where connections_open)
      """;

  private static final String CLOSE =
      """
      update reservation.disruption_case
         set status = :status, passengers = :passengers, added = :added, error = null
       where id = :id
      """;

  private static final String POSTPONE =
      """
      update reservation.disruption_case
         set attempts = attempts + 1, error = :error,
             due_at = clock_timestamp() + least(interval '1 s' * (2 ^ least(attempts, 10)),
                                                interval '5 min')
       where id = :id and status = 'OPEN'
      """;

  private static final String OF_DISRUPTION =
      """
      select c.order_id, r.locator, c.status, c.passengers, c.removed, c.added
        from reservation.disruption_case c
        join reservation.reservation r on r.order_id = c.order_id
       where c.disruption_id = :disruption
         and (:status::text is null or c.status = :status)
         and (:after::uuid is null or c.order_id > :after::uuid)
       order by c.order_id
       limit :limit
      """;

  private final JdbcClient jdbc;

  Cases(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A party that is to get something else.
   *
   * @param id by which others hear of it
   * @param removed flights that it lost
   * @param cause why
   */
  record Case(
      UUID id,
      UUID disruption,
      OrderId order,
      List<FlightId> removed,
      ReprotectionCause cause,
      Policy policy,
      String correlationId) {

    Case {
      removed = List.copyOf(removed);
    }
  }

  /** What has become of a party. */
  record CaseView(
      OrderId orderId,
      @Nullable RecordLocator recordLocator,
      CaseStatus status,
      int passengers,
      List<FlightId> removed,
      List<FlightId> added) {}

  /** How a case stands; NOT_NEEDED: the party had given up what it lost. */
  enum CaseStatus {
    OPEN,
    REPROTECTED,
    LEFT_OVER,
    NOT_NEEDED
  }

  /**
   * Parties that lost a flight; who lost another one before in the same disruption is served for
   * both, by the cause of the first.
   */
  void open(UUID disruption, FlightId flight, ReprotectionCause cause, Collection<OrderId> orders) {
    jdbc.sql(OPEN)
        .param("cause", cause.name())
        .param("disruption", disruption)
        .param("flight", flight.value())
        .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
        .update();
  }

  /** Those of the parties who are not to get something else for a flight already. */
  List<OrderId> withoutOne(FlightId flight, Collection<OrderId> orders) {
    return jdbc.sql(NOT_OPEN)
        .param("flight", flight.value())
        .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
        .query((row, _) -> new OrderId(row.getObject("order_id", UUID.class)))
        .list();
  }

  /** Whether anything is left to do: costs next to nothing while nothing is. */
  boolean isAny() {
    return jdbc.sql(IS_ANY).query((row, _) -> row.getBoolean(1)).single();
  }

  /** Some whose turn it is, not locked. */
  List<Case> some(int most) {
    return jdbc.sql(SOME).param("most", most).query((row, _) -> open(row)).list();
  }

  /** One that is still open, locked; empty also when another works on it. */
  Optional<Case> lock(UUID id) {
    return jdbc.sql(LOCK).param("id", id).query((row, _) -> open(row)).optional();
  }

  void close(Case done, CaseStatus status, int passengers, List<FlightId> added) {
    jdbc.sql(CLOSE)
        .param("id", done.id())
        .param("status", status.name())
        .param("passengers", passengers)
        .param("added", added.stream().map(FlightId::value).toArray(String[]::new))
        .update();
  }

  /** One that fails must not hold up the others. */
  void postpone(Case failed, String error) {
    jdbc.sql(POSTPONE).param("id", failed.id()).param("error", error).update();
  }

  /** In the order in which they were served. */
  List<CaseView> of(UUID disruption, @Nullable CaseStatus status, @Nullable UUID after, int limit) {
    return jdbc.sql(OF_DISRUPTION)
        .param("disruption", disruption)
        .param("status", status == null ? null : status.name())
        .param("after", after)
        .param("limit", limit)
        .query(
            (row, _) ->
                new CaseView(
                    new OrderId(row.getObject("order_id", UUID.class)),
                    row.getString("locator") == null
                        ? null
                        : new RecordLocator(row.getString("locator")),
                    CaseStatus.valueOf(row.getString("status")),
                    row.getInt("passengers"),
                    flights(row, "removed"),
                    flights(row, "added")))
        .list();
  }

  private static Case open(ResultSet row) throws SQLException {
    return new Case(
        row.getObject("id", UUID.class),
        row.getObject("disruption_id", UUID.class),
        new OrderId(row.getObject("order_id", UUID.class)),
        flights(row, "removed"),
        ReprotectionCause.valueOf(row.getString("cause")),
        Disruptions.policy(row),
        row.getString("correlation_id"));
  }

  private static List<FlightId> flights(ResultSet row, String column) throws SQLException {
    return Arrays.stream((String[]) row.getArray(column).getArray()).map(FlightId::new).toList();
  }
}
