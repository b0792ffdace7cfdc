package aero.contrail.order.payment;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the provider still has to do. Whoever takes an instruction moves its due time ahead, so that
 * nobody else does; when he dies, it falls due again.
 */
@Repository
public class PaymentInstructions {

  /** For how long an instruction is his who took it. */
  private static final Duration TAKEN = Duration.ofSeconds(20);

  private static final String RETURNING =
      """
      returning id, payment_id, order_id, operation, amount_minor, currency, token, attempts
      """;

  private static final String INSERT =
      """
      insert into orders.payment_instruction (id, payment_id, order_id, operation, amount_minor,
                                              currency, token, status, due_at)
      select id, payment_id, order_id, operation, amount_minor, currency, token, 'OPEN', :taken
        from unnest(:ids, :payments, :orders, :operations, :amounts, :currencies, :tokens)
          as i (id, payment_id, order_id, operation, amount_minor, currency, token)
          on conflict do nothing
      """
          + RETURNING;

  private static final String TAKE_DUE =
      """
      update orders.payment_instruction
         set due_at = :taken
       where id in (select id
                      from orders.payment_instruction
                     where status = 'OPEN' and due_at <= :now
                     order by due_at
                     limit 200
                       for update skip locked)
      """
          + RETURNING;

  private static final String IS_ANY_DUE =
      """
      select exists (select
                       from orders.payment_instruction
                      where status = 'OPEN' and due_at <= :now)
      """;

  private static final String CLOSE =
      """
      update orders.payment_instruction i
         set status = u.status, attempts = i.attempts + 1, token = null
        from unnest(:ids, :statuses) as u (id, status)
       where i.id = u.id and i.status = 'OPEN'
      """;

  private static final String DEFER =
      """
      update orders.payment_instruction i
         set due_at = u.due_at::timestamptz, attempts = i.attempts + 1
        from unnest(:ids, :dues) as u (id, due_at)
       where i.id = u.id and i.status = 'OPEN'
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;
  private final Clock clock;

  PaymentInstructions(JdbcClient jdbc, DeferredWrites deferred, Clock clock) {
    this.jdbc = jdbc;
    this.deferred = deferred;
    this.clock = clock;
  }

  /** A new instruction; {@code id}: the key under which the provider is asked. */
  public record Draft(
      UUID id,
      PaymentId payment,
      OrderId order,
      Operation operation,
      Money amount,
      @Nullable String token) {}

  /** Writes instructions and takes them; one that was given before is left out. */
  public List<PaymentInstruction> give(Collection<Draft> drafts) {
    if (drafts.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(INSERT)
        .param("ids", drafts.stream().map(Draft::id).toArray(UUID[]::new))
        .param("payments", drafts.stream().map(d -> d.payment().value()).toArray(UUID[]::new))
        .param("orders", drafts.stream().map(d -> d.order().value()).toArray(UUID[]::new))
        .param("operations", drafts.stream().map(d -> d.operation().name()).toArray(String[]::new))
        .param(
            "amounts",
            drafts.stream().map(d -> d.amount().getAmountMinorLong()).toArray(Long[]::new))
        .param(
            "currencies",
            drafts.stream().map(d -> d.amount().getCurrencyUnit().getCode()).toArray(String[]::new))
        .param("tokens", drafts.stream().map(Draft::token).toArray(String[]::new))
        .param("taken", taken())
        .query((row, _) -> instruction(row))
        .list();
  }

  /** Whether anything is due: costs next to nothing while nothing is. */
  public boolean isAnyDue() {
    return jdbc.sql(IS_ANY_DUE).param("now", now()).query((row, _) -> row.getBoolean(1)).single();
  }

  /** Takes what is due, and nobody else works on. */
  public List<PaymentInstruction> takeDue() {
    return jdbc.sql(TAKE_DUE)
        .param("now", now())
        .param("taken", taken())
        .query((row, _) -> instruction(row))
        .list();
  }

  public void close(List<PaymentInstruction> instructions, List<Boolean> done) {
    if (!instructions.isEmpty()) {
      deferred.add(
          CLOSE,
          new MapSqlParameterSource()
              .addValue("ids", ids(instructions))
              .addValue(
                  "statuses",
                  done.stream().map(d -> d ? "DONE" : "REFUSED").toArray(String[]::new)));
    }
  }

  /** Has the undecided ones asked again: after 1 s, 2 s, 4 s and so on, at most a minute. */
  public void defer(List<PaymentInstruction> instructions) {
    if (!instructions.isEmpty()) {
      deferred.add(
          DEFER,
          new MapSqlParameterSource()
              .addValue("ids", ids(instructions))
              .addValue(
                  "dues",
                  instructions.stream()
                      .map(i -> now().plusSeconds(Math.min(60, 1L << Math.min(i.attempts(), 6))))
                      .map(OffsetDateTime::toString)
                      .toArray(String[]::new)));
    }
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  /** Until when an instruction is his who takes it now. */
  public OffsetDateTime taken() {
    return now().plus(TAKEN);
  }

  private static UUID[] ids(List<PaymentInstruction> instructions) {
    return instructions.stream().map(PaymentInstruction::id).toArray(UUID[]::new);
  }

  private static PaymentInstruction instruction(ResultSet row) throws SQLException {
    return new PaymentInstruction(
        row.getObject("id", UUID.class),
        new PaymentId(row.getObject("payment_id", UUID.class)),
        new OrderId(row.getObject("order_id", UUID.class)),
        Operation.valueOf(row.getString("operation")),
        Money.ofMinor(CurrencyUnit.of(row.getString("currency")), row.getLong("amount_minor")),
        row.getString("token"),
        row.getInt("attempts"));
  }
}
