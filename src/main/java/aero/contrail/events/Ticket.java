package aero.contrail.events;

import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A document issued to one passenger: a coupon for each flight.
 *
 * @param type null when that was not recorded
 * @param member who earns points with it, if anybody
 * @param fare what its coupons are worth together, without taxes
 * @param taxes null when that was not recorded: then those of the price of the order
 */
public record Ticket(
    TicketNumber number,
    PassengerId passenger,
    @Nullable PassengerType type,
    @Nullable MemberNumber member,
    Money fare,
    @Nullable List<Tax> taxes,
    List<Coupon> coupons) {

  public Ticket {
    taxes = taxes == null ? null : List.copyOf(taxes);
    coupons = List.copyOf(coupons);
  }

  /** The right to fly one flight in the class that was bought. */
  public record Coupon(FlightId flight, String fareClass, int miles) {}
}
