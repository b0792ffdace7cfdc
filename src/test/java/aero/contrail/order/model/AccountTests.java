package aero.contrail.order.model;

import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import aero.contrail.events.PaymentId;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Refund;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A hundred for the order, then fifty for a change of it. */
class AccountTests {

  private static final Payment FIRST = paid("100.00");
  private static final Payment SECOND = paid("50.00");
  private static final UUID WHOLE = UUID.randomUUID();
  private static final UUID CAUSE = UUID.randomUUID();
  private static final Account BOTH = Account.of(List.of(FIRST, SECOND));

  private static Payment paid(String amount) {
    return new Payment(new PaymentId(UUID.randomUUID()), usd(amount), PaymentStatus.CAPTURED);
  }

  private static Account less(String amount) {
    return BOTH.refunding(usd(amount), BOTH.keys(CAUSE));
  }

  @Test
  void whatWasTakenLastGoesBackFirst() {
    assertThat(less("35.00").refunds())
        .extracting(Refund::payment, Refund::amount)
        .containsExactly(tuple(SECOND.id(), usd("35.00")));
    assertThat(less("60.00").refunds())
        .extracting(Refund::payment, Refund::amount)
        .containsExactly(tuple(SECOND.id(), usd("50.00")), tuple(FIRST.id(), usd("10.00")));
  }

  /** Nothing came of the change: all that was paid for it goes back, and no payment pays twice. */
  @Test
  void aWholePaymentGoesBackAlsoWhenPartOfItHas() {
    var back = less("35.00").givenBack(SECOND, WHOLE);
    assertThat(back.refunds())
        .extracting(Refund::payment, Refund::amount)
        .containsExactly(
            tuple(SECOND.id(), usd("35.00")),
            tuple(SECOND.id(), usd("15.00")),
            tuple(FIRST.id(), usd("35.00")));
    assertThat(back.givenBack(SECOND, WHOLE)).isEqualTo(back);
  }

  @Test
  void alsoWhenAllOfItHas() {
    var back = less("50.00").givenBack(SECOND, WHOLE);
    assertThat(back.refunded(SECOND)).isEqualTo(usd("50.00"));
    assertThat(back.refunded(FIRST)).isEqualTo(usd("50.00"));
    assertThat(back.givenBack(SECOND, WHOLE)).isEqualTo(back);
  }

  @Test
  void itIsOneRefundWhenNothingHas() {
    assertThat(BOTH.givenBack(SECOND, WHOLE).refunds())
        .extracting(Refund::id, Refund::amount)
        .containsExactly(tuple(WHOLE, usd("50.00")));
  }

  /** Each step says all that is lost so far. */
  @Test
  void whatIsNotDeliveredGoesBackStepByStep() {
    var once = BOTH.notDelivered(FIRST, CAUSE, usd("12.00"));
    assertThat(once.notDelivered(FIRST, CAUSE, usd("12.00"))).isEqualTo(once);
    var twice = once.notDelivered(FIRST, CAUSE, usd("47.00"));
    assertThat(twice.refunds())
        .extracting(Refund::amount)
        .containsExactly(usd("12.00"), usd("35.00"));
    assertThat(twice.notDelivered(FIRST, CAUSE, usd("47.00"))).isEqualTo(twice);
  }
}
