package aero.contrail.reservation.csv;

import java.io.IOException;
import java.io.Serial;

/** A file that cannot be read from a line on. */
public final class UnreadableFile extends IOException {

  @Serial private static final long serialVersionUID = 1;

  private final long line;

  UnreadableFile(long line, String why) {
    super("The file cannot be read from line %d on: %s.".formatted(line, why));
    this.line = line;
  }

  /** From 1. */
  public long line() {
    return line;
  }
}
