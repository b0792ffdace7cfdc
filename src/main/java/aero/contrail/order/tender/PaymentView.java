package aero.contrail.order.tender;

import aero.contrail.events.PaymentId;
import aero.contrail.order.PaymentRequest.Method;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.payment.PointsTender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A payment as the API shows it.
 *
 * @param points that pay the amount; null for a card
 * @param actionUrl where the customer has to act before it goes on; null when he has not
 */
public record PaymentView(
    PaymentId id,
    Method method,
    PaymentStatus status,
    Money amount,
    @Nullable Integer points,
    @Nullable String actionUrl) {

  /** The same with where the customer has to act. */
  public PaymentView at(Optional<String> address) {
    return new PaymentView(id, method, status, amount, points, address.orElse(null));
  }

  /** All that paid for an order, or were to. */
  public static List<PaymentView> all(Details details) {
    var tender = details.tender();
    var all = new ArrayList<PaymentView>();
    if (tender != null && !tender.isTaken()) {
      all.add(of(tender, status(tender)));
    }
    for (var payment : details.payments()) {
      all.add(
          tender != null && tender.payment().equals(payment.id())
              ? of(tender, payment.status())
              : new PaymentView(
                  payment.id(), Method.CARD, payment.status(), payment.amount(), null, null));
    }
    return all;
  }

  private static PaymentView of(PointsTender tender, PaymentStatus status) {
    return new PaymentView(
        tender.payment(), Method.POINTS, status, tender.worth(), tender.points(), null);
  }

  private static PaymentStatus status(PointsTender tender) {
    return switch (tender.status()) {
      case REQUESTED -> PaymentStatus.PENDING;
      case HELD -> PaymentStatus.AUTHORIZED;
      case REFUSED -> PaymentStatus.DECLINED;
      case RELEASED -> PaymentStatus.VOIDED;
      case TAKEN -> PaymentStatus.CAPTURED;
    };
  }
}
