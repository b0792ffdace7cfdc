package aero.contrail.order;

import aero.contrail.order.OrderState.Known;
import aero.contrail.order.OrderState.Payment;
import aero.contrail.order.OrderState.PaymentStatus;
import aero.contrail.order.OrderState.Refund;
import aero.contrail.order.OrderState.RefundStatus;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/** Which money has to move, seen from the state of an order. */
final class PaymentRules {

  private PaymentRules() {}

  /** Something the provider has to do. */
  record Movement(Payment payment, Operation operation, Money amount) {}

  /** Money of an order that has ended goes back where it came from. */
  static List<Movement> settle(Known state) {
    return switch (state.status()) {
      case FAILED, EXPIRED, CANCELLED, REJECTED ->
          state.details().payments().stream()
              .flatMap(payment -> back(payment, state).stream())
              .toList();
      case PLACED, WAITLISTED, HELD, CONFIRMING, TICKETED, COMPLETED -> List.of();
    };
  }

  private static Optional<Movement> back(Payment payment, Known state) {
    return switch (payment.status()) {
      case AUTHORIZED -> Optional.of(new Movement(payment, Operation.VOID, payment.amount()));
      case CAPTURED -> refund(payment, state);
      case PENDING, DECLINED, VOIDED -> Optional.empty();
    };
  }

  /** What the cancellation decided; everything when money came in for which nothing was issued. */
  private static Optional<Movement> refund(Payment payment, Known state) {
    var decided = state.details().refund(payment.id());
    if (decided.isPresent()) {
      return decided
          .filter(refund -> refund.status() == RefundStatus.DUE)
          .map(Refund::amount)
          .map(amount -> new Movement(payment, Operation.REFUND, amount));
    }
    return state.details().tickets().isEmpty()
        ? Optional.of(new Movement(payment, Operation.REFUND, payment.amount()))
        : Optional.empty();
  }

  /** The payment that has to be captured now that space is confirmed. */
  static Optional<Movement> capture(OrderState state) {
    return state instanceof OrderState.Confirming(var details, var id, _)
        ? details
            .payment(id)
            .filter(payment -> payment.status() == PaymentStatus.AUTHORIZED)
            .map(payment -> new Movement(payment, Operation.CAPTURE, payment.amount()))
        : Optional.empty();
  }
}
