package aero.contrail.shopping.tariff;

import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.PassengerType;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * A service beside the flight, as it is filed.
 *
 * @param amount for one on one flight
 * @param cabins in which it can be had, one letter each
 * @param refundable whether what was paid goes back when it is given up
 * @param rows of a seat by type of aircraft; none: all that no other seat names
 */
public record Ancillary(
    String code,
    ServiceKind kind,
    String name,
    Money amount,
    int maxQuantity,
    List<PassengerType> passengerTypes,
    String cabins,
    boolean refundable,
    Map<String, List<Integer>> rows) {

  public Ancillary {
    passengerTypes = List.copyOf(passengerTypes);
    rows = Map.copyOf(rows);
  }

  /** Whether an aircraft has such seats, if it is one. */
  public boolean isOn(String aircraft) {
    return rows.isEmpty() || rows.containsKey(aircraft);
  }

  /** Whether it goes with a brand; who may not choose a seat is not offered one. */
  public boolean goesWith(Brand brand, String cabin) {
    return cabins.contains(cabin)
        && (kind != ServiceKind.SEAT || brand.seatChoice() != Brand.SeatChoice.NONE);
  }

  /** What one costs with a brand, which may include it. */
  public Money price(Brand brand) {
    return kind == ServiceKind.SEAT && brand.seatChoice() == Brand.SeatChoice.INCLUDED
        ? Money.zero(amount.getCurrencyUnit())
        : amount;
  }
}
