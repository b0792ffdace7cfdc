package aero.contrail.reservation.ssim;

import aero.contrail.reservation.csv.FileLines;
import aero.contrail.reservation.schedule.FlightRow;
import aero.contrail.reservation.schedule.PeriodRules;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a schedule of SSIM chapter 7, of one or several carriers and seasons, as rows with periods.
 * What is wrong with a leg costs that leg. Segment data (type 4) is looked at for code shares only.
 * For one thread; close it.
 */
public final class SsimReader implements Closeable {

  private static final String TITLE = "AIRLINE STANDARD SCHEDULE DATA SET";

  /** The data element by which a leg names the flight of another airline that it is sold on. */
  private static final String OPERATED_AS = "050";

  private final FileLines lines;
  private final Consumer<String> warnings;
  private final Deque<FlightRow> ready = new ArrayDeque<>();
  private @Nullable SsimRecord leg;
  private boolean isCodeShare;
  private boolean isUtc;
  private boolean isInSeason;
  private boolean isOver;
  private long segments;
  private String serial = "";

  /**
   * Reads the lines as SSIM.
   *
   * @param warnings told what is odd and costs no flight
   */
  public SsimReader(FileLines lines, Consumer<String> warnings) {
    this.lines = lines;
    this.warnings = warnings;
  }

  /** Whether a file that begins so is one. */
  public static boolean isSsim(String firstLine) {
    return firstLine.startsWith("1" + TITLE);
  }

  /** The legs with their periods: see {@link PeriodRules}. */
  public Stream<FlightRow> rows() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(new Rows(), Spliterator.ORDERED), false);
  }

  private final class Rows implements Iterator<FlightRow> {

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && !isOver) {
        read();
      }
      return !ready.isEmpty();
    }

    @Override
    public FlightRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }
  }

  private void read() {
    try {
      var text = lines.next();
      if (text.isEmpty()) {
        end();
      } else if (!isFiller(text.get())) {
        take(new SsimRecord(lines.line(), text.get()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Records of zeros fill blocks. */
  private static boolean isFiller(String text) {
    return text.chars().allMatch(c -> c == '0' || c == ' ');
  }

  private void take(SsimRecord record) {
    switch (record.type()) {
      case '1' -> flush();
      case '2' -> {
        flush();
        isUtc = record.at(2) == 'U';
        isInSeason = true;
      }
      case '3' -> {
        flush();
        leg = record;
      }
      case '4' -> {
        segments++;
        isCodeShare |= record.raw(31, 33).equals(OPERATED_AS);
      }
      case '5' -> {
        flush();
        checkSerial(record);
        isInSeason = false;
      }
      default ->
          ready.add(
              FlightRow.wrong(
                  record.line(), "bad_ssim_record", "there is no record type " + record.type()));
    }
    serial = record.raw(195, 200);
  }

  private void checkSerial(SsimRecord trailer) {
    if (!trailer.raw(188, 193).equals(serial)) {
      warnings.accept(
          "Line %d: the trailer comes after record %s, but says %s: records may be missing."
              .formatted(trailer.line(), serial, trailer.raw(188, 193)));
    }
  }

  /** A leg is complete when the next record is no segment data of it. */
  private void flush() {
    if (leg != null) {
      ready.add(
          isInSeason
              ? SsimLeg.row(leg, isUtc, isCodeShare)
              : FlightRow.wrong(
                  leg.line(), "bad_ssim_record", "no carrier record (type 2) comes before it"));
    }
    leg = null;
    isCodeShare = false;
  }

  private void end() {
    flush();
    isOver = true;
    if (isInSeason) {
      warnings.accept("The file ends without a trailer (type 5): records may be missing.");
    }
    if (segments > 0) {
      warnings.accept("%d records of segment data (type 4) were not read.".formatted(segments));
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
