package aero.contrail.order.servicing;

import aero.contrail.eventlog.EventLog;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.OrderController;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.Orders;
import aero.contrail.order.PaymentRequest;
import aero.contrail.order.Waiting;
import aero.contrail.order.amendment.VoluntaryChange;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.web.PathIds;
import aero.contrail.web.Prefer;
import aero.contrail.web.Refuses;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Other flights instead of some that an order has: first a quote, then its confirmation. */
@RestController
@RequestMapping("/orders/{id}/changes")
class ChangeController {

  private final OrderDesk desk;
  private final ChangeDesk changes;
  private final EventLog log;
  private final Idempotency idempotency;

  ChangeController(OrderDesk desk, ChangeDesk changes, EventLog log, Idempotency idempotency) {
    this.desk = desk;
    this.changes = changes;
    this.log = log;
    this.idempotency = idempotency;
  }

  /**
   * What is wanted.
   *
   * @param passengerIds none: all who are on the flights
   * @param remove flights that are given up
   * @param offerId the flights instead, offered for those who change
   */
  record ChangeRequest(
      @Nullable @Size(max = 9) List<@NotNull String> passengerIds,
      @NotEmpty @Size(max = 8) List<@NotNull String> remove,
      @NotBlank @Size(max = 20_000) String offerId) {

    List<String> passengers() {
      return passengerIds == null ? List.of() : passengerIds;
    }
  }

  /** Takes a quote; with a payment if it costs something. */
  record ChangeConfirmation(@Nullable @Valid PaymentRequest payment) {}

  /** All changes of an order, oldest first. */
  record Changes(List<ChangeView> items) {}

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ChangeView.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = ChangeView.class)))
  @Operation(summary = "Quote other flights and hold them")
  @PostMapping
  @Refuses({
    ProblemCode.OFFER_INVALID,
    ProblemCode.OFFER_EXPIRED,
    ProblemCode.NOT_CHANGEABLE,
    ProblemCode.ILLEGAL_STATE,
    ProblemCode.SPACE_UNAVAILABLE,
    ProblemCode.SCHEDULE_CHANGED,
    ProblemCode.HOLD_LIMIT
  })
  ResponseEntity<?> quote(
      @PathVariable String id,
      @Valid @RequestBody ChangeRequest request,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      IdempotencyKey key,
      Caller caller) {
    var preference = Prefer.of(prefer);
    var order = OrderController.orderId(id);
    desk.require(order, caller);
    try (var watch = log.watch(Orders.stream(order))) {
      var fresh = desk.nextPayment().value();
      return idempotency.once(
          key,
          fresh.toString(),
          () -> {
            desk.requireSeen(order, seen, caller);
            changes.quote(
                order, fresh, request.passengers(), request.remove(), request.offerId(), caller);
          },
          kept -> {
            var change = UUID.fromString(kept);
            Waiting.await(watch, fact -> endsQuote(fact, change), preference);
            return quoted(order, change, caller, preference);
          });
    }
  }

  private static boolean endsQuote(DomainEvent fact, UUID change) {
    return switch (fact) {
      case OrderEvent.ChangeHeld held -> held.change().equals(change);
      case OrderEvent.ChangeRefused refused -> refused.change().equals(change);
      case OrderEvent.ChangeAbandoned over -> over.change().equals(change);
      case DomainEvent _ -> false;
    };
  }

  private ResponseEntity<?> quoted(OrderId order, UUID id, Caller caller, Prefer preference) {
    var details = desk.require(order, caller).state().details();
    var change = ChangeDesk.change(details, id);
    if (change.refusal() != null) {
      throw OrderDesk.problem(change.refusal(), "The order stays as it is.");
    }
    return answer(
        change,
        details,
        change.status() == VoluntaryChange.Status.REQUESTED ? 202 : 201,
        preference);
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ChangeView.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = ChangeView.class)))
  @Operation(summary = "Take the other flights and give up those that go")
  @PostMapping("/{changeId}/confirm")
  @Refuses({
    ProblemCode.ILLEGAL_STATE,
    ProblemCode.QUOTE_SUPERSEDED,
    ProblemCode.QUOTE_EXPIRED,
    ProblemCode.PAYMENT_DECLINED,
    ProblemCode.PAYMENT_ACTION_REQUIRED,
    ProblemCode.PRICE_CHANGED,
    ProblemCode.SPACE_UNAVAILABLE,
    ProblemCode.SCHEDULE_CHANGED
  })
  ResponseEntity<?> confirm(
      @PathVariable String id,
      @PathVariable String changeId,
      @Valid @RequestBody(required = false) @Nullable ChangeConfirmation request,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      IdempotencyKey key,
      Caller caller) {
    var preference = Prefer.of(prefer);
    var order = OrderController.orderId(id);
    var change = uuid(changeId);
    desk.require(order, caller);
    try (var watch = log.watch(Orders.stream(order))) {
      var fresh = desk.nextPayment();
      return idempotency.once(
          key,
          fresh.toString(),
          () -> {
            desk.requireSeen(order, seen, caller);
            changes.confirm(
                order, change, fresh, request == null ? null : request.payment(), caller);
          },
          kept -> {
            var payment = new PaymentId(UUID.fromString(kept));
            Waiting.await(watch, fact -> endsChange(fact, change, payment), preference);
            return confirmed(order, change, payment, caller, preference);
          });
    }
  }

  private static boolean endsChange(DomainEvent fact, UUID change, PaymentId payment) {
    return switch (fact) {
      case OrderEvent.CouponsExchanged exchanged -> exchanged.change().equals(change);
      case OrderEvent.ChangeAbandoned over -> over.change().equals(change);
      case OrderEvent.PaymentDeclined declined -> declined.payment().equals(payment);
      case OrderEvent.PaymentActionRequired action -> action.payment().equals(payment);
      case DomainEvent _ -> false;
    };
  }

  private ResponseEntity<?> confirmed(
      OrderId order, UUID id, PaymentId payment, Caller caller, Prefer preference) {
    var details = desk.require(order, caller).state().details();
    var change = ChangeDesk.change(details, id);
    var paid = details.payment(payment).map(Payment::status);
    if (paid.filter(PaymentStatus.DECLINED::equals).isPresent()) {
      throw new Problem(
          ProblemCode.PAYMENT_DECLINED,
          "Payment %s was declined; the space is held until %s."
              .formatted(payment, change.quoted().expiresAt()));
    }
    if (change.refusal() != null) {
      throw OrderDesk.problem(
          change.refusal(), "The order stays as it is, what was paid goes back.");
    }
    return switch (change.status()) {
      case LAPSED ->
          throw new Problem(
              ProblemCode.QUOTE_EXPIRED, "It expired meanwhile; what was paid goes back.");
      case FAILED ->
          throw new Problem(
              paid.filter(status -> status != PaymentStatus.CAPTURED).isPresent()
                  ? ProblemCode.PAYMENT_DECLINED
                  : ProblemCode.ILLEGAL_STATE,
              "The order stays as it is, what was paid goes back: %s."
                  .formatted(Objects.requireNonNullElse(change.reason(), "not known")));
      case SUPERSEDED, WITHDRAWN, REFUSED ->
          throw new Problem(ProblemCode.ILLEGAL_STATE, "The change is " + change.status() + ".");
      case REQUESTED, QUOTED, PAYING, CONFIRMING -> {
        desk.requireNoAction(details);
        yield answer(change, details, 202, preference);
      }
      case CONFIRMED -> answer(change, details, 200, preference);
    };
  }

  @Operation(summary = "List the changes of an order")
  @GetMapping
  Changes list(@PathVariable String id, Caller caller) {
    var details = desk.require(OrderController.orderId(id), caller).state().details();
    return new Changes(
        details.changes().stream().map(change -> ChangeView.of(change, details)).toList());
  }

  @Operation(summary = "Read a change of an order")
  @GetMapping("/{changeId}")
  ChangeView get(@PathVariable String id, @PathVariable String changeId, Caller caller) {
    var details = desk.require(OrderController.orderId(id), caller).state().details();
    return ChangeView.of(ChangeDesk.change(details, uuid(changeId)), details);
  }

  private static ResponseEntity<?> answer(
      VoluntaryChange change, Details details, int status, Prefer preference) {
    var response =
        ResponseEntity.status(status)
            .location(
                URI.create(
                    "/orders/%s/changes/%s".formatted(change.quoted().order(), change.id())));
    preference.tell(response);
    return response.body(ChangeView.of(change, details));
  }

  private static UUID uuid(String id) {
    return PathIds.uuid("change", id);
  }
}
