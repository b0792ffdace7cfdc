package aero.contrail.reservation.ssim;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** A record of 200 bytes; columns are counted from 1, as the manual does. */
record SsimRecord(long line, String text) {

  private static final int LENGTH = 200;

  /** Two digits are a year of this century. */
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("ddMMM")
          .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
          .toFormatter(Locale.ENGLISH);

  /** Spaces at the end are easily lost on the way. */
  SsimRecord {
    text = text.length() < LENGTH ? text + " ".repeat(LENGTH - text.length()) : text;
  }

  char type() {
    return text.charAt(0);
  }

  char at(int column) {
    return text.charAt(column - 1);
  }

  /** The text from a column to another, both included, without the spaces around it. */
  String from(int first, int last) {
    return raw(first, last).strip();
  }

  String raw(int first, int last) {
    return text.substring(first - 1, last);
  }

  /** A date like 01JUL13. */
  LocalDate date(int first, int last) {
    return LocalDate.parse(from(first, last), DATE);
  }
}
