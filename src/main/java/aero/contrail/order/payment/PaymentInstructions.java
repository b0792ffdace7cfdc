package aero.contrail.order.payment;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import aero.contrail.order.payment.PaymentProvider.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

  /** The provider knows a payment by what it said when it authorised it. */
  private static final String COLUMNS =
      """
      id, payment_id, order_id, operation, amount_minor, currency, token, given_at, attempts,
      coalesce(reference,
               (select a.reference
                  from orders.payment_instruction a
                 where a.payment_id = payment_instruction.payment_id
                   and a.operation = 'AUTHORISE')) as reference
      """;

  static final String RETURNING = "returning " + COLUMNS;

  private static final String INSERT =
      """
      insert into orders.payment_instruction (id, payment_id, order_id, operation, amount_minor,
                                              currency, token, status, due_at, given_at)
      select id, payment_id, order_id, operation, amount_minor, currency, token, 'OPEN', :taken,
             :now
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
         set status = u.status, attempts = i.attempts + 1, token = null, action_address = null,
             obstacle = null, reference = coalesce(u.reference, i.reference)
        from unnest(:ids, :statuses, :references) as u (id, status, reference)
       where i.id = u.id and i.status = 'OPEN'
      """;

  private static final String DEFER =
      """
      update orders.payment_instruction i
         set due_at = u.due_at::timestamptz, attempts = i.attempts + 1, obstacle = u.obstacle,
             action_address = coalesce(u.address, i.action_address),
             reference = coalesce(u.reference, i.reference)
        from unnest(:ids, :dues, :obstacles, :addresses, :references)
          as u (id, due_at, obstacle, address, reference)
       where i.id = u.id and i.status = 'OPEN'
      """;

  private static final String ASK_SOON =
      """
      update orders.payment_instruction
         set due_at = :now
       where id = :id and status = 'OPEN' and due_at > :now
      """;

  private static final String FIND =
      "select "
          + COLUMNS
          + """
            from orders.payment_instruction
           where id = :id
          """;

  private static final String FIND_OPEN = FIND + " and status = 'OPEN'";

  private static final String ACTION =
      """
      select action_address
        from orders.payment_instruction
       where payment_id = :payment and operation = 'AUTHORISE' and action_address is not null
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
      @Nullable String token) {

    /** A card that is to pay. */
    public static Draft toAuthorise(PaymentId payment, OrderId order, Money amount, String token) {
      var operation = Operation.AUTHORISE;
      return new Draft(
          PaymentInstruction.idOf(payment, operation), payment, order, operation, amount, token);
    }
  }

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
        .param("now", now())
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

  /**
   * What the provider said of an instruction.
   *
   * @param outcome that it is done, or never will be
   */
  public record Closed(PaymentInstruction instruction, Outcome outcome) {

    private String status() {
      return outcome instanceof Outcome.Done ? "DONE" : "REFUSED";
    }

    private @Nullable String reference() {
      return outcome instanceof Outcome.Done(var reference) ? reference : null;
    }
  }

  /** Keeps outcomes that are known. */
  public void close(List<Closed> closed) {
    if (!closed.isEmpty()) {
      deferred.add(
          CLOSE,
          new MapSqlParameterSource()
              .addValue("ids", ids(closed.stream().map(Closed::instruction).toList()))
              .addValue("statuses", closed.stream().map(Closed::status).toArray(String[]::new))
              .addValue(
                  "references", closed.stream().map(Closed::reference).toArray(String[]::new)));
    }
  }

  /**
   * What is not known yet.
   *
   * @param address where the customer has to act; null when he has not
   * @param reference by which the provider knows the payment; null when it did not say
   */
  public record Deferred(
      PaymentInstruction instruction,
      String obstacle,
      @Nullable String address,
      @Nullable String reference) {}

  /** Has the undecided ones asked again: after 1 s, 2 s, 4 s and so on, at most a minute. */
  public void defer(List<Deferred> undecided) {
    if (!undecided.isEmpty()) {
      var asked = undecided.stream().map(Deferred::instruction).toList();
      deferred.add(
          DEFER,
          new MapSqlParameterSource()
              .addValue("ids", ids(asked))
              .addValue(
                  "dues",
                  asked.stream()
                      .map(i -> now().plusSeconds(Math.min(60, 1L << Math.min(i.attempts(), 6))))
                      .map(OffsetDateTime::toString)
                      .toArray(String[]::new))
              .addValue(
                  "obstacles", undecided.stream().map(Deferred::obstacle).toArray(String[]::new))
              .addValue(
                  "addresses", undecided.stream().map(Deferred::address).toArray(String[]::new))
              .addValue(
                  "references",
                  undecided.stream().map(Deferred::reference).toArray(String[]::new)));
    }
  }

  /** Something is known of it now: it is asked about at once, if it is not decided already. */
  public void askSoon(UUID id) {
    jdbc.sql(ASK_SOON).param("id", id).param("now", now()).update();
  }

  /** An instruction, decided or not. */
  public Optional<PaymentInstruction> find(UUID id) {
    return jdbc.sql(FIND).param("id", id).query((row, _) -> instruction(row)).optional();
  }

  /** One of which nobody knows yet what becomes of it. */
  public Optional<PaymentInstruction> findOpen(UUID id) {
    return jdbc.sql(FIND_OPEN).param("id", id).query((row, _) -> instruction(row)).optional();
  }

  /** Where a customer has to act before a payment goes on; empty when he has not. */
  public Optional<String> action(PaymentId payment) {
    return jdbc.sql(ACTION)
        .param("payment", payment.value())
        .query((row, _) -> row.getString("action_address"))
        .optional();
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

  static PaymentInstruction instruction(ResultSet row) throws SQLException {
    return new PaymentInstruction(
        row.getObject("id", UUID.class),
        new PaymentId(row.getObject("payment_id", UUID.class)),
        new OrderId(row.getObject("order_id", UUID.class)),
        Operation.valueOf(row.getString("operation")),
        Money.ofMinor(CurrencyUnit.of(row.getString("currency")), row.getLong("amount_minor")),
        row.getString("token"),
        row.getString("reference"),
        row.getObject("given_at", OffsetDateTime.class).toInstant(),
        row.getInt("attempts"));
  }
}
