package aero.contrail.loyalty.ledger;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.TicketNumber;
import org.jspecify.annotations.Nullable;

/**
 * What points are for.
 *
 * @param key unique for ever among those of its source
 * @param channel that may know of it; null for staff alone
 */
public record Cause(
    Source source,
    String key,
    @Nullable String channel,
    @Nullable OrderId order,
    @Nullable FlightId flight) {

  /** What brings points. */
  public enum Source {
    COUPON
  }

  /** A coupon that somebody flies. */
  public static Cause of(
      TicketNumber ticket, FlightId flight, OrderId order, @Nullable String channel) {
    return new Cause(Source.COUPON, ticket + "/" + flight, channel, order, flight);
  }
}
