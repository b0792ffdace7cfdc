package aero.contrail.order;

import aero.contrail.order.Orders.Intent;
import aero.contrail.order.document.TicketSerials;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.payment.PaymentInstruction;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import aero.contrail.order.payment.PaymentInstructions;
import aero.contrail.order.payment.PaymentInstructions.Closed;
import aero.contrail.order.payment.PaymentInstructions.Deferred;
import aero.contrail.order.payment.PaymentProvider;
import aero.contrail.order.payment.PaymentProvider.Outcome;
import aero.contrail.order.payment.PaymentProvider.Outcome.ActionRequired;
import aero.contrail.order.payment.PaymentProvider.Outcome.Done;
import aero.contrail.order.payment.PaymentProvider.Outcome.Refused;
import aero.contrail.order.payment.PaymentProvider.Outcome.Undecided;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Brings into the orders what the provider, or a person who has looked there, says of instructions.
 * Needs the caller's transaction.
 */
@Component
public class PaymentOutcomes {

  private final PaymentInstructions instructions;
  private final ObjectProvider<Orders> orders;
  private final TicketSerials serials;
  private final Clock clock;
  private final Duration salesCutOff;

  PaymentOutcomes(
      PaymentInstructions instructions,
      ObjectProvider<Orders> orders,
      TicketSerials serials,
      Clock clock,
      @Value("${contrail.sales-cut-off:PT45M}") Duration salesCutOff) {
    this.instructions = instructions;
    this.orders = orders;
    this.serials = serials;
    this.clock = clock;
    this.salesCutOff = salesCutOff;
  }

  /** Keeps an outcome for each of the instructions, in their order. */
  public void record(List<PaymentInstruction> batch, List<Outcome> outcomes) {
    var now = clock.instant();
    var intents = new ArrayList<Intent>();
    var closed = new ArrayList<Closed>();
    var undecided = new ArrayList<Deferred>();
    var numbers = serials(batch, outcomes);
    for (var i = 0; i < batch.size(); i++) {
      var instruction = batch.get(i);
      var outcome = outcomes.get(i);
      switch (outcome) {
        case Undecided(var obstacle) ->
            undecided.add(new Deferred(instruction, obstacle, null, null));
        case ActionRequired(var address, var reference) -> {
          undecided.add(new Deferred(instruction, "customer_must_act", address, reference));
          intents.add(
              new Intent(
                  instruction.order(),
                  new OrderCommand.RecordActionRequired(instruction.payment(), now)));
        }
        case Done _ -> {
          closed.add(new Closed(instruction, outcome));
          intents.add(new Intent(instruction.order(), done(instruction, numbers, now)));
        }
        case Refused(var reason) -> {
          closed.add(new Closed(instruction, outcome));
          refused(instruction, reason, numbers, now)
              .ifPresent(command -> intents.add(new Intent(instruction.order(), command)));
        }
      }
    }
    // Orders are locked before their instructions, as by whoever gives instructions.
    orders.getObject().handle(intents);
    instructions.defer(undecided);
    instructions.close(closed);
  }

  private Deque<Long> serials(List<PaymentInstruction> batch, List<Outcome> outcomes) {
    return serials.next(
        (int)
            IntStream.range(0, batch.size())
                .filter(i -> isCaptured(batch.get(i).operation(), outcomes.get(i)))
                .count());
  }

  /** What was to be voided may turn out to be captured. */
  private static boolean isCaptured(Operation operation, Outcome outcome) {
    return operation == Operation.CAPTURE
        ? outcome instanceof Done
        : operation == Operation.VOID && wasCaptured(outcome);
  }

  private static boolean wasCaptured(Outcome outcome) {
    return outcome instanceof Refused(var reason)
        && reason.equals(PaymentProvider.ALREADY_CAPTURED);
  }

  private static OrderCommand done(
      PaymentInstruction instruction, Deque<Long> serials, Instant now) {
    var payment = instruction.payment();
    var amount = instruction.amount();
    return switch (instruction.operation()) {
      case AUTHORISE -> new OrderCommand.RecordAuthorization(payment, amount, now);
      case CAPTURE -> new OrderCommand.RecordCapture(payment, amount, serials.remove(), now);
      case VOID -> new OrderCommand.RecordVoid(payment, amount, now);
      case REFUND -> new OrderCommand.RecordRefund(instruction.id(), payment, amount, now);
    };
  }

  /**
   * Empty for a void that is refused: the authorisation lapses by itself at the provider. Unless it
   * was captured before, by an instruction whose answer got lost: then the money has to go back.
   */
  private Optional<OrderCommand> refused(
      PaymentInstruction instruction, String reason, Deque<Long> numbers, Instant now) {
    var payment = instruction.payment();
    return switch (instruction.operation()) {
      case AUTHORISE ->
          Optional.of(new OrderCommand.RecordDecline(payment, reason, salesCutOff, now));
      case CAPTURE -> Optional.of(new OrderCommand.RecordCaptureRefusal(payment, reason, now));
      case VOID ->
          reason.equals(PaymentProvider.ALREADY_CAPTURED)
              ? Optional.of(
                  new OrderCommand.RecordCapture(
                      payment, instruction.amount(), numbers.remove(), now))
              : Optional.empty();
      case REFUND ->
          Optional.of(
              new OrderCommand.RecordRefundRefusal(
                  instruction.id(), payment, instruction.amount(), reason, now));
    };
  }
}
