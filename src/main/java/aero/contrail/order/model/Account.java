package aero.contrail.order.model;

import aero.contrail.events.OrderEvent.Penalty;
import aero.contrail.events.PaymentId;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Refund;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.joda.money.Money;

/**
 * The money of an order.
 *
 * @param penalties what the fare kept so far
 */
record Account(List<Payment> payments, List<Refund> refunds, List<Penalty> penalties) {

  Account {
    payments = List.copyOf(payments);
    refunds = List.copyOf(refunds);
    penalties = List.copyOf(penalties);
  }

  static Account of(List<Payment> payments) {
    return new Account(payments, List.of(), List.of());
  }

  Optional<Payment> payment(PaymentId id) {
    return payments.stream().filter(payment -> payment.id().equals(id)).findFirst();
  }

  Optional<Payment> payment(PaymentStatus status) {
    return payments.stream().filter(payment -> payment.status() == status).findFirst();
  }

  Optional<Refund> refund(UUID id) {
    return refunds.stream().filter(refund -> refund.id().equals(id)).findFirst();
  }

  /** What of a payment is on its way back, or has come back. */
  Money refunded(Payment payment) {
    return refunds.stream()
        .filter(refund -> refund.payment().equals(payment.id()))
        .map(Refund::amount)
        .reduce(Money.zero(payment.amount().getCurrencyUnit()), Money::plus);
  }

  Account with(Payment requested) {
    var more = new ArrayList<>(payments);
    more.add(requested);
    return new Account(more, refunds, penalties);
  }

  Account in(PaymentId id, PaymentStatus status) {
    return new Account(
        payments.stream()
            .map(p -> p.id().equals(id) ? new Payment(id, p.amount(), status) : p)
            .toList(),
        refunds,
        penalties);
  }

  /** Each refund once, as it stands now. */
  Account with(Refund changed) {
    var others = new ArrayList<>(refunds);
    others.removeIf(known -> known.id().equals(changed.id()));
    others.add(changed);
    return new Account(payments, others, penalties);
  }

  Account kept(List<Penalty> more) {
    var all = new ArrayList<>(penalties);
    all.addAll(more);
    return new Account(payments, refunds, all);
  }
}
