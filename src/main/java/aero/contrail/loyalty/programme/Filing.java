package aero.contrail.loyalty.programme;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;

/** What all who file rules keep to. */
@Component
public class Filing {

  private static final ZoneOffset LAST = ZoneOffset.ofHours(14);

  private final Clock clock;

  Filing(Clock clock) {
    this.clock = clock;
  }

  /**
   * What flew, and flies today, is decided by what was filed before. It is tomorrow somewhere
   * before it is here: the last zone of the day decides.
   */
  public void requireAhead(LocalDate from) {
    var today = clock.instant().atOffset(LAST).toLocalDate();
    if (!from.isAfter(today)) {
      throw Problem.invalid(
          "/effectiveFrom", "not_ahead", "Rules can be filed for days after %s.".formatted(today));
    }
  }

  /** What is filed never changes. */
  public static Problem alreadyFiled(LocalDate from) {
    return new Problem(ProblemCode.ALREADY_FILED, "There is a version from %s on.".formatted(from));
  }
}
