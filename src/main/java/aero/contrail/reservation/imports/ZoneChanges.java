package aero.contrail.reservation.imports;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.reservation.schedule.Airport;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.reservation.schedule.ReferenceData;
import aero.contrail.reservation.schedule.ScheduledFlight;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Schedules are local times: when the zone of an airport changes, or a government its clocks, the
 * flights move, and those who booked them are told.
 */
@Component
class ZoneChanges {

  private static final Logger log = LoggerFactory.getLogger(ZoneChanges.class);

  /** All airports of the world have one of these zones' versions: the database comes as a whole. */
  private static final String ANY_ZONE = "America/New_York";

  private static final int AT_A_TIME = 1_000;

  private static final String AHEAD =
      """
      select id
        from reservation.flight
       where status in ('OPEN', 'SALES_CLOSED', 'CLOSED') and departs_at > :now and id > :after
         and (origin = any (:airports) or destination = any (:airports) or :all)
       order by id
       limit :limit
      """;

  private static final String KNOWN = "select version from reservation.zone_rules";

  private static final String REMEMBER =
      """
      insert into reservation.zone_rules (only_row, version)
      values (true, :version)
          on conflict (only_row) do update
         set version = excluded.version
      """;

  private final JdbcClient jdbc;
  private final ReferenceData reference;
  private final Flights flights;
  private final ScheduleWriter writer;
  private final Clock clock;

  ZoneChanges(
      JdbcClient jdbc,
      ReferenceData reference,
      Flights flights,
      ScheduleWriter writer,
      Clock clock) {
    this.jdbc = jdbc;
    this.reference = reference;
    this.flights = flights;
    this.writer = writer;
    this.clock = clock;
  }

  /** Moves all flights if the runtime has other rules than when they were computed. */
  void followRules() {
    var version = ZoneRulesProvider.getVersions(ANY_ZONE).lastEntry().getKey();
    var known = jdbc.sql(KNOWN).query(String.class).optional();
    if (known.filter(version::equals).isEmpty()) {
      if (known.isPresent()) {
        log.info("Time zones are those of {}, were those of {}", version, known.get());
        move(Set.of(), true, _ -> {});
      }
      jdbc.sql(REMEMBER).param("version", version).update();
    }
  }

  /**
   * Moves the flights of airports that have another zone now.
   *
   * @param moved told what becomes of them, some at a time
   */
  void move(Set<String> airports, Consumer<ScheduleWriter.Outcome> moved) {
    if (!airports.isEmpty()) {
      move(airports, false, moved);
    }
  }

  private void move(Set<String> airports, boolean all, Consumer<ScheduleWriter.Outcome> moved) {
    var zones =
        reference.airports().values().stream()
            .collect(Collectors.toMap(Airport::iata, Airport::zone));
    var count = 0L;
    for (var some = ahead(airports, all, ""); !some.isEmpty(); ) {
      var wanted =
          flights.of(some).stream().flatMap(flight -> moved(flight, zones).stream()).toList();
      var outcome = writer.write(wanted);
      count += outcome.counts().changed();
      moved.accept(outcome);
      some = ahead(airports, all, some.getLast().value());
    }
    if (count > 0) {
      log.info("{} flights moved with the clocks of their airports", count);
    }
  }

  private List<FlightId> ahead(Set<String> airports, boolean all, String after) {
    return jdbc.sql(AHEAD)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("airports", airports.toArray(String[]::new))
        .param("all", all)
        .param("after", after)
        .param("limit", AT_A_TIME)
        .query((row, _) -> new FlightId(row.getString("id")))
        .list();
  }

  /** Empty when it flies as before, or cannot fly so. */
  private static Optional<ScheduledFlight> moved(Flight flight, Map<String, ZoneId> zones) {
    var before = flight.leg();
    var departure =
        ZonedDateTime.ofLocal(
            flight.localDeparture(),
            zones.getOrDefault(flight.origin(), before.departure().getZone()),
            before.departure().getOffset());
    var arrival =
        ZonedDateTime.ofLocal(
            flight.localArrival(),
            zones.getOrDefault(flight.destination(), before.arrival().getZone()),
            before.arrival().getOffset());
    try {
      var leg = new Leg(flight.origin(), flight.destination(), departure, arrival, flight.miles());
      return Optional.of(
          new ScheduledFlight(flight.id(), leg, flight.aircraft(), flight.configuration(), true));
    } catch (IllegalArgumentException | DateTimeException e) {
      log.error("Flight {} cannot be moved with the clocks: correct its times", flight.id(), e);
      return Optional.empty();
    }
  }
}
