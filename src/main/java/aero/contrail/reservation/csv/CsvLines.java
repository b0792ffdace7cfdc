package aero.contrail.reservation.csv;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The records of a CSV file as text, each with the line at which an editor shows its beginning: a
 * field that begins with a quote which is open at the end of a line goes on in the next. Plain or
 * gzip, UTF-8 with or without a byte order mark. Needs the memory of one record. For one thread;
 * close it.
 */
final class CsvLines implements Closeable {

  /** A record is a flight or an airport: what is longer is none. */
  static final int LONGEST_RECORD = 64 * 1024;

  /** As it is when it is inflated. */
  static final long LARGEST_FILE = 1L << 28;

  /** More than all flights of the largest airline in a year. */
  static final long MOST_LINES = 2_000_000;

  private static final int BUFFER = 64 * 1024;

  private final InputStream file;
  private long bytes;
  private long line;

  CsvLines(InputStream file) throws IOException {
    this.file = withoutMark(unzipped(file));
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
    for (var first = readLine(); first.isPresent(); first = readLine()) {
      if (!first.get().isBlank()) {
        return Optional.of(record(first.get()));
      }
    }
    return Optional.empty();
  }

  private Text record(String first) throws IOException {
    var begun = line;
    var text = new StringBuilder(first);
    var opened = isOpenAfter(first, false) ? line : 0;
    while (opened > 0) {
      var more = readLine();
      if (more.isEmpty() || text.length() + more.get().length() > LONGEST_RECORD) {
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

  private Optional<String> readLine() throws IOException {
    var buffer = new ByteArrayOutputStream(200);
    line++;
    var next = file.read();
    for (; next >= 0 && next != '\n'; next = file.read()) {
      buffer.write(next);
      if (buffer.size() > LONGEST_RECORD) {
        throw new UnreadableFile(
            line, "it has a line of more than %d bytes".formatted(LONGEST_RECORD));
      }
    }
    bytes += buffer.size() + 1;
    if (bytes > LARGEST_FILE || line > MOST_LINES) {
      throw new UnreadableFile(
          line,
          "it may have %d bytes and %d lines: send it in parts"
              .formatted(LARGEST_FILE, MOST_LINES));
    }
    return next < 0 && buffer.size() == 0
        ? Optional.empty()
        : Optional.of(text(buffer.toByteArray()));
  }

  private String text(byte[] content) throws UnreadableFile {
    var length = content.length;
    if (length > 0 && content[length - 1] == '\r') {
      length--;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(content, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableFile(line, "it is not UTF-8: save it in that encoding");
    }
  }

  private static InputStream unzipped(InputStream file) throws IOException {
    var buffered = new BufferedInputStream(file, BUFFER);
    buffered.mark(2);
    var gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    return gzip ? new BufferedInputStream(new GZIPInputStream(buffered, BUFFER), BUFFER) : buffered;
  }

  /** Spreadsheets put a byte order mark in front of UTF-8. */
  private static InputStream withoutMark(InputStream file) throws IOException {
    file.mark(3);
    if (file.read() != 0xEF || file.read() != 0xBB || file.read() != 0xBF) {
      file.reset();
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
