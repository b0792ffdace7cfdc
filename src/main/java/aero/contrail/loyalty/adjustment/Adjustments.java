package aero.contrail.loyalty.adjustment;

import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.adjustment.Adjustment.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the staff gave and took, and wants to. */
@Repository
class Adjustments {

  private static final String INSERT =
      """
      insert into loyalty.adjustment (id, member_number, points, reason, status, requested_by,
                                      requested_at)
      values (:id, :member, :points, :reason, :status, :requestedBy, :requestedAt)
      """;

  private static final String LOCK =
      """
      select id, member_number, points, reason, status, requested_by, requested_at, decided_by,
             decided_at
        from loyalty.adjustment
       where id = :id and member_number = :member
         for update
      """;

  private static final String LIST =
      """
      select id, member_number, points, reason, status, requested_by, requested_at, decided_by,
             decided_at
        from loyalty.adjustment
       where member_number = :member and (requested_at, id) > (:after, :id)
       order by requested_at, id
       limit :limit
      """;

  private static final String DECIDE =
      """
      update loyalty.adjustment
         set status = :status, decided_by = :by, decided_at = :at
       where id = :id
      """;

  private final JdbcClient jdbc;

  Adjustments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Adjustment fresh) {
    jdbc.sql(INSERT)
        .param("id", fresh.id())
        .param("member", fresh.member().value())
        .param("points", fresh.points())
        .param("reason", fresh.reason())
        .param("status", fresh.status().name())
        .param("requestedBy", fresh.requestedBy())
        .param("requestedAt", fresh.requestedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** One of a member's; nobody else decides it until the transaction ends. */
  Optional<Adjustment> lock(MemberNumber member, UUID id) {
    return jdbc.sql(LOCK)
        .param("id", id)
        .param("member", member.value())
        .query((row, _) -> adjustment(row))
        .optional();
  }

  void decide(UUID id, Status status, String by, Instant at) {
    jdbc.sql(DECIDE)
        .param("id", id)
        .param("status", status.name())
        .param("by", by)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Those of a member, oldest first, from after one on. */
  List<Adjustment> list(MemberNumber member, Instant after, UUID id, int limit) {
    return jdbc.sql(LIST)
        .param("member", member.value())
        .param("after", after.atOffset(ZoneOffset.UTC))
        .param("id", id)
        .param("limit", limit)
        .query((row, _) -> adjustment(row))
        .list();
  }

  private static Adjustment adjustment(ResultSet row) throws SQLException {
    var decidedAt = row.getObject("decided_at", OffsetDateTime.class);
    return new Adjustment(
        row.getObject("id", UUID.class),
        new MemberNumber(row.getString("member_number")),
        row.getInt("points"),
        row.getString("reason"),
        Status.valueOf(row.getString("status")),
        row.getString("requested_by"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        row.getString("decided_by"),
        decidedAt == null ? null : decidedAt.toInstant());
  }
}
