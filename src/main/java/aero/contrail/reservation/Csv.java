package aero.contrail.reservation;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with a header: UTF-8, RFC 4180, plain or gzip. Close it. */
record Csv(CSVParser parser) implements AutoCloseable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setTrim(true)
          .get();

  /**
   * @throws IOException when the stream fails
   * @throws IllegalArgumentException when there is no usable header
   */
  static Csv open(InputStream file) throws IOException {
    return new Csv(
        CSVParser.builder()
            .setFormat(FORMAT)
            .setReader(new InputStreamReader(unzipped(file), StandardCharsets.UTF_8))
            .get());
  }

  private static InputStream unzipped(InputStream file) throws IOException {
    var buffered = new BufferedInputStream(file, 64 * 1024);
    buffered.mark(2);
    var gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    return withoutMark(
        gzip ? new BufferedInputStream(new GZIPInputStream(buffered, 64 * 1024)) : buffered);
  }

  /** Spreadsheets put a byte order mark in front of UTF-8. */
  private static InputStream withoutMark(InputStream file) throws IOException {
    file.mark(3);
    if (file.read() != 0xEF || file.read() != 0xBB || file.read() != 0xBF) {
      file.reset();
    }
    return file;
  }

  List<String> columns() {
    return parser.getHeaderNames();
  }

  boolean has(String column) {
    return columns().contains(column);
  }

  Stream<CSVRecord> records() {
    return parser.stream();
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
