package aero.contrail.order;

import static aero.contrail.order.OrderState.PaymentStatus.PENDING;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.OrderIndex.Search;
import aero.contrail.order.OrderState.Known;
import aero.contrail.order.OrderStates.Loaded;
import aero.contrail.order.PlaceRequest.PaymentRequest;
import aero.contrail.web.Caller;
import aero.contrail.web.ETags;
import aero.contrail.web.Idempotency;
import aero.contrail.web.IdempotencyKey;
import aero.contrail.web.Page;
import aero.contrail.web.Prefer;
import aero.contrail.web.Problem;
import aero.contrail.web.ProblemCode;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders: placing, paying and reading them. */
@RestController
@RequestMapping("/orders")
class OrderController {

  private final OrderDesk desk;
  private final OrderReader reader;
  private final EventLog log;
  private final Idempotency idempotency;
  private final Admission admission;

  OrderController(
      OrderDesk desk,
      OrderReader reader,
      EventLog log,
      Idempotency idempotency,
      Admission admission) {
    this.admission = admission;
    this.desk = desk;
    this.reader = reader;
    this.log = log;
    this.idempotency = idempotency;
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @PostMapping
  ResponseEntity<?> place(
      @Valid @RequestBody PlaceRequest request,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
      IdempotencyKey key,
      Caller caller) {
    var preference = Prefer.of(prefer);
    admission.enter(() -> idempotency.isKnown(key));
    var id = desk.nextId();
    if (preference.patience().isZero()) {
      return idempotency.once(
          key,
          () -> {
            var order = desk.place(id, request, caller);
            return answer(order, reader.view(order, request.people()), preference, false);
          });
    }
    Predicate<DomainEvent> decided =
        request.payment() == null ? Waiting::endsHolding : Waiting::endsSelling;
    try (var watch = log.watch(Orders.stream(id))) {
      return idempotency.once(
          key,
          id.toString(),
          () -> desk.place(id, request, caller),
          placed ->
              // Repeated after a crash, the answer is about the order that was placed then.
              placed.equals(id.toString())
                  ? placed(
                      id,
                      caller,
                      preference,
                      Waiting.await(watch, decided, preference),
                      order -> reader.view(order, request.people()))
                  : placedBefore(
                      new OrderId(UUID.fromString(placed)), caller, preference, decided));
    }
  }

  @GetMapping
  Page<OrderView> search(
      @RequestParam(required = false) @Nullable String recordLocator,
      @RequestParam(required = false) @Nullable OrderStatus status,
      @RequestParam(required = false) @Nullable String flightId,
      @RequestParam(required = false) @Nullable String memberNumber,
      @RequestParam(required = false) @Nullable String ticketNumber,
      @RequestParam(required = false) @Nullable String externalReference,
      @RequestParam(required = false) @Nullable Instant placedAfter,
      @RequestParam(required = false) @Nullable Instant placedBefore,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      Caller caller) {
    return reader.search(
        new Search(
            caller.staff() ? null : caller.channel(),
            recordLocator,
            status,
            flightId,
            memberNumber,
            ticketNumber,
            externalReference,
            placedAfter,
            placedBefore),
        cursor,
        limit);
  }

  @GetMapping("/{id}")
  ResponseEntity<OrderView> get(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Instant asOf,
      @RequestParam(required = false) @Nullable @Min(1) Integer version,
      @RequestHeader(name = "If-None-Match", required = false) @Nullable String seen,
      Caller caller) {
    var order = desk.require(orderId(id), caller);
    return asOf == null && version == null
        ? answer(order.version(), seen, () -> reader.view(order))
        : past(order, asOf, version, seen, caller);
  }

  private ResponseEntity<OrderView> past(
      Loaded order,
      @Nullable Instant asOf,
      @Nullable Integer version,
      @Nullable String seen,
      Caller caller) {
    Predicate<Recorded<OrderEvent>> known =
        fact ->
            (asOf == null || !fact.recordedAt().isAfter(asOf))
                && (version == null || fact.version() <= version);
    var facts = desk.history(order.order(), caller).stream().filter(known).toList();
    if (facts.isEmpty() || (version != null && version > order.version())) {
      throw Problem.notFound("such version of order", order.order());
    }
    var last = facts.getLast().version();
    return answer(
        last, seen, () -> last == order.version() ? reader.view(order) : reader.past(facts));
  }

  private static ResponseEntity<OrderView> answer(
      int version, @Nullable String seen, Supplier<OrderView> view) {
    return ETags.isCurrent(seen, version)
        ? ResponseEntity.status(304).eTag(ETags.of(version)).build()
        : ResponseEntity.ok().eTag(ETags.of(version)).body(view.get());
  }

  @GetMapping("/{id}/history")
  Page<OrderReader.FactView> history(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      Caller caller) {
    return reader.history(desk.history(orderId(id), caller), cursor, limit);
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @PostMapping("/{id}/payments")
  ResponseEntity<?> pay(
      @PathVariable String id,
      @Valid @RequestBody PaymentRequest request,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
      IdempotencyKey key,
      Caller caller) {
    var preference = Prefer.of(prefer);
    var order = orderId(id);
    desk.require(order, caller);
    try (var watch = log.watch(Orders.stream(order))) {
      var fresh = desk.nextPayment();
      return idempotency.once(
          key,
          fresh.toString(),
          () -> desk.pay(order, fresh, request, caller),
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
      return placed(
          id, caller, preference, Waiting.await(watch, decided, preference), reader::view);
    }
  }

  private ResponseEntity<?> placed(
      OrderId id,
      Caller caller,
      Prefer preference,
      boolean decided,
      Function<Loaded, OrderView> view) {
    var order = desk.require(id, caller);
    return switch (order.state()) {
      case OrderState.Rejected(_, var refusal) ->
          throw new Problem(
              ProblemCode.SPACE_UNAVAILABLE,
              "Flight %s cannot take the party: %s. Order %s is rejected."
                  .formatted(refusal.flight(), refusal.constraint(), id));
      case OrderState.Failed(_, var reason) ->
          throw new Problem(
              ProblemCode.SPACE_UNAVAILABLE,
              "Order %s failed, the payment goes back: %s.".formatted(id, reason));
      case OrderState.Cancelled _ -> throw cancelled(id);
      case OrderState.Expired(var details) when details.payment(PENDING).isEmpty() ->
          throw new Problem(ProblemCode.ORDER_EXPIRED, "Order %s has expired.".formatted(id));
      case OrderState.Expired _ -> answer(order, view.apply(order), preference, false);
      case Known _ -> answer(order, view.apply(order), preference, decided);
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
      case Known _ -> answer(order, preference, decided);
    };
  }

  private ResponseEntity<?> answer(Loaded order, Prefer preference, boolean decided) {
    return answer(order, reader.view(order), preference, decided);
  }

  private static ResponseEntity<?> answer(
      Loaded order, OrderView view, Prefer preference, boolean decided) {
    var response =
        ResponseEntity.status(decided ? 201 : 202)
            .location(URI.create("/orders/" + order.order()))
            .eTag(ETags.of(order.version()));
    if (preference.applied() != null) {
      response.header("Preference-Applied", preference.applied());
    }
    return response.body(view);
  }

  static OrderId orderId(String id) {
    try {
      return new OrderId(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("order", id);
    }
  }
}
