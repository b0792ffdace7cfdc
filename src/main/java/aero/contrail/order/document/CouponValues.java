package aero.contrail.order.document;

import aero.contrail.events.Tax;
import aero.contrail.events.Ticket;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.joda.money.Money;

/**
 * What of a document belongs to each of its coupons: of the fare by their miles, of each tax the
 * same. Cut at the cent, coupon after coupon, so that they always add up to the whole, in how many
 * steps ever they are given back.
 */
public final class CouponValues {

  private CouponValues() {}

  /** One for each coupon. */
  public static List<Money> fares(Ticket ticket) {
    return split(ticket.fare(), ticket.coupons().stream().map(Ticket.Coupon::miles).toList());
  }

  /** For each coupon its share of each of the taxes. */
  public static List<List<Tax>> taxes(List<Tax> taxes, int coupons) {
    var shares =
        taxes.stream().map(tax -> split(tax.amount(), Collections.nCopies(coupons, 1))).toList();
    return IntStream.range(0, coupons)
        .mapToObj(
            coupon ->
                IntStream.range(0, taxes.size())
                    .mapToObj(i -> new Tax(taxes.get(i).code(), shares.get(i).get(coupon)))
                    .toList())
        .toList();
  }

  private static List<Money> split(Money money, List<Integer> weights) {
    var whole = weights.stream().mapToLong(Integer::longValue).sum();
    var minor = BigInteger.valueOf(money.getAmountMinorLong());
    var shares = new ArrayList<Money>();
    var before = 0L;
    var weight = 0L;
    for (var next : weights) {
      weight += next;
      var upTo =
          minor.multiply(BigInteger.valueOf(weight)).divide(BigInteger.valueOf(whole)).longValue();
      shares.add(Money.ofMinor(money.getCurrencyUnit(), upTo - before));
      before = upTo;
    }
    return shares;
  }
}
