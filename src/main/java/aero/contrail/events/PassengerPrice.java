package aero.contrail.events;

import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What the passengers of one type pay.
 *
 * @param count how many passengers of the type travel, at least 1
 * @param fare for one of them, without taxes
 * @param taxes for one of them
 */
public record PassengerPrice(PassengerType type, int count, Money fare, List<Tax> taxes) {

  public PassengerPrice {
    taxes = List.copyOf(taxes);
    if (count < 1) {
      throw new IllegalArgumentException("count must be positive: " + count);
    }
  }

  /** The same for fewer; empty for none. */
  Optional<PassengerPrice> fewer(int by) {
    return by < count
        ? Optional.of(new PassengerPrice(type, count - by, fare, taxes))
        : Optional.empty();
  }

  /** Taxes of one passenger. */
  public Money taxTotal() {
    return taxes.stream().map(Tax::amount).reduce(Money.zero(fare.getCurrencyUnit()), Money::plus);
  }

  /** Fare and taxes of all passengers of the type. */
  public Money total() {
    return fare.plus(taxTotal()).multipliedBy(count);
  }
}
