package aero.contrail.loyalty.ledger;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.TicketNumber;
import java.util.UUID;
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

  /** What brings points, or takes them. */
  public enum Source {
    COUPON,
    /** A payment of an order. */
    AWARD,
    /** Time. */
    EXPIRY,
    /** Somebody of the staff. */
    ADJUSTMENT,
    /** Another member, or for one. */
    TRANSFER
  }

  /** A coupon that somebody flies. */
  public static Cause of(
      TicketNumber ticket, FlightId flight, OrderId order, @Nullable String channel) {
    return new Cause(Source.COUPON, ticket + "/" + flight, channel, order, flight);
  }

  /**
   * A payment by points.
   *
   * @param channel that may know of it
   */
  public static Cause of(PaymentId payment, OrderId order, String channel) {
    return new Cause(Source.AWARD, payment.toString(), channel, order, null);
  }

  /** What is no order's, and nobody's but the member's and the staff's. */
  public static Cause of(Source source, UUID id) {
    return new Cause(source, id.toString(), null, null, null);
  }

  /** One of several about the same thing. */
  public Cause part(Object id) {
    return new Cause(source, key + "/" + id, channel, order, flight);
  }
}
