package aero.contrail.order.workitem;

import aero.contrail.events.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a person has to decide.
 *
 * @param subject the refund or the instruction to the provider that it is about
 * @param reason the provider's
 * @param resolved null as long as nobody has decided
 */
record WorkItem(
    UUID id,
    UUID subject,
    Kind kind,
    OrderId order,
    Money amount,
    String reason,
    Instant since,
    @Nullable Resolution resolved) {

  enum Kind {
    /** The payment provider refused a refund for good. */
    REFUND_REFUSED,
    /** The payment provider does not say what became of money. */
    PAYMENT_UNDECIDED;

    /** What may be done. */
    List<Action> actions() {
      return switch (this) {
        case REFUND_REFUSED -> List.of(Action.RETRY, Action.PAID_OTHERWISE, Action.WRITTEN_OFF);
        case PAYMENT_UNDECIDED ->
            List.of(Action.ASK_AGAIN, Action.RECORD_DONE, Action.RECORD_REFUSED);
      };
    }
  }

  enum Action {
    /** The provider is asked once more. */
    RETRY,
    /** The customer has his money, but not by the provider. */
    PAID_OTHERWISE,
    /** He does not get it. */
    WRITTEN_OFF,
    /** The provider is asked now, and not when its turn comes. */
    ASK_AGAIN,
    /** Somebody has seen at the provider's that it was done. */
    RECORD_DONE,
    /** Somebody has seen at the provider's that it was not done, and will not be. */
    RECORD_REFUSED,
    /** The provider has answered: nobody had to do anything. */
    DECIDED
  }

  /** What was done, why, and by whom. */
  record Resolution(Action action, String reason, String by, Instant at) {}
}
