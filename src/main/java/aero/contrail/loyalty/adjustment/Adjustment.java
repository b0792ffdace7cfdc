package aero.contrail.loyalty.adjustment;

import aero.contrail.events.MemberNumber;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Points that the staff gives, or takes.
 *
 * @param points less than zero to take some
 * @param requestedBy the client of who asked for it
 * @param decidedBy the client of who approved or rejected it; null when nobody had to
 */
record Adjustment(
    UUID id,
    MemberNumber member,
    int points,
    String reason,
    Status status,
    String requestedBy,
    Instant requestedAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt) {

  enum Status {
    /** A second person has to approve it. */
    PENDING,
    DONE,
    REJECTED
  }
}
