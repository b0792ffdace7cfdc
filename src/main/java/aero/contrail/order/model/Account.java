package aero.contrail.order.model;

import aero.contrail.events.OrderEvent.PaymentShare;
import aero.contrail.events.OrderEvent.Penalty;
import aero.contrail.events.OrderEvent.RefundSettlement;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Refund;
import aero.contrail.order.model.OrderState.RefundStatus;
import aero.contrail.order.payment.PointsTender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The money of an order.
 *
 * @param penalties what the fare kept so far
 * @param sharer the order, when it shares its payments with the one that it was part of: both may
 *     refund the same payment for the same reason, each under a key of its own; null when it does
 *     not
 * @param tender the points that were asked for last; null when none were
 */
record Account(
    List<Payment> payments,
    List<Refund> refunds,
    List<Penalty> penalties,
    @Nullable OrderId sharer,
    @Nullable PointsTender tender) {

  Account {
    payments = List.copyOf(payments);
    refunds = List.copyOf(refunds);
    penalties = List.copyOf(penalties);
  }

  static Account of(List<Payment> payments) {
    return new Account(payments, List.of(), List.of(), null, null);
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
        .filter(refund -> refund.status() != RefundStatus.RETRIED)
        .map(Refund::amount)
        .reduce(Money.zero(payment.amount().getCurrencyUnit()), Money::plus);
  }

  Account with(Payment requested) {
    var more = new ArrayList<>(payments);
    more.add(requested);
    return new Account(more, refunds, penalties, sharer, tender);
  }

  Account with(PointsTender changed) {
    return new Account(payments, refunds, penalties, sharer, changed);
  }

  /** Points are to pay a part; the card, which may have been asked for all, pays the rest. */
  Account with(PointsTender asked, Money rest) {
    var card = asked.card();
    var known = payment(card);
    return (known.isEmpty() ? asked(card, rest) : with(card, rest.minus(known.get().amount())))
        .with(asked);
  }

  /** The points are spent: a payment like others, taken before the card's. */
  Account taken(PointsTender spent) {
    var paid = new ArrayList<Payment>();
    for (var payment : payments) {
      if (payment.id().equals(spent.card())) {
        paid.add(new Payment(spent.payment(), spent.worth(), PaymentStatus.CAPTURED));
      }
      paid.add(payment);
    }
    return new Account(paid, refunds, penalties, sharer, spent.in(PointsTender.Status.TAKEN));
  }

  /** Whether a payment is one by points. */
  boolean isByPoints(PaymentId payment) {
    return tender != null && tender.payment().equals(payment);
  }

  /** A payment that is asked for now. */
  Account asked(PaymentId id, Money amount) {
    return with(new Payment(id, amount, PaymentStatus.PENDING));
  }

  /** A payment that is asked for more than was said first. */
  Account with(PaymentId id, Money more) {
    return new Account(
        payments.stream()
            .map(p -> p.id().equals(id) ? new Payment(id, p.amount().plus(more), p.status()) : p)
            .toList(),
        refunds,
        penalties,
        sharer,
        tender);
  }

  Account in(PaymentId id, PaymentStatus status) {
    return new Account(
        payments.stream()
            .map(p -> p.id().equals(id) ? new Payment(id, p.amount(), status) : p)
            .toList(),
        refunds,
        penalties,
        sharer,
        tender);
  }

  /** Each refund once, as it stands now. */
  Account with(Refund changed) {
    var others = new ArrayList<>(refunds);
    others.removeIf(known -> known.id().equals(changed.id()));
    others.add(changed);
    return new Account(payments, others, penalties, sharer, tender);
  }

  /**
   * What goes back, to the payments that were taken last first. Were it ever more than all of them,
   * the first is asked for the rest: the provider refuses, and somebody hears of it.
   *
   * @param id of the refund of a payment
   */
  Account refunding(Money amount, Function<PaymentId, UUID> id) {
    var changed = this;
    var left = amount;
    var captured =
        payments.stream().filter(p -> p.status() == PaymentStatus.CAPTURED).toList().reversed();
    for (var payment : captured) {
      var taken = payment.amount().minus(refunded(payment));
      var isLast = payment.equals(captured.getLast());
      var part = isLast || left.isLessThan(taken) ? left : taken;
      if (part.isPositive()) {
        changed =
            changed.with(
                new Refund(own(id.apply(payment.id())), payment.id(), part, RefundStatus.DUE));
        left = left.minus(part);
      }
    }
    return changed;
  }

  /**
   * What of a payment goes back for what is not delivered of it, in as many steps as it is lost in.
   *
   * @param cause from which the key of each step follows
   * @param lost all that is lost so far
   */
  Account notDelivered(Payment payment, UUID cause, Money lost) {
    var left = lost;
    var step = 0;
    while (refund(key(cause, step)).isPresent()) {
      left = left.minus(refund(key(cause, step)).orElseThrow().amount());
      step++;
    }
    return left.isPositive()
        ? with(new Refund(key(cause, step), payment.id(), left, RefundStatus.DUE))
        : this;
  }

  private UUID key(UUID cause, int step) {
    return own(UUID.nameUUIDFromBytes((cause + "/" + step).getBytes(StandardCharsets.UTF_8)));
  }

  /** A key that no other order has. */
  private UUID own(UUID key) {
    return sharer == null
        ? key
        : UUID.nameUUIDFromBytes((sharer + "/" + key).getBytes(StandardCharsets.UTF_8));
  }

  /** All of a payment goes back, once: of it what is left, of others what went back of it. */
  Account givenBack(Payment payment, UUID id) {
    Function<PaymentId, UUID> key =
        of ->
            of.equals(payment.id())
                ? id
                : UUID.nameUUIDFromBytes((id + "/" + of).getBytes(StandardCharsets.UTF_8));
    return payments.stream().anyMatch(p -> refund(own(key.apply(p.id()))).isPresent())
        ? this
        : refunding(payment, key);
  }

  private Account refunding(Payment payment, Function<PaymentId, UUID> key) {
    var before = refunded(payment);
    var left = payment.amount().minus(before);
    var changed =
        left.isPositive()
            ? with(new Refund(own(key.apply(payment.id())), payment.id(), left, RefundStatus.DUE))
            : this;
    return before.isZero() ? changed : changed.refunding(before, key);
  }

  /** Another refund takes the place of one that was refused. */
  Account retried(UUID id, UUID retry) {
    var failed = refund(id).orElseThrow();
    return in(failed, RefundStatus.RETRIED)
        .with(new Refund(retry, failed.payment(), failed.amount(), RefundStatus.DUE));
  }

  /** People have settled one that was refused. */
  Account settled(UUID id, RefundSettlement how) {
    return in(
        refund(id).orElseThrow(),
        switch (how) {
          case PAID_OTHERWISE -> RefundStatus.PAID_OTHERWISE;
          case WRITTEN_OFF -> RefundStatus.WRITTEN_OFF;
        });
  }

  private Account in(Refund refund, RefundStatus status) {
    return with(new Refund(refund.id(), refund.payment(), refund.amount(), status));
  }

  /**
   * The key of what goes back of a payment: of the first that was taken it is that of the cause.
   */
  Function<PaymentId, UUID> keys(UUID cause) {
    var first = payment(PaymentStatus.CAPTURED).map(Payment::id);
    return payment ->
        first.filter(payment::equals).isPresent()
            ? cause
            : UUID.nameUUIDFromBytes((cause + "/" + payment).getBytes(StandardCharsets.UTF_8));
  }

  /** Without what was paid for others, whose documents are not among these. */
  Account without(List<PaymentShare> shares, Documents documents) {
    var rest = new ArrayList<Payment>();
    for (var payment : payments) {
      var amount = payment.amount();
      for (var share : shares) {
        amount = share.payment().equals(payment.id()) ? amount.minus(share.amount()) : amount;
      }
      rest.add(new Payment(payment.id(), amount, payment.status()));
    }
    var numbers = documents.tickets().stream().map(IssuedTicket::number).toList();
    return new Account(
        rest,
        refunds,
        penalties.stream().filter(p -> numbers.contains(p.ticket())).toList(),
        sharer,
        tender);
  }

  Account kept(List<Penalty> more) {
    var all = new ArrayList<>(penalties);
    all.addAll(more);
    return new Account(payments, refunds, all, sharer, tender);
  }
}
