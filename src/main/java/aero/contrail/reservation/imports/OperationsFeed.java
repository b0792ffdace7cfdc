package aero.contrail.reservation.imports;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.csv.Csv;
import aero.contrail.reservation.departure.Departure;
import aero.contrail.reservation.departure.DepartureControl;
import aero.contrail.reservation.disruption.FlightCancellation;
import aero.contrail.reservation.imports.Imports.Counts;
import aero.contrail.reservation.imports.Imports.Rejection;
import aero.contrail.reservation.imports.Imports.Status;
import aero.contrail.reservation.schedule.FlightStatus;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.web.problem.Problem;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes what happened to flights: cancelled, departed, arrived, diverted. In the order of the file,
 * each by itself; what is known already changes nothing, so that a file may come again.
 */
@Component
class OperationsFeed {

  private static final int SAVED_EVERY = 50;

  private static final List<String> COLUMNS =
      List.of("carrier", "flight_number", "departure_date", "origin", "event", "event_time_utc");

  private final Flights flights;
  private final FlightCancellation cancellation;
  private final DepartureControl departures;
  private final Imports imports;
  private final TransactionOperations transaction;
  private final Clock clock;

  OperationsFeed(
      Flights flights,
      FlightCancellation cancellation,
      DepartureControl departures,
      Imports imports,
      TransactionOperations transaction,
      Clock clock) {
    this.flights = flights;
    this.cancellation = cancellation;
    this.departures = departures;
    this.imports = imports;
    this.transaction = transaction;
    this.clock = clock;
  }

  private enum Kind {
    CANCELLED,
    DEPARTED,
    ARRIVED,
    DIVERTED
  }

  private record Happening(long line, FlightId flight, Kind kind, Instant at) {}

  /** What is wrong with a row. */
  private static final class Wrong extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Rejection rejection;

    Wrong(long line, String code, String message) {
      super(message);
      this.rejection = new Rejection(line, code, message);
    }
  }

  /** Imports the whole file. */
  void take(UUID id, Csv csv, ImportOptions options) {
    var report = new ImportReport(id, options.isDryRun());
    var missing = COLUMNS.stream().filter(column -> !csv.has(column)).findFirst();
    if (missing.isPresent()) {
      report.reject(
          new Rejection(1, "missing_column", "There is no column " + missing.get() + "."));
      imports.save(report.progress(Status.FAILED));
      return;
    }
    var happenings = read(csv, report);
    var isRefused = options.rejectsAll() && report.rejectedCount() > 0;
    if (!isRefused && !options.isDryRun()) {
      for (var i = 0; i < happenings.size(); i++) {
        carryOut(happenings.get(i), report);
        if (i % SAVED_EVERY == 0) {
          imports.save(report.progress(Status.RUNNING));
        }
      }
    }
    imports.save(report.progress(isRefused ? Status.FAILED : Status.COMPLETED));
  }

  private List<Happening> read(Csv csv, ImportReport report) {
    var happenings = new ArrayList<Happening>();
    csv.rows()
        .forEach(
            row -> {
              report.count(Counts.read(1));
              try {
                happenings.add(happening(row));
              } catch (Wrong e) {
                report.reject(e.rejection);
              }
            });
    return happenings;
  }

  private Happening happening(Csv.Row row) {
    var flight = flight(row);
    var kind = kind(row);
    var at = at(row);
    if (!flights.existsById(flight)) {
      throw new Wrong(row.line(), "unknown_flight", "There is no flight %s.".formatted(flight));
    }
    return new Happening(row.line(), flight, kind, at);
  }

  private static FlightId flight(Csv.Row row) {
    try {
      return new FlightId(
          "%s%d%s-%s-%s"
              .formatted(
                  row.get("carrier"),
                  Integer.parseInt(row.get("flight_number")),
                  row.get("operational_suffix"),
                  LocalDate.parse(row.get("departure_date")),
                  row.get("origin")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Wrong(row.line(), "invalid_flight", String.valueOf(e.getMessage()));
    }
  }

  private static Kind kind(Csv.Row row) {
    try {
      return Kind.valueOf(row.get("event"));
    } catch (IllegalArgumentException e) {
      throw new Wrong(
          row.line(),
          "invalid_event",
          "event is %s; it is CANCELLED, DEPARTED, ARRIVED or DIVERTED."
              .formatted(row.get("event")));
    }
  }

  private Instant at(Csv.Row row) {
    try {
      var at = Instant.parse(row.get("event_time_utc"));
      if (Departure.isYetToCome(at, clock.instant())) {
        throw new Wrong(row.line(), "in_the_future", "%s has not come yet.".formatted(at));
      }
      return at;
    } catch (DateTimeException e) {
      throw new Wrong(
          row.line(),
          "invalid_time",
          "event_time_utc is %s, not as 2026-12-01T10:15:00Z."
              .formatted(row.get("event_time_utc")));
    }
  }

  private void carryOut(Happening happening, ImportReport report) {
    try {
      var isNew = LostRaces.again(() -> transaction.execute(_ -> carriedOut(happening)));
      report.count(
          Boolean.TRUE.equals(isNew) ? new Counts(0, 0, 1, 0, 0) : new Counts(0, 0, 0, 1, 0));
    } catch (Problem e) {
      report.reject(
          new Rejection(happening.line(), e.code().code(), String.valueOf(e.getMessage())));
    }
  }

  /** Whether it was not known before. */
  private boolean carriedOut(Happening happening) {
    var flight = happening.flight();
    var status = flights.findById(flight).orElseThrow().status();
    switch (happening.kind()) {
      case CANCELLED -> {
        if (status == FlightStatus.CANCELLED) {
          return false;
        }
        cancellation.cancel(flight);
      }
      case DEPARTED -> {
        if (hasLeft(status)) {
          return false;
        }
        departures.depart(flight, happening.at());
      }
      case ARRIVED, DIVERTED -> {
        if (status == FlightStatus.ARRIVED) {
          return false;
        }
        departures.arrive(flight, happening.at(), happening.kind() == Kind.DIVERTED);
      }
    }
    return true;
  }

  private static boolean hasLeft(FlightStatus status) {
    return status == FlightStatus.DEPARTED || status == FlightStatus.ARRIVED;
  }
}
