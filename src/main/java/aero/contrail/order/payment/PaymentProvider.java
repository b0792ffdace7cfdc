package aero.contrail.order.payment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who moves the money. Called outside of any transaction, and again with the same instruction until
 * the outcome is known; must therefore do each instruction once, also when it is repeated after
 * days: whoever knows keys only for a while looks before he does it again.
 *
 * <p>A payment may be asked to be captured and to be voided at the same time, by instances that do
 * not know of each other: of these two it does the one that it hears first, and refuses the other.
 */
public interface PaymentProvider {

  /** Why a void is refused when the money was taken before. */
  String ALREADY_CAPTURED = "already_captured";

  /** What is known of an instruction. */
  sealed interface Outcome {

    /**
     * It is done, now or the last time it was asked.
     *
     * @param reference by which the provider knows the payment; later instructions bring it along
     */
    record Done(@Nullable String reference) implements Outcome {

      public Done() {
        this(null);
      }
    }

    /** It will not be done, ever; {@code reason} is a code. */
    record Refused(String reason) implements Outcome {}

    /** Nobody knows yet, for a reason that people may be told: ask again. */
    record Undecided(String obstacle) implements Outcome {

      public Undecided() {
        this("no_answer_yet");
      }
    }

    /**
     * The customer has to do something first, for example prove that the card is his (3-D Secure).
     *
     * @param address where he does it
     */
    record ActionRequired(String address, String reference) implements Outcome {}
  }

  /**
   * Executes instructions.
   *
   * @return an outcome for each, in their order; an exception means that nothing is known of any
   */
  List<Outcome> execute(List<PaymentInstruction> instructions);

  /**
   * Whether it takes one instruction at a time. Such a provider is called with each by itself, side
   * by side, so that a call that hangs holds up no other; it ends its calls itself, in less than
   * twenty seconds.
   */
  default boolean takesOneAtATime() {
    return false;
  }

  /** Whether what was authorised can only be moved by its own reference. */
  default boolean needsReference() {
    return false;
  }
}
