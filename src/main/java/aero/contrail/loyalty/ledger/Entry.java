package aero.contrail.loyalty.ledger;

import aero.contrail.events.MemberNumber;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What moved for one cause. Written once and never changed: what was wrong is reversed by another.
 *
 * @param lot whose points moved, if there are any
 * @param rule the version of the rule that decided the figures
 * @param points of the award that came, less than zero those that went
 * @param tierPoints the same of those that count for the tier
 * @param at when its cause happened
 */
public record Entry(
    UUID id,
    MemberNumber member,
    Kind kind,
    Cause cause,
    @Nullable UUID lot,
    String rule,
    long points,
    long tierPoints,
    Instant at,
    List<Movement> movements) {

  /** Why points move; once of each kind for a cause. */
  public enum Kind {
    FORECAST,
    POSTED,
    CANCELLED,
    REVERSED
  }

  public Entry {
    movements = List.copyOf(movements);
  }
}
