package aero.contrail.reservation.imports;

import aero.contrail.reservation.csv.Csv;
import aero.contrail.reservation.csv.FileLines;
import aero.contrail.reservation.schedule.FlightRow;
import aero.contrail.reservation.schedule.PeriodRules;
import aero.contrail.reservation.ssim.SsimReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A file of flights in any of the formats: dated legs, seasons, SSIM. Can be read more than once.
 *
 * @param change what happens to the rows before they are used
 */
record ScheduleFile(Source source, PeriodRules periods, UnaryOperator<Stream<FlightRow>> change) {

  /** Something that can be read from its beginning more than once. */
  interface Source {
    InputStream open() throws IOException;
  }

  /** Something to do with the rows of a file, one after the other. */
  interface Reading<T> {
    T read(Stream<FlightRow> rows);
  }

  /** Whether it is SSIM, which tells by its first line. */
  static boolean isSsim(Source source) throws IOException {
    try (var lines = new FileLines(source.open())) {
      return lines.next().filter(SsimReader::isSsim).isPresent();
    }
  }

  /** The column that a file of flights needs and this one lacks. */
  static Optional<String> missingColumn(Csv csv) {
    return required(csv).stream().filter(column -> !csv.has(column)).findFirst();
  }

  /**
   * Reads the file from its beginning.
   *
   * @param warnings told what is odd about the file as a whole
   */
  <T> T read(Consumer<String> warnings, Reading<T> reading) throws IOException {
    return isSsim(source) ? readSsim(warnings, reading) : readCsv(warnings, reading);
  }

  private <T> T readSsim(Consumer<String> warnings, Reading<T> reading) throws IOException {
    try (var ssim = new SsimReader(new FileLines(source.open()), warnings)) {
      return reading.read(change.apply(ssim.rows().flatMap(periods::legs)));
    }
  }

  private <T> T readCsv(Consumer<String> warnings, Reading<T> reading) throws IOException {
    try (var csv = Csv.open(source.open())) {
      unknownColumns(csv).forEach(warnings);
      var rows = csv.rows().map(ScheduleFile::row);
      return reading.read(change.apply(isSeasons(csv) ? rows.flatMap(periods::legs) : rows));
    }
  }

  private static FlightRow row(Csv.Row row) {
    return row.wrong() == null
        ? new FlightRow(row.line(), row.values(), null)
        : FlightRow.wrong(row.line(), "bad_row", row.wrong());
  }

  private static boolean isSeasons(Csv csv) {
    return csv.has(FlightRow.PERIOD.getFirst());
  }

  private static List<String> required(Csv csv) {
    if (!isSeasons(csv)) {
      return FlightRow.REQUIRED;
    }
    var required = new ArrayList<>(FlightRow.REQUIRED);
    required.remove("departure_date");
    required.addAll(FlightRow.PERIOD);
    return required;
  }

  private static Stream<String> unknownColumns(Csv csv) {
    return csv.columns().stream()
        .filter(
            column ->
                !required(csv).contains(column)
                    && !FlightRow.OPTIONAL.contains(column)
                    && !FlightRow.IGNORED.contains(column))
        .map(column -> "The column %s is not known and was not read.".formatted(column));
  }
}
