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
 * @param id that of its subject
 * @param reason the provider's
 * @param resolved null as long as nobody has decided
 */
record WorkItem(
    UUID id,
    Kind kind,
    OrderId order,
    Money amount,
    String reason,
    Instant since,
    @Nullable Resolution resolved) {

  enum Kind {
    /** The payment provider refused a refund for good. */
    REFUND_REFUSED;

    /** What may be done. */
    List<Action> actions() {
      return switch (this) {
        case REFUND_REFUSED -> List.of(Action.RETRY, Action.PAID_OTHERWISE, Action.WRITTEN_OFF);
      };
    }
  }

  enum Action {
    /** The provider is asked once more. */
    RETRY,
    /** The customer has his money, but not by the provider. */
    PAID_OTHERWISE,
    /** He does not get it. */
    WRITTEN_OFF
  }

  /** What was done, why, and by whom. */
  record Resolution(Action action, String reason, String by, Instant at) {}
}
