package aero.contrail.order.workitem;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.OrderEvent.RefundSettlement;
import aero.contrail.events.OrderId;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.Orders;
import aero.contrail.order.PaymentOutcomes;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.payment.PaymentInstruction;
import aero.contrail.order.payment.PaymentInstructions;
import aero.contrail.order.payment.PaymentProvider;
import aero.contrail.order.payment.PaymentProvider.Outcome;
import aero.contrail.order.payment.PaymentProvider.Outcome.Done;
import aero.contrail.order.payment.PaymentProvider.Outcome.Refused;
import aero.contrail.order.workitem.WorkItem.Action;
import aero.contrail.order.workitem.WorkItem.Kind;
import aero.contrail.order.workitem.WorkItem.Resolution;
import aero.contrail.order.workitem.WorkItems.After;
import aero.contrail.web.Page;
import aero.contrail.web.PathIds;
import aero.contrail.web.Refuses;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people have to decide. */
@RestController
@RequestMapping("/work-items")
class WorkItemController {

  private static final String ITEMS = "work-items";

  private final WorkItems items;
  private final Orders orders;
  private final PaymentInstructions instructions;
  private final PaymentOutcomes outcomes;
  private final PaymentProvider provider;
  private final Idempotency idempotency;
  private final Clock clock;

  WorkItemController(
      WorkItems items,
      Orders orders,
      PaymentInstructions instructions,
      PaymentOutcomes outcomes,
      PaymentProvider provider,
      Idempotency idempotency,
      Clock clock) {
    this.items = items;
    this.orders = orders;
    this.instructions = instructions;
    this.outcomes = outcomes;
    this.provider = provider;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /** Whether somebody still has to decide. */
  enum WorkStatus {
    OPEN,
    RESOLVED
  }

  /**
   * What has to be decided, or was.
   *
   * @param id of a refund that was refused: that of the refund
   * @param actions what may be done about it; none when it is done
   */
  record WorkItemView(
      UUID id,
      Kind kind,
      WorkStatus status,
      OrderId orderId,
      Money amount,
      String reason,
      Instant since,
      List<Action> actions,
      @Nullable Resolution resolution) {

    static WorkItemView of(WorkItem item) {
      var isOpen = item.resolved() == null;
      return new WorkItemView(
          item.id(),
          item.kind(),
          isOpen ? WorkStatus.OPEN : WorkStatus.RESOLVED,
          item.order(),
          item.amount(),
          item.reason(),
          item.since(),
          isOpen ? item.kind().actions() : List.of(),
          item.resolved());
    }
  }

  @Operation(summary = "List what needs a person, the oldest first")
  @GetMapping
  Page<WorkItemView> list(
      @RequestParam(required = false) @Nullable WorkStatus status,
      @RequestParam(required = false) @Nullable UUID orderId,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
    return Page.of(
        ITEMS,
        items.page(
            orderId == null ? null : new OrderId(orderId),
            status == null ? null : status == WorkStatus.OPEN,
            Page.after(ITEMS, cursor, null, WorkItemController::after),
            limit + 1),
        limit,
        item -> item.since() + " " + item.id(),
        WorkItemView::of);
  }

  private static After after(String cursor) {
    var space = cursor.indexOf(' ');
    return new After(
        Instant.parse(cursor.substring(0, space)), UUID.fromString(cursor.substring(space + 1)));
  }

  /**
   * What is done about it.
   *
   * @param reason why; without names: it is kept
   * @param providerReference by which the provider knows a payment that it has authorised: what was
   *     authorised can only be captured or voided with it
   */
  record ResolutionRequest(
      @NotNull Action action,
      @NotBlank @Size(max = 500) String reason,
      @Nullable @Size(min = 1, max = 200) String providerReference) {}

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = WorkItemView.class)))
  @Operation(summary = "Decide about what needs a person")
  @PostMapping("/{id}/resolve")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> resolve(
      @PathVariable String id, @Valid @RequestBody ResolutionRequest request, IdempotencyKey key) {
    return idempotency.once(key, () -> ResponseEntity.ok(resolved(uuid(id), request)));
  }

  /** Whoever decides has locked the item first, so that the second finds it decided. */
  private WorkItemView resolved(UUID id, ResolutionRequest request) {
    var item = find(id);
    if (!item.kind().actions().contains(request.action())) {
      throw Problem.invalid(
          "/action", "not_possible", "About this can be done: " + item.kind().actions() + ".");
    }
    if (item.resolved() != null) {
      throw new Problem(ProblemCode.ILLEGAL_STATE, "It is decided: " + item.resolved().action());
    }
    var at = clock.instant();
    switch (request.action()) {
      case RETRY, PAID_OTHERWISE, WRITTEN_OFF, DECIDED -> settle(item, request.action(), at);
      case ASK_AGAIN -> instructions.askSoon(open(item).id());
      case RECORD_DONE -> decide(item, new Done(request.providerReference()));
      case RECORD_REFUSED -> decide(item, new Refused("recorded_by_staff"));
    }
    items.resolve(
        id, new Resolution(request.action(), request.reason(), Origin.current().actor(), at));
    return WorkItemView.of(find(id));
  }

  private void settle(WorkItem item, Action action, Instant at) {
    OrderDesk.refusing(
        () ->
            orders.handle(
                List.of(new Orders.Intent(item.order(), command(item.subject(), action, at)))));
  }

  private static OrderCommand command(UUID refund, Action action, Instant at) {
    return switch (action) {
      case RETRY -> new OrderCommand.RetryRefund(refund, UUID.randomUUID(), at);
      case PAID_OTHERWISE ->
          new OrderCommand.SettleRefund(refund, RefundSettlement.PAID_OTHERWISE, at);
      case WRITTEN_OFF -> new OrderCommand.SettleRefund(refund, RefundSettlement.WRITTEN_OFF, at);
      case ASK_AGAIN, RECORD_DONE, RECORD_REFUSED, DECIDED ->
          throw new IllegalArgumentException("nothing is done about a refund by " + action);
    };
  }

  /** With the order locked, so that the provider's own answer comes before, or not at all. */
  private void decide(WorkItem item, Outcome outcome) {
    var _ = orders.lock(item.order());
    var instruction = open(item);
    if (outcome instanceof Done(var reference)) {
      requireReference(instruction, reference);
    }
    outcomes.record(List.of(instruction), List.of(outcome));
  }

  private PaymentInstruction open(WorkItem item) {
    return instructions
        .findOpen(item.subject())
        .orElseThrow(
            () ->
                new Problem(
                    ProblemCode.ILLEGAL_STATE,
                    "The provider has answered meanwhile: read the order."));
  }

  /** What was authorised could never be captured without it. */
  private void requireReference(PaymentInstruction instruction, @Nullable String reference) {
    if (provider.needsReference()
        && instruction.operation() == PaymentInstruction.Operation.AUTHORISE
        && instruction.reference() == null
        && reference == null) {
      throw Problem.invalid(
          "/providerReference", "not_null", "Say by which reference the provider knows it.");
    }
  }

  private WorkItem find(UUID id) {
    return items.lock(id).orElseThrow(() -> Problem.notFound("work item", id));
  }

  private static UUID uuid(String id) {
    return PathIds.uuid("work item", id);
  }
}
