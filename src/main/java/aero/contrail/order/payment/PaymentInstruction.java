package aero.contrail.order.payment;

import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a payment provider is to do.
 *
 * @param id the key under which it is asked, however often: the provider does it once
 * @param token what the provider knows the means of payment by; only to authorise
 * @param reference by which the provider knows the payment; null while it does not, or did not say
 * @param givenAt since when it is to be done
 * @param attempts how often it has been asked before, as far as that was recorded
 */
public record PaymentInstruction(
    UUID id,
    PaymentId payment,
    OrderId order,
    Operation operation,
    Money amount,
    @Nullable String token,
    @Nullable String reference,
    Instant givenAt,
    int attempts) {

  /** An instruction that was never asked before. */
  public static PaymentInstruction first(
      PaymentId payment,
      OrderId order,
      Operation operation,
      Money amount,
      @Nullable String token,
      Instant givenAt) {
    return new PaymentInstruction(
        idOf(payment, operation), payment, order, operation, amount, token, null, givenAt, 0);
  }

  /**
   * The id follows from what is to be done: given again after a crash took it, an instruction is
   * the same for the provider.
   */
  public static UUID idOf(PaymentId payment, Operation operation) {
    return UUID.nameUUIDFromBytes((payment + "/" + operation).getBytes(StandardCharsets.UTF_8));
  }

  /** The key of the refund that ends an order; parts of it have keys of their own. */
  public static UUID refundOfAllThatIsLeft(PaymentId payment) {
    return idOf(payment, Operation.REFUND);
  }

  /** Without the token: it must not get into logs. */
  @Override
  public String toString() {
    return "%s of %s for %s".formatted(operation, payment, order);
  }

  /** What is to be done with the money. */
  public enum Operation {
    AUTHORISE,
    CAPTURE,
    VOID,
    REFUND
  }
}
