package aero.contrail.order.model;

import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.order.document.CouponValues;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Refund;
import aero.contrail.order.model.OrderState.RefundStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Where the money of an order is, counted otherwise than the order counts it. */
final class ModelMoney {

  private ModelMoney() {}

  /** What was captured is worth flying, ahead of what it is for, kept, or on its way back. */
  static void check(Details details, List<OrderEvent> facts, String what) {
    var ahead =
        captured(
            Stream.concat(
                    details.changeUnderWay().flatMap(details::payment).stream(),
                    details.sales().underWay().stream()
                        .flatMap(sale -> details.payment(sale).stream()))
                .toList());
    var kept = facts.stream().map(ModelMoney::kept).reduce(usd("0.00"), Money::plus);
    var refunded =
        details.refunds().stream()
            .filter(refund -> refund.status() != RefundStatus.RETRIED)
            .map(Refund::amount)
            .reduce(usd("0.00"), Money::plus);
    assertThat(live(details).plus(kept).plus(refunded).plus(ahead))
        .as(what)
        .isEqualTo(captured(details.payments()));
  }

  private static Money captured(List<OrderState.Payment> payments) {
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

  /** The keys of what would go back if nobody answered the airline, and if all were cancelled. */
  static List<UUID> refundKeys(OrderState.Known state, Instant now) {
    var quote = Quotes.voluntary(state.details(), null, now, ZoneOffset.UTC);
    var keys = new ArrayList<UUID>();
    for (var command :
        List.of(
            new OrderCommand.LapseChanges(now.plus(Duration.ofDays(300))),
            new OrderCommand.Cancel(CANCELLATION, quote, now))) {
      try {
        var after = OrderEvolution.evolve(state, OrderDecider.decide(command, state));
        after.details().refunds().forEach(refund -> keys.add(refund.id()));
      } catch (OrderRefused refused) {
        // as it may be
      }
    }
    return keys;
  }

  private static final UUID CANCELLATION = UUID.randomUUID();
}
