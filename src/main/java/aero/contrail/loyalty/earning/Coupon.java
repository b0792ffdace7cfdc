package aero.contrail.loyalty.earning;

import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.TicketNumber;
import aero.contrail.loyalty.ledger.Cause;
import org.jspecify.annotations.Nullable;

/**
 * What became of a coupon.
 *
 * @param member who earns with it, if anybody
 * @param trip null while no document was told of
 * @param tierPoints that it brought
 */
record Coupon(
    Key key,
    OrderId order,
    @Nullable MemberNumber member,
    @Nullable Trip trip,
    Status status,
    long tierPoints) {

  enum Status {
    SOLD,
    FLOWN,
    GIVEN_UP
  }

  record Key(TicketNumber ticket, FlightId flight) {}

  /**
   * What the document says of it, as far as it earns something.
   *
   * @param channel that sold it; null when that was not recorded
   * @param award whether points paid for it: it earns none
   */
  record Trip(
      @Nullable String channel,
      @Nullable PassengerType type,
      String fareClass,
      int miles,
      boolean award) {}

  /** One of which nothing was told yet. */
  static Coupon unknown(Key key, OrderId order) {
    return new Coupon(key, order, null, null, Status.SOLD, 0);
  }

  Cause cause() {
    return Cause.of(key.ticket(), key.flight(), order, trip == null ? null : trip.channel());
  }

  Coupon sold(@Nullable MemberNumber owner, Trip what) {
    return new Coupon(key, order, owner, what, status, tierPoints);
  }

  /** In which order it is now: whoever leaves an order takes his coupons along. */
  Coupon of(OrderId another) {
    return new Coupon(key, another, member, trip, status, tierPoints);
  }

  Coupon in(Status next, long nextTierPoints) {
    return new Coupon(key, order, member, trip, next, nextTierPoints);
  }
}
