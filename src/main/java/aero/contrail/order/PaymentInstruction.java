package aero.contrail.order;

import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a payment provider is to do.
 *
 * @param id the key under which it is asked, however often: the provider does it once
 * @param token what the provider knows the means of payment by; only to authorise
 * @param attempts how often it has been asked before
 */
record PaymentInstruction(
    UUID id,
    PaymentId payment,
    OrderId order,
    Operation operation,
    Money amount,
    @Nullable String token,
    int attempts) {

  /** Without the token: it must not get into logs. */
  @Override
  public String toString() {
    return "%s of %s for %s".formatted(operation, payment, order);
  }

  enum Operation {
    AUTHORISE,
    CAPTURE,
    VOID,
    REFUND
  }
}
