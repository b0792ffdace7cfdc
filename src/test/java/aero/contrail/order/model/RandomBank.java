package aero.contrail.order.model;

import aero.contrail.events.LoyaltyEvent.HoldRefusal;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent.RefundSettlement;
import aero.contrail.events.PaymentId;
import aero.contrail.order.model.OrderCommand.Points;
import aero.contrail.order.model.OrderState.Refund;
import aero.contrail.order.model.OrderState.RefundStatus;
import aero.contrail.order.payment.PointsTender;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a bank does, at random. */
final class RandomBank {

  private final Random random;

  RandomBank(Random random) {
    this.random = random;
  }

  /** Takes money or lets it go, as it is asked to; null when it is not. */
  @Nullable OrderCommand movement(OrderState.Known state, long serial, Instant now) {
    for (var movement : PaymentRules.settle(state)) {
      switch (movement.operation()) {
        case CAPTURE -> {
          return new OrderCommand.RecordCapture(movement.payment(), movement.amount(), serial, now);
        }
        case VOID -> {
          return new OrderCommand.RecordVoid(movement.payment(), movement.amount(), now);
        }
        case AUTHORISE, REFUND -> {} // see below
      }
    }
    return null;
  }

  /** Points that pay the fares, where they can, most of the time. */
  @Nullable Points points(Details details) {
    var due = PointsRules.due(details);
    return due == null || random.nextInt(4) == 0
        ? null
        : new Points(new PaymentId(UUID.randomUUID()), new MemberNumber("4000000010"), due);
  }

  /** Whether somebody has to say if they are held. */
  boolean isAsked(@Nullable PointsTender tender) {
    return tender != null && tender.status() == PointsTender.Status.REQUESTED;
  }

  /** Whether they are held. */
  OrderCommand answer(Details details, Instant now) {
    var tender = Objects.requireNonNull(details.tender());
    return random.nextInt(10) == 0
        ? new OrderCommand.RecordPointsRefusal(tender.payment(), HoldRefusal.NOT_ENOUGH, now)
        : new OrderCommand.RecordPointsHeld(tender.payment(), now);
  }

  /** What becomes of a refund, and what people decide about one that was refused. */
  @Nullable OrderCommand refund(Details details, Instant now) {
    var failed = refunds(details, RefundStatus.FAILED);
    if (!failed.isEmpty() && random.nextBoolean()) {
      return random.nextBoolean()
          ? new OrderCommand.RetryRefund(failed.getFirst().id(), UUID.randomUUID(), now)
          : new OrderCommand.SettleRefund(
              failed.getFirst().id(), RefundSettlement.PAID_OTHERWISE, now);
    }
    var done = refunds(details, RefundStatus.DONE);
    if (!done.isEmpty() && random.nextInt(10) == 0) { // the customer's bank sends it back
      var one = done.getFirst();
      return new OrderCommand.RecordRefundRefusal(
          one.id(), one.payment(), one.amount(), "closed", now);
    }
    var due = refunds(details, RefundStatus.DUE);
    if (due.isEmpty()) {
      return null;
    }
    var one = due.get(random.nextInt(due.size()));
    return random.nextInt(5) > 0
        ? new OrderCommand.RecordRefund(one.id(), one.payment(), one.amount(), now)
        : new OrderCommand.RecordRefundRefusal(one.id(), one.payment(), one.amount(), "no", now);
  }

  private static List<Refund> refunds(Details details, RefundStatus status) {
    return details.refunds().stream()
        .filter(r -> r.status() == status && !details.account().isByPoints(r.payment()))
        .toList();
  }
}
