package aero.contrail.order;

import aero.contrail.eventlog.EventLog;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.model.OrderState;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.payment.PointsTender;
import aero.contrail.web.Prefer;
import aero.contrail.web.Refuses;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.Idempotency.Claim;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Orders: placing and paying them. */
@RestController
@RequestMapping("/orders")
class SalesController {

  private final OrderDesk desk;
  private final OrderReader reader;
  private final EventLog log;
  private final Idempotency idempotency;
  private final OrderAcceptance acceptance;
  private final Admission admission;

  SalesController(
      OrderDesk desk,
      OrderReader reader,
      EventLog log,
      Idempotency idempotency,
      OrderAcceptance acceptance,
      Admission admission) {
    this.desk = desk;
    this.reader = reader;
    this.log = log;
    this.idempotency = idempotency;
    this.acceptance = acceptance;
    this.admission = admission;
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @Operation(summary = "Place an order")
  @PostMapping
  @Refuses({
    ProblemCode.PAYMENT_ACTION_REQUIRED,
    ProblemCode.OFFER_INVALID,
    ProblemCode.OFFER_EXPIRED,
    ProblemCode.NOT_FOR_POINTS,
    ProblemCode.PRICE_CHANGED,
    ProblemCode.SPACE_UNAVAILABLE,
    ProblemCode.SCHEDULE_CHANGED,
    ProblemCode.HOLD_LIMIT,
    ProblemCode.ORDER_EXPIRED,
    ProblemCode.ILLEGAL_STATE
  })
  ResponseEntity<?> place(
      @Valid @RequestBody PlaceRequest request,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
      IdempotencyKey key,
      Caller caller) {
    var preference = Prefer.of(prefer);
    admission.enter(() -> idempotency.isKnown(key));
    Supplier<Predicate<DomainEvent>> decided =
        () -> request.payment() == null ? Waiting::endsHolding : Waiting.endsSelling();
    return idempotency.onceTogether(
        key,
        () ->
            preference.patience().isZero()
                ? place(request, preference, key, caller)
                : placeAndWait(request, preference, key, caller, decided.get()),
        placed ->
            // Repeated after a crash, the answer is about the order that was placed then.
            placedBefore(new OrderId(UUID.fromString(placed)), caller, preference, decided.get()));
  }

  private Optional<ResponseEntity<?>> place(
      PlaceRequest request, Prefer preference, IdempotencyKey key, Caller caller) {
    var order = desk.prepare(desk.nextId(), request, caller);
    var view = reader.view(order.state(), order.facts().size(), request.people());
    var answer = idempotency.rendered(answer(order.placed().order(), view, preference, false));
    return acceptance.accept(order, new Claim(key, null, answer))
        ? Optional.of(answer)
        : Optional.empty();
  }

  private Optional<ResponseEntity<?>> placeAndWait(
      PlaceRequest request,
      Prefer preference,
      IdempotencyKey key,
      Caller caller,
      Predicate<DomainEvent> decided) {
    var id = desk.nextId();
    var order = desk.prepare(id, request, caller);
    try (var watch = log.watch(Orders.stream(id))) {
      if (!acceptance.accept(order, new Claim(key, id.toString(), null))) {
        return Optional.empty();
      }
      return Optional.of(
          idempotency.complete(
              key,
              () -> {
                var isDecided = Waiting.await(watch, decided, preference);
                var placed = desk.seen(watch.seen()).orElseGet(() -> desk.require(id, caller));
                return placed(placed, preference, isDecided, o -> reader.view(o, request.people()));
              }));
    }
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @Operation(summary = "Pay a held order")
  @PostMapping("/{id}/payments")
  @Refuses({
    ProblemCode.PAYMENT_DECLINED,
    ProblemCode.PAYMENT_ACTION_REQUIRED,
    ProblemCode.ALREADY_PAID,
    ProblemCode.INSUFFICIENT_POINTS,
    ProblemCode.MEMBER_UNKNOWN,
    ProblemCode.NOT_FOR_POINTS,
    ProblemCode.PRICE_CHANGED,
    ProblemCode.ILLEGAL_STATE,
    ProblemCode.SPACE_UNAVAILABLE,
    ProblemCode.ORDER_EXPIRED
  })
  ResponseEntity<?> pay(
      @PathVariable String id,
      @Valid @RequestBody PaymentRequest request,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      IdempotencyKey key,
      Caller caller) {
    var preference = Prefer.of(prefer);
    var order = OrderController.orderId(id);
    desk.require(order, caller);
    try (var watch = log.watch(Orders.stream(order))) {
      var fresh = desk.nextPayment();
      return idempotency.once(
          key,
          fresh.toString(),
          () -> {
            desk.requireSeen(order, seen, caller);
            desk.pay(order, fresh, request, caller);
          },
          requested -> {
            var payment = new PaymentId(UUID.fromString(requested));
            var decided =
                Waiting.await(watch, fact -> Waiting.endsPayment(fact, payment), preference);
            return paid(order, payment, caller, preference, decided);
          });
    }
  }

  private ResponseEntity<?> placedBefore(
      OrderId id, Caller caller, Prefer preference, Predicate<DomainEvent> decided) {
    try (var watch = log.watch(Orders.stream(id))) {
      var isDecided = Waiting.await(watch, decided, preference);
      return placed(desk.require(id, caller), preference, isDecided, reader::view);
    }
  }

  private ResponseEntity<?> placed(
      Loaded order, Prefer preference, boolean decided, Function<Loaded, OrderView> view) {
    var id = order.order();
    return switch (order.state()) {
      case OrderState.Rejected(_, var refusal) ->
          throw OrderDesk.problem(refusal, "Order %s is rejected.".formatted(id));
      case OrderState.Failed(_, var reason) ->
          throw new Problem(
              ProblemCode.SPACE_UNAVAILABLE,
              "Order %s failed, the payment goes back: %s.".formatted(id, reason));
      case OrderState.Cancelled _ -> throw cancelled(id);
      case OrderState.Expired(var details) when details.undecidedPayment().isEmpty() ->
          throw new Problem(ProblemCode.ORDER_EXPIRED, "Order %s has expired.".formatted(id));
      case OrderState.Expired _ -> answer(order, view.apply(order), preference, false);
      case Known known -> {
        desk.requireNoAction(known.details());
        yield answer(order, view.apply(order), preference, decided);
      }
    };
  }

  private static Problem cancelled(OrderId id) {
    return new Problem(
        ProblemCode.ILLEGAL_STATE,
        "Order %s was cancelled meanwhile; what was paid goes back.".formatted(id));
  }

  private ResponseEntity<?> paid(
      OrderId id, PaymentId payment, Caller caller, Prefer preference, boolean decided) {
    var order = desk.require(id, caller);
    var status =
        order.state().details().payment(payment).map(OrderState.Payment::status).orElseThrow();
    var tender = order.state().details().tender();
    if (tender != null && tender.card().equals(payment) && tender.refusal() != null) {
      throw refused(tender);
    }
    if (status == OrderState.PaymentStatus.DECLINED) {
      throw new Problem(
          ProblemCode.PAYMENT_DECLINED, "Payment %s was declined.".formatted(payment));
    }
    return switch (order.state()) {
      case OrderState.Failed(_, var reason) ->
          throw new Problem(
              ProblemCode.SPACE_UNAVAILABLE,
              "The order failed, the payment goes back: %s.".formatted(reason));
      case OrderState.Expired _ when status == OrderState.PaymentStatus.VOIDED ->
          throw new Problem(
              ProblemCode.ORDER_EXPIRED, "The order expired while the payment was under way.");
      case OrderState.Cancelled _ -> throw cancelled(id);
      case OrderState.Expired _ -> answer(order, preference, false);
      case Known known -> {
        desk.requireNoAction(known.details());
        yield answer(order, preference, decided);
      }
    };
  }

  private static Problem refused(PointsTender tender) {
    return switch (Objects.requireNonNull(tender.refusal())) {
      case UNKNOWN_MEMBER ->
          new Problem(
              ProblemCode.MEMBER_UNKNOWN, "There is no member %s.".formatted(tender.member()));
      case NOT_ENOUGH ->
          new Problem(
              ProblemCode.INSUFFICIENT_POINTS,
              "Member %s has fewer than %d points to spend."
                  .formatted(tender.member(), tender.points()));
    };
  }

  private ResponseEntity<?> answer(Loaded order, Prefer preference, boolean decided) {
    return answer(order, reader.view(order), preference, decided);
  }

  private static ResponseEntity<?> answer(
      Loaded order, OrderView view, Prefer preference, boolean decided) {
    return answer(order.order(), view, preference, decided);
  }

  private static ResponseEntity<?> answer(
      OrderId order, OrderView view, Prefer preference, boolean decided) {
    var response =
        ResponseEntity.status(decided ? 201 : 202)
            .location(URI.create("/orders/" + order))
            .eTag(view.tag());
    preference.tell(response);
    return response.body(view);
  }
}
