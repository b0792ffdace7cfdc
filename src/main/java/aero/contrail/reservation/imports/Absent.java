package aero.contrail.reservation.imports;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.schedule.Designators;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Flights that are on the schedule, and not in a file that is to be the whole of it. */
@Repository
class Absent {

  /** Reads the flights of the days once a carrier: a file is rarer than anything else. */
  private static final String AHEAD =
      """
      select id
        from reservation.flight
       where departure_date between :from and :to and starts_with(id, :carrier)
         and status in ('OPEN', 'SALES_CLOSED', 'CLOSED') and departs_at > :now
       order by id
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  Absent(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The days of which a file has flights, carrier by carrier, from the first to the last. */
  static final class Scope {

    private record Span(LocalDate from, LocalDate to) {}

    private final Map<String, Span> spans = new HashMap<>();

    void add(FlightId flight) {
      var day = flight.departureDate();
      spans.merge(
          Designators.carrier(flight),
          new Span(day, day),
          (known, _) ->
              new Span(
                  day.isBefore(known.from) ? day : known.from,
                  day.isAfter(known.to) ? day : known.to));
    }
  }

  /**
   * Flights of the scope that have not left and are not in the file, in the order of their ids.
   *
   * @param present those in the file
   */
  List<FlightId> of(Scope scope, Set<String> present) {
    return scope.spans.entrySet().stream()
        .flatMap(
            entry ->
                jdbc
                    .sql(AHEAD)
                    .param("carrier", entry.getKey())
                    .param("from", entry.getValue().from())
                    .param("to", entry.getValue().to())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .query((row, _) -> row.getString("id"))
                    .list()
                    .stream())
        .filter(id -> !present.contains(id))
        .sorted()
        .map(FlightId::new)
        .toList();
  }
}
