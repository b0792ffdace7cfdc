package aero.contrail.loyalty.earning;

import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.TicketNumber;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member says that he flew a coupon without his number.
 *
 * @param refusal why it brings nothing; null when its points are posted
 * @param points award points that it brought
 */
record Claim(
    UUID id,
    MemberNumber member,
    TicketNumber ticket,
    FlightId flight,
    @Nullable Refusal refusal,
    int points,
    Instant at) {

  /** Why a claim brings nothing. */
  enum Refusal {
    /** No such coupon was sold by the channel that claims, or its document was never told of. */
    UNKNOWN_COUPON,
    NOT_FLOWN,
    /** Somebody has its points. */
    CREDITED,
    /** Points paid for it, its class earns none, or it was a lap infant's. */
    EARNS_NOTHING,
    /** It was flown too long ago. */
    TOO_LATE
  }
}
