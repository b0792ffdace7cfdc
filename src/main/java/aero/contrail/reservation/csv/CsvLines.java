package aero.contrail.reservation.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The records of a CSV file as text, each with the line at which an editor shows its beginning: a
 * field that begins with a quote which is open at the end of a line goes on in the next. Needs the
 * memory of one record. For one thread; close it.
 */
final class CsvLines implements Closeable {

  private final FileLines lines;

  CsvLines(InputStream file) throws IOException {
    this.lines = new FileLines(file);
  }

  /**
   * A record.
   *
   * @param line of its first character, from 1
   * @param openQuote the line of a quote that is not closed before the end of the file or of what a
   *     record may be; 0 when there is none
   */
  record Text(long line, String text, long openQuote) {}

  /**
   * The next record that is not empty.
   *
   * @throws UnreadableFile when the file cannot be read from here on
   */
  Optional<Text> next() throws IOException {
    for (var first = lines.next(); first.isPresent(); first = lines.next()) {
      if (!first.get().isBlank()) {
        return Optional.of(record(first.get()));
      }
    }
    return Optional.empty();
  }

  private Text record(String first) throws IOException {
    var begun = lines.line();
    var text = new StringBuilder(first);
    var opened = isOpenAfter(first, false) ? lines.line() : 0;
    while (opened > 0) {
      var more = lines.next();
      if (more.isEmpty() || text.length() + more.get().length() > FileLines.LONGEST) {
        return new Text(begun, text.toString(), opened);
      }
      text.append('\n').append(more.get());
      opened = isOpenAfter(more.get(), true) ? opened : 0;
    }
    return new Text(begun, text.toString(), 0);
  }

  private enum Place {
    BEGIN,
    PLAIN,
    QUOTED,
    /** Behind a quote in a quoted field: its end, or the first of two that stand for one. */
    CLOSED
  }

  /**
   * Whether a quote is open at the end of a line. One opens where a field begins; elsewhere it is a
   * character like any other.
   */
  private static boolean isOpenAfter(String text, boolean open) {
    var place = open ? Place.QUOTED : Place.BEGIN;
    for (var i = 0; i < text.length(); i++) {
      place = next(place, text.charAt(i));
    }
    return place == Place.QUOTED;
  }

  private static Place next(Place place, char c) {
    return switch (place) {
      case QUOTED -> c == '"' ? Place.CLOSED : Place.QUOTED;
      case CLOSED -> c == '"' ? Place.QUOTED : c == ',' ? Place.BEGIN : Place.PLAIN;
      case PLAIN -> c == ',' ? Place.BEGIN : Place.PLAIN;
      case BEGIN ->
          c == '"'
              ? Place.QUOTED
              : c == ',' || Character.isWhitespace(c) ? Place.BEGIN : Place.PLAIN;
    };
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
