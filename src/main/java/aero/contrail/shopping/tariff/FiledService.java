package aero.contrail.shopping.tariff;

import aero.contrail.events.PassengerType;
import aero.contrail.events.ServiceOffer.Kind;
import java.util.List;
import org.joda.money.Money;

/**
 * A service as it is filed.
 *
 * @param amount for one on one flight
 * @param cabins in which it can be had, one letter each
 */
public record FiledService(
    String code,
    Kind kind,
    String name,
    Money amount,
    int maxQuantity,
    List<PassengerType> passengerTypes,
    String cabins) {

  public FiledService {
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
