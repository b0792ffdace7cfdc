package aero.contrail.order.model;

import aero.contrail.events.PaymentId;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.RefundStatus;
import aero.contrail.order.payment.PaymentInstruction;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.joda.money.Money;

/** Which money has to move, seen from the state of an order. */
public final class PaymentRules {

  private PaymentRules() {}

  /**
   * Something the provider has to do.
   *
   * @param id the key under which it is asked
   */
  public record Movement(UUID id, PaymentId payment, Operation operation, Money amount) {

    static Movement of(Payment payment, Operation operation) {
      return new Movement(
          PaymentInstruction.idOf(payment.id(), operation),
          payment.id(),
          operation,
          payment.amount());
    }
  }

  /** What was refunded, and all money of an order that has ended, goes back where it came from. */
  public static List<Movement> settle(Known state) {
    var details = state.details();
    var movements = new ArrayList<Movement>();
    for (var refund : details.refunds()) {
      if (refund.status() == RefundStatus.DUE && !details.account().isByPoints(refund.payment())) {
        movements.add(
            new Movement(refund.id(), refund.payment(), Operation.REFUND, refund.amount()));
      }
    }
    switch (state.status()) {
      case FAILED, EXPIRED, CANCELLED, REJECTED ->
          details.payments().forEach(payment -> back(payment, details).ifPresent(movements::add));
      case TICKETED, COMPLETED -> {
        changes(details).forEach(movements::add);
        services(details).forEach(movements::add);
      }
      case PLACED, WAITLISTED, HELD, CONFIRMING -> {
        // the order needs its money
      }
    }
    return movements;
  }

  /** What is authorised for a change is taken as long as it is wanted, and else let go. */
  private static Stream<Movement> changes(Details details) {
    return details.changes().stream()
        .flatMap(
            change ->
                details.payment(change).stream()
                    .filter(payment -> payment.status() == PaymentStatus.AUTHORIZED)
                    .map(
                        payment ->
                            Movement.of(
                                payment,
                                change.needsItsMoney() ? Operation.CAPTURE : Operation.VOID)));
  }

  /** What is authorised for services is taken when the flights keep them, and else let go. */
  private static Stream<Movement> services(Details details) {
    return details.sales().all().stream()
        .filter(sale -> sale.status() != ServiceSale.Status.ORDERED)
        .flatMap(
            sale ->
                details.payment(sale).stream()
                    .filter(payment -> payment.status() == PaymentStatus.AUTHORIZED)
                    .map(
                        payment ->
                            Movement.of(
                                payment, sale.isUnderWay() ? Operation.CAPTURE : Operation.VOID)));
  }

  /** What is authorised is let go; what came in goes back if nothing was issued for it. */
  private static Optional<Movement> back(Payment payment, Details details) {
    return switch (payment.status()) {
      case AUTHORIZED -> Optional.of(Movement.of(payment, Operation.VOID));
      case CAPTURED ->
          details.tickets().isEmpty() && details.account().refunded(payment).isZero()
              ? Optional.of(Movement.of(payment, Operation.REFUND))
              : Optional.empty();
      case PENDING, ACTION_REQUIRED, DECLINED, VOIDED -> Optional.empty();
    };
  }

  /** The payment that has to be captured now that space is confirmed. */
  public static Optional<Movement> capture(OrderState state) {
    return state instanceof OrderState.Confirming(var details, var id, _)
        ? details
            .payment(id)
            .filter(payment -> payment.status() == PaymentStatus.AUTHORIZED)
            .map(payment -> Movement.of(payment, Operation.CAPTURE))
        : Optional.empty();
  }
}
