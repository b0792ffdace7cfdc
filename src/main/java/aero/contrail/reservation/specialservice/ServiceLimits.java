package aero.contrail.reservation.specialservice;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.schedule.Designators;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How many of a special service a flight takes: filed by carrier and date of departure. What is
 * filed stays; a later day takes over, and what is filed for a carrier goes before what is for any.
 */
@Repository
class ServiceLimits {

  private static final String ALL =
      """
      select id, carrier, code, effective_from, per_flight, filed_at
        from reservation.service_limit
       order by code, carrier, effective_from
      """;

  private static final String OF_FLIGHT =
      """
      select per_flight
        from reservation.service_limit
       where code = :code and carrier in (:carrier, '*') and effective_from <= :date
       order by carrier = '*', effective_from desc
       limit 1
      """;

  private static final String FILE =
      """
      insert into reservation.service_limit (id, carrier, code, effective_from, per_flight,
                                             filed_at)
      values (:id, :carrier, :code, :from, :most, :at)
          on conflict on constraint one_service_limit_per_day do nothing
      """;

  private final JdbcClient jdbc;

  ServiceLimits(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What was filed.
   *
   * @param carrier null: any
   */
  record Limit(
      UUID id,
      @Nullable String carrier,
      ServiceCode code,
      LocalDate effectiveFrom,
      int perFlight,
      Instant filedAt) {}

  /** Everything filed; there is little. */
  List<Limit> all() {
    return jdbc.sql(ALL)
        .query(
            (row, _) ->
                new Limit(
                    row.getObject("id", UUID.class),
                    row.getString("carrier").equals("*") ? null : row.getString("carrier"),
                    ServiceCode.valueOf(row.getString("code")),
                    row.getObject("effective_from", LocalDate.class),
                    row.getInt("per_flight"),
                    row.getObject("filed_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** How many a flight takes; empty when as many as ask. */
  Optional<Integer> of(FlightId flight, ServiceCode code) {
    return jdbc.sql(OF_FLIGHT)
        .param("code", code.name())
        .param("carrier", Designators.carrier(flight))
        .param("date", flight.departureDate())
        .query((row, _) -> row.getInt("per_flight"))
        .optional();
  }

  /** False when one is filed for that day already. */
  boolean file(Limit limit) {
    return jdbc.sql(FILE)
            .param("id", limit.id())
            .param("carrier", limit.carrier() == null ? "*" : limit.carrier())
            .param("code", limit.code().name())
            .param("from", limit.effectiveFrom())
            .param("most", limit.perFlight())
            .param("at", limit.filedAt().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }
}
