package aero.contrail.order.model;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.PaymentId;
import aero.contrail.order.model.OrderRefused.Reason;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Refund;
import aero.contrail.order.model.OrderState.RefundStatus;
import aero.contrail.order.payment.PointsTender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A member's points pay the fares of an order, a card pays the rest. The card is asked when the
 * points are held; they are spent when the card is charged.
 */
public final class PointsRules {

  private PointsRules() {}

  /**
   * Points shall pay the fares.
   *
   * @param card what pays the rest
   * @throws OrderRefused when the flights are not to be had for so many
   */
  static OrderEvent ask(OrderCommand.Points points, PaymentId card, Details details, Instant at) {
    var due = due(details);
    var worth = details.price().fares();
    var rest = details.due().minus(worth);
    if (due == null || !worth.isPositive() || !rest.isPositive()) {
      throw new OrderRefused(Reason.NOT_FOR_POINTS, "These flights are not to be had for points.");
    }
    if (points.points() != due) {
      throw new OrderRefused(
          Reason.WRONG_AMOUNT, "The fares cost %d points, and %s.".formatted(due, rest));
    }
    var placed = details.placed();
    return new OrderEvent.PointsTenderRequested(
        placed.order(),
        points.payment(),
        placed.channel(),
        points.member(),
        due,
        worth,
        card,
        rest,
        at);
  }

  /** The points that pay the fares of all; null when they are not to be had for points. */
  public static @Nullable Integer due(Details details) {
    var each = details.sale().points();
    return each == null ? null : Math.multiplyExact(each, details.price().seats());
  }

  /** Whether a payment of an order is one by points. */
  public static boolean isByPoints(Details details, PaymentId payment) {
    return details.account().isByPoints(payment);
  }

  /** What an order is after a fact about points. */
  static Details after(Details before, OrderEvent.AboutPoints fact) {
    var tender = before.tender();
    var account = before.account();
    return switch (fact) {
      case OrderEvent.PointsTenderRequested asked -> before.with(requested(account, asked));
      case OrderEvent.PointsTenderAccepted _ when tender != null ->
          before.with(account.with(tender.in(PointsTender.Status.HELD)));
      case OrderEvent.PointsTenderRefused(_, _, var card, var reason, _) when tender != null ->
          before.with(account.in(card, PaymentStatus.DECLINED).with(tender.refused(reason)));
      case OrderEvent.PointsTenderReleased _ when tender != null ->
          before.with(released(account, tender));
      case OrderEvent.PointsTenderTaken _ when tender != null -> before.with(account.taken(tender));
      case OrderEvent.PointsTenderRefunded(_, var payment, var id, _, var amount, _) ->
          before.with(account.with(new Refund(id, payment, amount, RefundStatus.DONE)));
      case OrderEvent.PointsTenderAccepted _,
          OrderEvent.PointsTenderRefused _,
          OrderEvent.PointsTenderReleased _,
          OrderEvent.PointsTenderTaken _ ->
          before;
    };
  }

  private static Account requested(Account account, OrderEvent.PointsTenderRequested asked) {
    var tender =
        new PointsTender(
            asked.payment(),
            asked.member(),
            asked.points(),
            asked.worth(),
            asked.card(),
            PointsTender.Status.REQUESTED,
            null);
    return account.with(tender, asked.rest());
  }

  static List<OrderEvent> held(OrderCommand.RecordPointsHeld held, Known state) {
    return isAsked(held.payment(), state)
        ? List.of(
            new OrderEvent.PointsTenderAccepted(
                state.details().placed().order(), held.payment(), held.at()))
        : List.of();
  }

  static List<OrderEvent> refused(OrderCommand.RecordPointsRefusal refusal, Known state) {
    var tender = state.details().tender();
    return tender != null && isAsked(refusal.payment(), state)
        ? List.of(
            new OrderEvent.PointsTenderRefused(
                state.details().placed().order(),
                refusal.payment(),
                tender.card(),
                refusal.reason(),
                refusal.at()))
        : List.of();
  }

  private static boolean isAsked(PaymentId payment, Known state) {
    var tender = state.details().tender();
    return tender != null
        && tender.payment().equals(payment)
        && tender.status() == PointsTender.Status.REQUESTED;
  }

  /** The points that are held are spent. */
  static List<OrderEvent> take(Details details, Instant at) {
    var tender = details.tender();
    return tender == null || tender.status() != PointsTender.Status.HELD
        ? List.of()
        : List.of(
            new OrderEvent.PointsTenderTaken(
                details.placed().order(),
                tender.payment(),
                tender.member(),
                tender.points(),
                tender.worth(),
                at));
  }

  /** Points need no provider: what becomes of them is decided with what it follows from. */
  static List<OrderEvent> follow(Known before, List<OrderEvent> facts) {
    if (facts.isEmpty() || before.details().tender() == null) {
      return facts;
    }
    var after = OrderEvolution.evolve(before, facts);
    var more = new ArrayList<>(facts);
    more.addAll(points(after, facts.getLast().at()));
    return more;
  }

  private static List<OrderEvent> points(Known state, Instant at) {
    var details = state.details();
    var tender = details.tender();
    if (tender == null) {
      return List.of();
    }
    var order = details.placed().order();
    if (tender.isLive() && !mayStillPay(tender, state)) {
      return List.of(new OrderEvent.PointsTenderReleased(order, tender.payment(), at));
    }
    var facts = new ArrayList<OrderEvent>();
    var before = details.zero();
    for (var refund : details.refunds()) {
      if (refund.payment().equals(tender.payment())) {
        if (refund.status() == RefundStatus.DUE) {
          facts.add(
              new OrderEvent.PointsTenderRefunded(
                  order,
                  tender.payment(),
                  refund.id(),
                  tender.points(before, refund.amount()),
                  refund.amount(),
                  at));
        }
        before = before.plus(refund.amount());
      }
    }
    return facts;
  }

  /** A card that was to be asked later is not asked any more. */
  private static Account released(Account account, PointsTender tender) {
    var spared =
        tender.status() == PointsTender.Status.REQUESTED
            ? account.in(tender.card(), PaymentStatus.DECLINED)
            : account;
    return spared.with(tender.in(PointsTender.Status.RELEASED));
  }

  /** The card that is to be asked now, after some facts, because the points are held. */
  public static Optional<PaymentId> asked(List<OrderEvent> facts, Known after) {
    return card(after, facts, OrderEvent.PointsTenderAccepted.class::isInstance);
  }

  /** The card that will not be asked, if it was not yet. */
  public static Optional<PaymentId> spared(List<OrderEvent> facts, Known after) {
    return card(
        after,
        facts,
        fact ->
            fact instanceof OrderEvent.PointsTenderRefused
                || fact instanceof OrderEvent.PointsTenderReleased);
  }

  private static Optional<PaymentId> card(
      Known state, List<OrderEvent> facts, Predicate<OrderEvent> why) {
    return facts.stream().anyMatch(why)
        ? Optional.ofNullable(state.details().tender()).map(PointsTender::card)
        : Optional.empty();
  }

  private static boolean mayStillPay(PointsTender tender, Known state) {
    return switch (state.status()) {
      case FAILED, EXPIRED, CANCELLED, REJECTED -> false;
      case PLACED, WAITLISTED, HELD, CONFIRMING, TICKETED, COMPLETED ->
          state
              .details()
              .payment(tender.card())
              .filter(card -> card.status() != PaymentStatus.DECLINED)
              .isPresent();
    };
  }
}
