package aero.contrail.order.revenue;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.TICKETED;
import static aero.contrail.order.model.Family.coupon;
import static aero.contrail.order.model.Family.number;
import static aero.contrail.order.revenue.Account.BREAKAGE;
import static aero.contrail.order.revenue.Account.CASH;
import static aero.contrail.order.revenue.Account.CLEARING;
import static aero.contrail.order.revenue.Account.DEPOSITS;
import static aero.contrail.order.revenue.Account.EARNED_FARES;
import static aero.contrail.order.revenue.Account.FEES;
import static aero.contrail.order.revenue.Account.PAID_OTHERWISE;
import static aero.contrail.order.revenue.Account.REFUNDS_DUE;
import static aero.contrail.order.revenue.Account.TAXES_COLLECTED;
import static aero.contrail.order.revenue.Account.TAXES_PAYABLE;
import static aero.contrail.order.revenue.Account.UNEARNED_FARES;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderEvent.Penalty;
import aero.contrail.events.OrderEvent.RefundSettlement;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.RecordLocator;
import aero.contrail.order.model.Family;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.joda.money.Money;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Two adults at 300.00 and an infant at 30.00, there and back, each with 30.10 of three taxes:
 * 630.00 of fares and 90.30 of taxes. A way of an adult is 150.00 and 15.05.
 */
class RevenueRulesTests {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final OrderId ORDER = ((OrderEvent.Placed) Family.placed(true)).order();
  private static final PaymentId PAYMENT = new PaymentId(UUID.randomUUID());
  private static final Money ALL = usd("720.30");
  private static final UUID REFUND = UUID.randomUUID();

  private static Money usd(String amount) {
    return Money.parse("USD " + amount);
  }

  private static List<OrderEvent> sold(boolean refundable) {
    return new ArrayList<>(
        List.of(
            Family.placed(refundable),
            new OrderEvent.Held(ORDER, new RecordLocator("K3X9QD"), NOON, NOON),
            new OrderEvent.PaymentRequested(ORDER, PAYMENT, ALL, NOON),
            new OrderEvent.PaymentAuthorized(ORDER, PAYMENT, ALL, NOON),
            new OrderEvent.PaymentCaptured(ORDER, PAYMENT, ALL, NOON),
            TICKETED));
  }

  private static List<OrderEvent> sold(OrderEvent... then) {
    var facts = sold(true);
    facts.addAll(List.of(then));
    return facts;
  }

  private static Map<Account, Long> standing(List<OrderEvent> facts) {
    var accounts = new EnumMap<Account, Long>(Account.class);
    for (var movement : RevenueRules.movements(facts)) {
      movement.forEach((account, amount) -> accounts.merge(account, amount, Long::sum));
    }
    accounts.values().removeIf(amount -> amount == 0);
    return accounts;
  }

  private static Map<Account, Long> last(List<OrderEvent> facts) {
    return RevenueRules.movements(facts).getLast();
  }

  private static OrderEvent flown(int... tickets) {
    return new OrderEvent.CouponsFlown(
        ORDER, OUT, Arrays.stream(tickets).mapToObj(Family::number).toList(), NOON);
  }

  @Nested
  class Sales {

    @Test
    void aPaymentIsADepositUntilThereAreDocuments() {
      assertThat(last(sold(true).subList(0, 5))).isEqualTo(Map.of(CASH, 72030L, DEPOSITS, -72030L));
      assertThat(last(sold(true)))
          .isEqualTo(Map.of(DEPOSITS, 72030L, UNEARNED_FARES, -63000L, TAXES_COLLECTED, -9030L));
    }

    @Test
    void whatIsOnlyAuthorisedIsNotTaken() {
      assertThat(RevenueRules.movements(sold(true).subList(0, 4))).allMatch(Map::isEmpty);
    }
  }

  @Nested
  class Flights {

    @Test
    void areEarnedCouponByCoupon() {
      assertThat(last(sold(flown(1))))
          .isEqualTo(
              Map.of(
                  UNEARNED_FARES, 15000L,
                  EARNED_FARES, -15000L,
                  TAXES_COLLECTED, 1505L,
                  TAXES_PAYABLE, -1505L));
      assertThat(standing(sold(flown(1, 2, 3))))
          .isEqualTo(
              Map.of(
                  CASH, 72030L,
                  UNEARNED_FARES, -31500L,
                  TAXES_COLLECTED, -4515L,
                  EARNED_FARES, -31500L,
                  TAXES_PAYABLE, -4515L));
    }

    @Test
    void thatAreMissedAreBreakageWhenTheFareGivesNothingBack() {
      var noShow =
          new OrderEvent.CouponStatusChanged(
              ORDER, coupon(1, OUT), CouponStatus.O, CouponStatus.S, NOON);
      assertThat(last(sold(noShow))).isEmpty();
      var lost = sold(false);
      lost.add(noShow);
      assertThat(last(lost)).isEqualTo(Map.of(UNEARNED_FARES, 15000L, BREAKAGE, -15000L));
      lost.add(
          new OrderEvent.CouponStatusChanged(
              ORDER, coupon(1, OUT), CouponStatus.S, CouponStatus.O, NOON));
      assertThat(last(lost)).isEqualTo(Map.of(UNEARNED_FARES, -15000L, BREAKAGE, 15000L));
    }
  }

  @Nested
  class Refunds {

    /** Ada gives up her way back: 150.00 and 15.05, of which the fare keeps 75.00. */
    private final OrderEvent part =
        new OrderEvent.PartCancelled(
            ORDER,
            REFUND,
            OrderEvent.CancellationCause.CUSTOMER,
            List.of(new Part(BACK, List.of(ADA))),
            usd("90.05"),
            List.of(new Penalty(number(1), usd("75.00"))),
            null,
            NOON);

    private final OrderEvent refunded =
        new OrderEvent.CouponsRefunded(ORDER, List.of(coupon(1, BACK)), NOON);
    private final OrderEvent issued =
        new OrderEvent.RefundIssued(ORDER, REFUND, PAYMENT, usd("90.05"), NOON);

    @Test
    void areDueWhenTheyAreDecidedAndPaidWhenTheyAreIssued() {
      assertThat(standing(sold(part, refunded)))
          .isEqualTo(
              Map.of(
                  CASH, 72030L,
                  REFUNDS_DUE, -9005L,
                  FEES, -7500L,
                  UNEARNED_FARES, -48000L,
                  TAXES_COLLECTED, -7525L));
      assertThat(last(sold(part, refunded, issued)))
          .isEqualTo(Map.of(CASH, -9005L, REFUNDS_DUE, 9005L));
    }

    @Test
    void areClearedWithinTheDecision() {
      assertThat(last(sold(part))).containsEntry(CLEARING, 16505L);
      assertThat(last(sold(part, refunded))).containsEntry(CLEARING, -16505L);
    }

    @Test
    void thatPeoplePaidOtherwiseAreNotOfThisCash() {
      var facts =
          sold(
              part,
              refunded,
              new OrderEvent.RefundFailed(ORDER, REFUND, PAYMENT, usd("90.05"), "closed", NOON));
      assertThat(last(facts)).isEmpty();
      facts.add(new OrderEvent.RefundSettled(ORDER, REFUND, RefundSettlement.PAID_OTHERWISE, NOON));
      assertThat(last(facts)).isEqualTo(Map.of(REFUNDS_DUE, 9005L, PAID_OTHERWISE, -9005L));
    }

    @Test
    void thatTheBankSendsBackAreDueAgain() {
      assertThat(
              last(
                  sold(
                      part,
                      refunded,
                      issued,
                      new OrderEvent.RefundFailed(
                          ORDER, REFUND, PAYMENT, usd("90.05"), "closed", NOON))))
          .isEqualTo(Map.of(CASH, 9005L, REFUNDS_DUE, -9005L));
    }
  }

  @Test
  void eachFactAddsUpToZero() {
    var facts = sold(flown(1, 2, 3));
    assertThat(RevenueRules.movements(facts))
        .hasSameSizeAs(facts)
        .allMatch(lines -> lines.values().stream().mapToLong(Long::longValue).sum() == 0);
  }
}
