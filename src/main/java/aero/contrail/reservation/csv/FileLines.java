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
 * The lines of a file that somebody sent: plain or gzip, UTF-8 with or without a byte order mark,
 * with line ends of any system, and bounded in every way. Needs the memory of one line. For one
 * thread; close it.
 */
public final class FileLines implements Closeable {

  /** A line is a flight or an airport: what is longer is none. */
  static final int LONGEST = 64 * 1024;

  /** As it is when it is inflated. */
  static final long LARGEST_FILE = 1L << 28;

  /** More than all flights of the largest airline in a year. */
  static final long MOST_LINES = 2_000_000;

  private static final int BUFFER = 64 * 1024;

  private final InputStream file;
  private long bytes;
  private long line;

  /**
   * Begins to read.
   *
   * @throws IOException when it is a gzip file and broken
   */
  public FileLines(InputStream file) throws IOException {
    this.file = withoutMark(unzipped(file));
  }

  /** The number of the line that was read last, from 1 as an editor shows it. */
  public long line() {
    return line;
  }

  /**
   * The next line without its end; empty at the end of the file.
   *
   * @throws UnreadableFile when the file cannot be read from here on
   */
  public Optional<String> next() throws IOException {
    var buffer = new ByteArrayOutputStream(200);
    line++;
    var next = file.read();
    for (; next >= 0 && next != '\n'; next = file.read()) {
      buffer.write(next);
      if (buffer.size() > LONGEST) {
        throw new UnreadableFile(line, "it has a line of more than %d bytes".formatted(LONGEST));
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
