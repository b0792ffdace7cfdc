package aero.contrail.order;

import aero.contrail.eventlog.EventLog;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.PaymentId;
import aero.contrail.web.Prefer;
import java.util.function.Predicate;

/** When a request that waits for its order has got its answer. */
public final class Waiting {

  private Waiting() {}

  /** Waits as long as the caller likes. True when it was decided, false when time ran out. */
  public static boolean await(
      EventLog.Watch watch, Predicate<DomainEvent> decided, Prefer preference) {
    if (preference.patience().isZero()) {
      return false;
    }
    try {
      return watch.await(decided, preference.patience());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether an order that is to be paid later has got its answer. */
  static boolean endsHolding(DomainEvent fact) {
    return switch (fact) {
      case OrderEvent.Held _,
          OrderEvent.Waitlisted _,
          OrderEvent.WaitlistCleared _,
          OrderEvent.Rejected _,
          OrderEvent.CancellationConfirmed _ ->
          true;
      case DomainEvent _ -> false;
    };
  }

  /**
   * Whether an order that came with its payment has got its answer. The card is asked for while
   * space is looked for, so a card that was declined, or wants its holder to act, is an answer only
   * together with the hold. For one order, whose facts it must be told in their order; to be told
   * one twice does not matter.
   */
  static Predicate<DomainEvent> endsSelling() {
    return new Predicate<>() {
      private volatile boolean isHeld;
      private volatile boolean isDeclined;

      @Override
      public boolean test(DomainEvent fact) {
        isHeld |= fact instanceof OrderEvent.Held;
        isDeclined |=
            fact instanceof OrderEvent.PaymentDeclined
                || fact instanceof OrderEvent.PointsTenderRefused
                || fact instanceof OrderEvent.PaymentActionRequired;
        return (isHeld && isDeclined) || endsSale(fact);
      }
    };
  }

  private static boolean endsSale(DomainEvent fact) {
    return switch (fact) {
      case OrderEvent.Ticketed _,
          OrderEvent.Rejected _,
          OrderEvent.PaymentVoided _,
          OrderEvent.Failed _,
          OrderEvent.CancellationConfirmed _ ->
          true;
      case DomainEvent _ -> false;
    };
  }

  /** An order that expires is no end: its payment may still succeed, and then decides. */
  static boolean endsPayment(DomainEvent fact, PaymentId payment) {
    return switch (fact) {
      case OrderEvent.PaymentActionRequired action -> action.payment().equals(payment);
      case OrderEvent.PaymentDeclined declined -> declined.payment().equals(payment);
      case OrderEvent.PointsTenderRefused refused -> refused.card().equals(payment);
      case OrderEvent.PaymentVoided voided -> voided.payment().equals(payment);
      case OrderEvent.Ticketed _, OrderEvent.Failed _, OrderEvent.CancellationConfirmed _ -> true;
      case DomainEvent _ -> false;
    };
  }
}
