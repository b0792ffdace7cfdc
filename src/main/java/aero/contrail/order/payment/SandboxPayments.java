package aero.contrail.order.payment;

import aero.contrail.order.payment.PaymentInstruction.Operation;
import aero.contrail.order.payment.PaymentProvider.Outcome.Done;
import aero.contrail.order.payment.PaymentProvider.Outcome.Refused;
import aero.contrail.order.payment.PaymentProvider.Outcome.Undecided;
import aero.contrail.web.SandboxNote;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The sandbox's provider. Its answers follow from the token; what it was asked it remembers in a
 * table, as a real one would on its own side.
 */
@Component
@Fallback // a provider that is configured is tried out
@Order(3)
@ConditionalOnProperty("contrail.sandbox")
class SandboxPayments implements PaymentProvider, SandboxNote {

  /**
   * When {@code tok_late} succeeds: after the time limit of an order that was placed just before.
   */
  private static final Duration LATE = Duration.ofMinutes(16);

  /**
   * A real provider waits for its own disk, not for this one; it is asked again for what is lost.
   */
  private static final String BEGIN =
      """
      with relaxed as materialized (
        select set_config('synchronous_commit', 'off', true)
      )
      insert into orders.sandbox_payment (instruction_id, payment_id, operation, amount_minor,
                                          currency, is_closed, first_asked_at, times_asked)
      select id, payment_id, operation, amount_minor, currency, is_closed, :now, 0
        from unnest(:ids, :payments, :operations, :amounts, :currencies, :closed)
          as i (id, payment_id, operation, amount_minor, currency, is_closed)
       cross join relaxed
       order by payment_id
          on conflict do nothing
      """;

  /** What was not begun is not found: the payment had been captured or voided before. */
  private static final String ASK =
      """
      with relaxed as materialized (
        select set_config('synchronous_commit', 'off', true)
      )
      update orders.sandbox_payment
         set times_asked = times_asked + 1
        from relaxed
       where instruction_id = any (:ids)
      returning instruction_id, first_asked_at, times_asked
      """;

  /** A card that paid, and cannot be paid to any more. */
  private static final String CLOSED =
      """
      select payment_id
        from orders.sandbox_payment
       where payment_id = any (:payments) and is_closed
      """;

  private record Asked(Instant first, int times) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  SandboxPayments(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public String topic() {
    return "cards";
  }

  @Override
  public String text() {
    return "tok_ok, tok_declined, tok_timeout (known when asked again), tok_late (after the hold), "
        + "tok_closed (cannot be refunded)";
  }

  @Override
  public List<Outcome> execute(List<PaymentInstruction> instructions) {
    var now = clock.instant();
    var asked = ask(instructions, now);
    var closed = closed(instructions);
    return instructions.stream()
        .map(
            i ->
                i.operation() == Operation.REFUND && closed.contains(i.payment().value())
                    ? new Refused("account_closed")
                    : outcome(i, asked.get(i.id()), now))
        .toList();
  }

  private Set<UUID> closed(List<PaymentInstruction> instructions) {
    var refunded =
        instructions.stream()
            .filter(i -> i.operation() == Operation.REFUND)
            .map(i -> i.payment().value())
            .toArray(UUID[]::new);
    return refunded.length == 0
        ? Set.of()
        : Set.copyOf(
            jdbc.sql(CLOSED)
                .param("payments", refunded)
                .query((row, _) -> row.getObject("payment_id", UUID.class))
                .list());
  }

  private static Outcome outcome(
      PaymentInstruction instruction, @Nullable Asked asked, Instant now) {
    if (asked == null) {
      return new Refused(
          instruction.operation() == Operation.VOID ? ALREADY_CAPTURED : "already_voided");
    }
    if (instruction.operation() != Operation.AUTHORISE) {
      return new Done();
    }
    return switch (instruction.token()) {
      case "tok_ok", "tok_closed" -> new Done();
      case "tok_declined" -> new Refused("card_declined");
      case "tok_timeout" -> asked.times() == 1 ? new Undecided() : new Done();
      case "tok_late" -> now.isBefore(asked.first().plus(LATE)) ? new Undecided() : new Done();
      case null, default -> new Refused("unknown_token");
    };
  }

  private Map<UUID, Asked> ask(List<PaymentInstruction> instructions, Instant now) {
    var ids = instructions.stream().map(PaymentInstruction::id).toArray(UUID[]::new);
    jdbc.sql(BEGIN)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("ids", ids)
        .param(
            "closed",
            instructions.stream().map(i -> "tok_closed".equals(i.token())).toArray(Boolean[]::new))
        .param("payments", instructions.stream().map(i -> i.payment().value()).toArray(UUID[]::new))
        .param(
            "operations",
            instructions.stream().map(i -> i.operation().name()).toArray(String[]::new))
        .param(
            "amounts",
            instructions.stream().map(i -> i.amount().getAmountMinorLong()).toArray(Long[]::new))
        .param(
            "currencies",
            instructions.stream()
                .map(i -> i.amount().getCurrencyUnit().getCode())
                .toArray(String[]::new))
        .update();
    var asked = new HashMap<UUID, Asked>();
    jdbc.sql(ASK)
        .param("ids", ids)
        .query(
            row -> {
              asked.put(
                  row.getObject("instruction_id", UUID.class),
                  new Asked(
                      row.getObject("first_asked_at", OffsetDateTime.class).toInstant(),
                      row.getInt("times_asked")));
            });
    return asked;
  }
}
