package aero.contrail.order.payment.stripe;

import java.util.OptionalLong;
import java.util.Set;
import org.joda.money.Money;

/**
 * Amounts as Stripe counts them: in the currency's smallest unit by ISO 4217, with exceptions
 * (docs.stripe.com/currencies, "Special cases").
 */
final class StripeAmounts {

  /** Have no decimals any more, and are counted as if they still had two. */
  private static final Set<String> TWO_DECIMALS = Set.of("ISK", "UGX");

  private static final int HUNDRED = 100;
  private static final int TEN = 10;
  private static final int THREE_DECIMALS = 3;

  private StripeAmounts() {}

  /** Empty for what Stripe cannot move: of three decimals the last must be zero. */
  static OptionalLong of(Money money) {
    var currency = money.getCurrencyUnit();
    var minor = money.getAmountMinorLong();
    if (TWO_DECIMALS.contains(currency.getCode())) {
      return OptionalLong.of(Math.multiplyExact(minor, HUNDRED));
    }
    return currency.getDecimalPlaces() == THREE_DECIMALS && minor % TEN != 0
        ? OptionalLong.empty()
        : OptionalLong.of(minor);
  }
}
