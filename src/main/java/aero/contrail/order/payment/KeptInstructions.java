package aero.contrail.order.payment;

import aero.contrail.events.PaymentId;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import aero.contrail.order.payment.PaymentInstructions.Draft;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Cards that are asked later, or never: those that points stand beside. */
@Repository
public class KeptInstructions {

  private static final String KEEP =
      """
      insert into orders.payment_instruction (id, payment_id, order_id, operation, amount_minor,
                                              currency, token, status, due_at, given_at)
      values (:id, :payment, :order, :operation, :amount, :currency, :token, 'KEPT', :now, :now)
          on conflict do nothing
      """;

  private static final String ASK_KEPT =
      """
      update orders.payment_instruction
         set status = 'OPEN', due_at = :taken, given_at = :now
       where id = any(:ids) and status = 'KEPT'
      """
          + PaymentInstructions.RETURNING;

  private static final String SPARE =
      """
      update orders.payment_instruction
         set status = 'REFUSED', token = null
       where id = any(:ids) and status = 'KEPT'
      """;

  private final JdbcClient jdbc;
  private final PaymentInstructions instructions;
  private final Clock clock;

  KeptInstructions(JdbcClient jdbc, PaymentInstructions instructions, Clock clock) {
    this.jdbc = jdbc;
    this.instructions = instructions;
    this.clock = clock;
  }

  /** Writes an instruction that is not to be done yet. */
  public void keep(Draft draft) {
    jdbc.sql(KEEP)
        .param("id", draft.id())
        .param("payment", draft.payment().value())
        .param("order", draft.order().value())
        .param("operation", draft.operation().name())
        .param("amount", draft.amount().getAmountMinorLong())
        .param("currency", draft.amount().getCurrencyUnit().getCode())
        .param("token", draft.token())
        .param("now", now())
        .update();
  }

  /** Takes those to authorise payments that were kept: they are to be done now. */
  public List<PaymentInstruction> ask(Collection<PaymentId> payments) {
    return payments.isEmpty()
        ? List.of()
        : jdbc.sql(ASK_KEPT)
            .param("ids", authorisations(payments))
            .param("taken", instructions.taken())
            .param("now", now())
            .query((row, _) -> PaymentInstructions.instruction(row))
            .list();
  }

  /** What was kept will never be done. */
  public void spare(Collection<PaymentId> payments) {
    if (!payments.isEmpty()) {
      jdbc.sql(SPARE).param("ids", authorisations(payments)).update();
    }
  }

  private static UUID[] authorisations(Collection<PaymentId> payments) {
    return payments.stream()
        .map(payment -> PaymentInstruction.idOf(payment, Operation.AUTHORISE))
        .toArray(UUID[]::new);
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
