package aero.contrail.order.payment;

import java.util.List;

/**
 * Who moves the money. Called outside of any transaction, and again with the same instruction until
 * the outcome is known; must therefore do each instruction once.
 *
 * <p>A payment may be asked to be captured and to be voided at the same time, by instances that do
 * not know of each other: of these two it does the one that it hears first, and refuses the other.
 */
public interface PaymentProvider {

  sealed interface Outcome {

    /** It is done, now or the last time it was asked. */
    record Done() implements Outcome {}

    /** It will not be done; {@code reason} is a code. */
    record Refused(String reason) implements Outcome {}

    /** Nobody knows yet: ask again. */
    record Undecided() implements Outcome {}
  }

  /**
   * Executes instructions; a provider that takes one at a time sends them side by side.
   *
   * @return an outcome for each, in their order; an exception means that nothing is known of any
   */
  List<Outcome> execute(List<PaymentInstruction> instructions);
}
