package aero.contrail.reservation.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with a header (RFC 4180). What is wrong with a row costs that row and no other. For
 * one thread; close it.
 */
public final class Csv implements AutoCloseable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setTrim(true).get();

  private final CsvLines lines;
  private final List<String> columns;

  private Csv(CsvLines lines, List<String> columns) {
    this.lines = lines;
    this.columns = columns;
  }

  /**
   * A row.
   *
   * @param line where it begins in the file, from 1
   * @param values by column; those that the row does not have are missing
   * @param wrong why it cannot be used; null when it can
   */
  public record Row(long line, Map<String, String> values, @Nullable String wrong) {

    public Row {
      values = Map.copyOf(values);
    }

    /**
     * A value; empty when the row does not have it.
     *
     * @throws IllegalArgumentException when the row is wrong
     */
    public String get(String column) {
      if (wrong != null) {
        throw new IllegalArgumentException(wrong);
      }
      return values.getOrDefault(column, "");
    }
  }

  /**
   * Reads the header.
   *
   * @throws IOException when the file has none that can be used, and why
   */
  public static Csv open(InputStream file) throws IOException {
    var lines = new CsvLines(file);
    try {
      return new Csv(lines, header(lines));
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private static List<String> header(CsvLines lines) throws IOException {
    var text = lines.next().orElseThrow(() -> new IOException("The file is empty."));
    if (text.openQuote() > 0) {
      throw new IOException("The quote that opens in the header is never closed.");
    }
    var columns = parse(text.text()).toList();
    if (columns.size() == 1 && columns.getFirst().contains(";")) {
      throw new IOException("The columns are separated by semicolons: save the file with commas.");
    }
    var seen = new HashSet<String>();
    for (var column : columns) {
      if (!column.isEmpty() && !seen.add(column)) {
        throw new IOException("The column %s is there twice.".formatted(column));
      }
    }
    return List.copyOf(columns);
  }

  /** The names of the columns that have one. */
  public List<String> columns() {
    return columns.stream().filter(column -> !column.isEmpty()).toList();
  }

  /** Whether there is a column. */
  public boolean has(String column) {
    return columns.contains(column);
  }

  /** The rows that say anything; throws {@link UncheckedIOException} where reading ends early. */
  public Stream<Row> rows() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(new Rows(), Spliterator.ORDERED), false);
  }

  private final class Rows implements Iterator<Row> {
    private @Nullable Row next;

    @Override
    public boolean hasNext() {
      try {
        while (next == null) {
          var text = lines.next().orElse(null);
          if (text == null) {
            return false;
          }
          next = row(text);
        }
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Row next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      var row = next;
      next = null;
      return row;
    }
  }

  /** Null for a line of nothing but commas. */
  private @Nullable Row row(CsvLines.Text text) {
    if (text.openQuote() > 0) {
      return wrong(
          text, "the quote that opens in line %d is never closed".formatted(text.openQuote()));
    }
    if (text.text().indexOf('\0') >= 0) {
      return wrong(text, "it has a NUL character");
    }
    CSVRecord fields;
    try {
      fields = parse(text.text());
    } catch (IOException e) {
      return wrong(text, "a quote stands where none may be");
    }
    if (fields.stream().allMatch(String::isEmpty)) {
      return null;
    }
    return row(text, fields);
  }

  private Row row(CsvLines.Text text, CSVRecord fields) {
    var values = new HashMap<String, String>();
    for (var i = 0; i < fields.size(); i++) {
      var name = i < columns.size() ? columns.get(i) : "";
      var value = fields.get(i);
      if (name.isEmpty() && !value.isEmpty()) {
        return wrong(text, "value %d has no column".formatted(i + 1));
      }
      if (!name.isEmpty()) {
        values.put(name, value);
      }
    }
    return new Row(text.line(), values, null);
  }

  private static Row wrong(CsvLines.Text text, String why) {
    return new Row(text.line(), Map.of(), why);
  }

  /** Exactly one record, or the text is none. */
  private static CSVRecord parse(String text) throws IOException {
    try (var parser = CSVParser.parse(text, FORMAT)) {
      var records = parser.getRecords();
      if (records.size() != 1) {
        throw new IOException("not one record");
      }
      return records.getFirst();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
