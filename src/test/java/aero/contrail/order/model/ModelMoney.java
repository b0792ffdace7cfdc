package aero.contrail.order.model;

import static aero.contrail.order.model.OrderDeciderTests.usd;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.order.document.CouponValues;
import aero.contrail.order.model.OrderState.PaymentStatus;
import java.util.List;
import java.util.Objects;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Where the money of an order is, counted otherwise than the order counts it. */
final class ModelMoney {

  private ModelMoney() {}

  static Money captured(List<OrderState.Payment> payments) {
    return payments.stream()
        .filter(payment -> payment.status() == PaymentStatus.CAPTURED)
        .map(OrderState.Payment::amount)
        .reduce(usd("0.00"), Money::plus);
  }

  /** What a fact says that is not given back. */
  static Money kept(OrderEvent fact) {
    return switch (fact) {
      case OrderEvent.CancellationConfirmed confirmed -> confirmed.penalty();
      case OrderEvent.PartCancelled part ->
          part.penalties().stream()
              .map(OrderEvent.Penalty::amount)
              .reduce(usd("0.00"), Money::plus);
      case OrderEvent.CouponsExchanged exchanged -> exchanged.penalty();
      case OrderEvent.ServicesGivenUp up -> up.kept();
      default -> usd("0.00");
    };
  }

  /** What the documents are worth that can be flown, or were. */
  static Money live(Details details) {
    var value = details.sales().worth(CurrencyUnit.USD);
    for (var ticket : details.tickets()) {
      var fares = CouponValues.fares(ticket.ticket());
      var taxes = CouponValues.taxes(Objects.requireNonNull(ticket.ticket().taxes()), fares.size());
      for (var i = 0; i < fares.size(); i++) {
        var status = ticket.coupons().get(i);
        if (status == CouponStatus.F || !status.isFinal()) {
          value = value.plus(fares.get(i));
          for (var tax : taxes.get(i)) {
            value = value.plus(tax.amount());
          }
        }
      }
    }
    return value;
  }
}
