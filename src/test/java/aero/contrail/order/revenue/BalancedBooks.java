package aero.contrail.order.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderEvent;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the facts of an order move between accounts adds up, and nothing of it is unexplained. */
public final class BalancedBooks {

  private BalancedBooks() {}

  /**
   * Checks a whole order.
   *
   * @param decisions how many facts there were after each decision: then all is explained
   */
  public static void check(String what, List<OrderEvent> facts, Set<Integer> decisions) {
    var accounts = new EnumMap<Account, Long>(Account.class);
    var movements = RevenueRules.movements(facts);
    for (var i = 0; i < movements.size(); i++) {
      var lines = movements.get(i);
      assertThat(lines.values().stream().mapToLong(Long::longValue).sum()).as(what).isZero();
      assertThat(lines.isEmpty() || facts.get(i) instanceof OrderEvent.OfMoney)
          .as("the journal hears of %s, %s", facts.get(i), what)
          .isTrue();
      lines.forEach((account, amount) -> accounts.merge(account, amount, Long::sum));
      if (decisions.contains(i + 1)) {
        assertThat(accounts.getOrDefault(Account.CLEARING, 0L)).as(what).isZero();
      }
    }
    assertThat(accounts.getOrDefault(Account.CASH, 0L)).as(what).isEqualTo(cash(facts));
    assertThat(accounts.getOrDefault(Account.POINTS, 0L)).as(what).isEqualTo(points(facts));
    accounts.remove(Account.CASH);
    accounts.remove(Account.POINTS);
    accounts.forEach(
        (account, amount) -> assertThat(amount).as("%s of %s", account, what).isNotPositive());
  }

  private static long points(List<OrderEvent> facts) {
    var worth = 0L;
    for (var fact : facts) {
      if (fact instanceof OrderEvent.PointsTenderTaken taken) {
        worth += taken.amount().getAmountMinorLong();
      } else if (fact instanceof OrderEvent.PointsTenderRefunded refunded) {
        worth -= refunded.amount().getAmountMinorLong();
      }
    }
    return worth;
  }

  /**
   * What the provider said that it took and paid back, what banks sent back to it, and what went
   * with passengers to another order.
   */
  private static long cash(List<OrderEvent> facts) {
    var issued = new HashSet<UUID>();
    var cash = 0L;
    for (var fact : facts) {
      switch (fact) {
        case OrderEvent.PaymentCaptured in -> cash += in.amount().getAmountMinorLong();
        case OrderEvent.RefundIssued out -> {
          issued.add(out.refund());
          cash -= out.amount().getAmountMinorLong();
        }
        case OrderEvent.RefundFailed back when issued.remove(back.refund()) ->
            cash += back.amount().getAmountMinorLong();
        case OrderEvent.Split split -> cash -= total(split.payments());
        case OrderEvent.SplitOff off -> cash += total(off.payments());
        default -> {}
      }
    }
    return cash;
  }

  private static long total(List<OrderEvent.PaymentShare> shares) {
    return shares.stream().mapToLong(share -> share.amount().getAmountMinorLong()).sum();
  }
}
