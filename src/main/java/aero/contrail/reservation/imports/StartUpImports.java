package aero.contrail.reservation.imports;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.FlightId;
import aero.contrail.reservation.schedule.FlightRow;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.reservation.schedule.ReferenceData;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Imports at start: the shipped airports and layouts into an empty database, then the files that
 * {@code --contrail.import=file:a.csv,file:b.csv.gz} names, then the demo's week.
 */
@Component
class StartUpImports implements ApplicationRunner {

  private static final Origin START = Origin.system("system:start-up");
  private static final int DEMO_DAYS = 28;

  private final FileImports files;
  private final Imports imports;
  private final ZoneChanges zones;
  private final ReferenceData reference;
  private final Flights flights;
  private final Clock clock;
  private final List<Resource> shipped;
  private final List<Resource> wanted;
  private final List<Resource> demoWeek;

  StartUpImports(
      FileImports files,
      Imports imports,
      ZoneChanges zones,
      ReferenceData reference,
      Flights flights,
      Clock clock,
      @Value("classpath:reference/airports.csv,classpath:reference/configurations.csv")
          List<Resource> shipped,
      @Value("${contrail.import:}") List<Resource> wanted,
      @Value("${contrail.demo.week:}") List<Resource> demoWeek) {
    this.files = files;
    this.imports = imports;
    this.zones = zones;
    this.reference = reference;
    this.flights = flights;
    this.clock = clock;
    this.shipped = shipped;
    this.wanted = wanted;
    this.demoWeek = demoWeek;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (reference.airports().isEmpty()) {
      shipped.forEach(file -> load(file, UnaryOperator.identity()));
    }
    zones.followRules();
    wanted.forEach(file -> load(file, UnaryOperator.identity()));
    demoWeek.forEach(file -> load(file, this::onTheComingDays));
  }

  private void load(Resource file, UnaryOperator<Stream<FlightRow>> change) {
    var id = UUID.randomUUID();
    imports.begin(id, false);
    files.run(id, file::getInputStream, ImportOptions.USUAL, change, START);
    var progress = imports.find(id).orElseThrow();
    if (progress.status() != Imports.Status.COMPLETED) {
      throw new IllegalStateException(
          "%s could not be imported: %s".formatted(file.getDescription(), progress.rejected()));
    }
  }

  /** Puts a week of flights on the coming days with the same weekday, in local times. */
  private Stream<FlightRow> onTheComingDays(Stream<FlightRow> week) {
    var byWeekday =
        week.filter(row -> row.fault() == null)
            .collect(
                Collectors.groupingBy(
                    row -> LocalDate.parse(row.values().get("departure_date")).getDayOfWeek()));
    var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("America/New_York"));
    return today
        .datesUntil(today.plusDays(DEMO_DAYS))
        .filter(day -> !isThere(day, byWeekday.getOrDefault(day.getDayOfWeek(), List.of())))
        .flatMap(
            day ->
                byWeekday.getOrDefault(day.getDayOfWeek(), List.of()).stream()
                    .map(row -> new FlightRow(row.line(), on(day, row.values()), null)));
  }

  /** A day whose first flight is there was imported at an earlier start. */
  private boolean isThere(LocalDate day, List<FlightRow> rows) {
    return rows.stream()
        .findFirst()
        .map(row -> row.values())
        .map(
            values ->
                FlightId.of(
                    values.get("carrier") + values.get("flight_number"),
                    day,
                    String.valueOf(values.get("origin"))))
        .filter(flights::existsById)
        .isPresent();
  }

  /** The instants of another day do not fit: they follow from the local times again. */
  private static Map<String, String> on(LocalDate day, Map<String, String> values) {
    var moved = new HashMap<>(values);
    moved.put("departure_date", day.toString());
    moved.keySet().removeAll(List.of("std_utc", "sta_utc"));
    return moved;
  }
}
