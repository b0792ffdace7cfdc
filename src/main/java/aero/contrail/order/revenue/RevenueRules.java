package aero.contrail.order.revenue;

import aero.contrail.events.OrderEvent;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.amendment.VoluntaryChange;
import aero.contrail.order.document.CouponValues;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.IssuedTicket;
import aero.contrail.order.model.OrderEvolution;
import aero.contrail.order.model.OrderState;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Refund;
import aero.contrail.order.model.OrderState.RefundStatus;
import aero.contrail.order.model.ServiceLossRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * What each fact of an order moves between accounts: the difference between where its money stood
 * before and where it stands after it. Fares are earned coupon by coupon, when they are flown (IATA
 * revenue accounting; IFRS 15, paragraph 31). Pure.
 */
final class RevenueRules {

  private RevenueRules() {}

  /**
   * For each fact of an order, from its first on, what it moves, in minor units of the order's
   * currency; accounts that it does not touch are left out, and what is there adds up to zero.
   */
  static List<Map<Account, Long>> movements(List<? extends OrderEvent> facts) {
    var movements = new ArrayList<Map<Account, Long>>();
    var before = new EnumMap<Account, Long>(Account.class);
    var state = OrderEvolution.INITIAL;
    var fees = 0L;
    for (var fact : facts) {
      state = OrderEvolution.evolve(state, fact);
      fees += fees(fact);
      var after = new EnumMap<Account, Long>(Account.class);
      if (state instanceof OrderState.Known known) {
        position(known.details(), fees, after);
      }
      movements.add(difference(before, after));
      before = after;
    }
    return movements;
  }

  private static Map<Account, Long> difference(
      Map<Account, Long> before, Map<Account, Long> after) {
    var difference = new EnumMap<Account, Long>(Account.class);
    for (var account : Account.values()) {
      var moved = after.getOrDefault(account, 0L) - before.getOrDefault(account, 0L);
      if (moved != 0) {
        difference.put(account, moved);
      }
    }
    return difference;
  }

  private static long fees(OrderEvent fact) {
    return switch (fact) {
      case OrderEvent.CancellationConfirmed confirmed -> confirmed.penalty().getAmountMinorLong();
      case OrderEvent.PartCancelled part ->
          part.penalties().stream().mapToLong(p -> p.amount().getAmountMinorLong()).sum();
      case OrderEvent.CouponsExchanged exchanged -> exchanged.penalty().getAmountMinorLong();
      case OrderEvent.ServicesGivenUp up -> up.kept().getAmountMinorLong();
      default -> 0;
    };
  }

  /** Where the money of an order stands. */
  private static void position(Details details, long fees, Map<Account, Long> accounts) {
    var taken = captured(details.payments().stream());
    var done = refunded(details, Stream.of(RefundStatus.DONE));
    var points = byPoints(details);
    add(accounts, Account.POINTS, points);
    add(accounts, Account.CASH, taken - done - points);
    add(
        accounts,
        Account.REFUNDS_DUE,
        -refunded(details, Stream.of(RefundStatus.DUE, RefundStatus.FAILED)));
    add(
        accounts,
        Account.PAID_OTHERWISE,
        -refunded(details, Stream.of(RefundStatus.PAID_OTHERWISE)));
    add(accounts, Account.WRITTEN_OFF, -refunded(details, Stream.of(RefundStatus.WRITTEN_OFF)));
    add(accounts, Account.FEES, -fees);
    add(accounts, Account.DEPOSITS, -deposits(details, taken));
    details.tickets().forEach(ticket -> add(accounts, ticket));
    details.sales().all().forEach(sale -> add(accounts, sale, details));
    add(accounts, Account.CLEARING, -accounts.values().stream().mapToLong(Long::longValue).sum());
  }

  /** Before there are documents all that was paid; then what was paid for what is under way. */
  private static long deposits(Details details, long taken) {
    if (details.tickets().isEmpty()) {
      return taken
          - refunded(
              details,
              Stream.of(RefundStatus.values()).filter(status -> status != RefundStatus.RETRIED));
    }
    var underWay =
        Stream.concat(
            details.changeUnderWay().map(VoluntaryChange::payment).stream(),
            details.sales().underWay().stream().map(sale -> sale.ordered().payment()));
    return details.sales().dueWithOrder(details.total().getCurrencyUnit()).getAmountMinorLong()
        + captured(
            underWay
                .filter(Objects::nonNull)
                .flatMap(payment -> details.payment(payment).stream()));
  }

  /** What points paid, less what went back to them. */
  private static long byPoints(Details details) {
    var tender = details.tender();
    return tender == null || !tender.isTaken()
        ? 0
        : tender.worth().getAmountMinorLong()
            - details.refunds().stream()
                .filter(refund -> refund.payment().equals(tender.payment()))
                .filter(refund -> refund.status() == RefundStatus.DONE)
                .mapToLong(refund -> refund.amount().getAmountMinorLong())
                .sum();
  }

  private static long captured(Stream<Payment> payments) {
    return payments
        .filter(payment -> payment.status() == PaymentStatus.CAPTURED)
        .mapToLong(payment -> payment.amount().getAmountMinorLong())
        .sum();
  }

  private static long refunded(Details details, Stream<RefundStatus> statuses) {
    var some = statuses.toList();
    return details.refunds().stream()
        .filter(refund -> some.contains(refund.status()))
        .map(Refund::amount)
        .mapToLong(Money::getAmountMinorLong)
        .sum();
  }

  private static void add(Map<Account, Long> accounts, IssuedTicket issued) {
    var ticket = issued.ticket();
    var fares = CouponValues.fares(ticket);
    var taxes =
        CouponValues.taxes(Objects.requireNonNullElse(ticket.taxes(), List.of()), fares.size());
    for (var i = 0; i < fares.size(); i++) {
      var fare = fares.get(i).getAmountMinorLong();
      var tax = taxes.get(i).stream().mapToLong(t -> t.amount().getAmountMinorLong()).sum();
      switch (issued.coupons().get(i)) {
        case F -> {
          add(accounts, Account.EARNED_FARES, -fare);
          add(accounts, Account.TAXES_PAYABLE, -tax);
        }
        case S -> {
          var isGone = !issued.conditions().refundable();
          add(accounts, isGone ? Account.BREAKAGE : Account.UNEARNED_FARES, -fare);
          add(accounts, Account.TAXES_COLLECTED, -tax);
        }
        case O, A, C, L -> {
          add(accounts, Account.UNEARNED_FARES, -fare);
          add(accounts, Account.TAXES_COLLECTED, -tax);
        }
        case E, R, V -> {
          // what it was worth is elsewhere
        }
      }
    }
  }

  private static void add(Map<Account, Long> accounts, ServiceSale sale, Details details) {
    for (var service : sale.live()) {
      var account =
          switch (ServiceLossRules.status(details, sale, service)) {
            case F -> Account.EARNED_SERVICES;
            case S -> service.refundable() ? Account.UNEARNED_SERVICES : Account.BREAKAGE;
            case O, A, C, L, E, R, V -> Account.UNEARNED_SERVICES;
          };
      add(accounts, account, -service.price().getAmountMinorLong());
    }
  }

  private static void add(Map<Account, Long> accounts, Account account, long amount) {
    accounts.merge(account, amount, Long::sum);
  }
}
