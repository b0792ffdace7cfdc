package aero.contrail.loyalty.programme;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The days by which the programme counts: those of UTC. */
public final class ProgrammeDay {

  private ProgrammeDay() {}

  /** The day on which something happens. */
  public static LocalDate of(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
