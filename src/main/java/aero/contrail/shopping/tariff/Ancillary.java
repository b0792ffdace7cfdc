package aero.contrail.shopping.tariff;

import aero.contrail.events.PassengerType;
import java.util.List;
import org.joda.money.Money;

/**
 * A service beside the flight, as it is filed.
 *
 * @param amount for one on one flight
 * @param cabins in which it can be had, one letter each
 */
public record Ancillary(
    String code,
    Kind kind,
    String name,
    Money amount,
    int maxQuantity,
    List<PassengerType> passengerTypes,
    String cabins) {

  /** What it is. */
  public enum Kind {
    BAG,
    SEAT,
    MEAL,
    SPECIAL
  }

  public Ancillary {
    passengerTypes = List.copyOf(passengerTypes);
  }

  /** Whether it goes with a brand; who may not choose a seat is not offered one. */
  public boolean goesWith(Brand brand, String cabin) {
    return cabins.contains(cabin)
        && (kind != Kind.SEAT || brand.seatChoice() != Brand.SeatChoice.NONE);
  }

  /** What one costs with a brand, which may include it. */
  public Money price(Brand brand) {
    return kind == Kind.SEAT && brand.seatChoice() == Brand.SeatChoice.INCLUDED
        ? Money.zero(amount.getCurrencyUnit())
        : amount;
  }
}
