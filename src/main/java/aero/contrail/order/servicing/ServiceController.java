package aero.contrail.order.servicing;

import aero.contrail.eventlog.EventLog;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.order.OrderController;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.Orders;
import aero.contrail.order.PaymentRequest;
import aero.contrail.order.Waiting;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.ancillary.ServiceView;
import aero.contrail.order.ancillary.WantedAncillary;
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
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Bags, seats and the like for an order that has its tickets. */
@RestController
@RequestMapping("/orders/{id}/services")
class ServiceController {

  private final OrderDesk desk;
  private final ServiceDesk services;
  private final EventLog log;
  private final Idempotency idempotency;
  private final TransactionOperations transaction;

  ServiceController(
      OrderDesk desk,
      ServiceDesk services,
      EventLog log,
      Idempotency idempotency,
      TransactionOperations transaction) {
    this.desk = desk;
    this.services = services;
    this.log = log;
    this.idempotency = idempotency;
    this.transaction = transaction;
  }

  /** All of the services or none; with a payment if they cost something. */
  record ServicesOrder(
      @NotEmpty @Size(max = 10) List<@Valid @NotNull WantedAncillary> services,
      @Nullable @Valid PaymentRequest payment) {}

  /**
   * Services that were ordered together.
   *
   * @param total of all of them
   * @param paymentId null when they cost nothing
   * @param reason why nothing became of it
   */
  record SaleView(
      UUID id,
      OrderId orderId,
      ServiceSale.Status status,
      Money total,
      @Nullable PaymentId paymentId,
      List<ServiceView> services,
      @Nullable String reason) {}

  /** All services of an order, in the order of their sale. */
  record Services(List<ServiceView> items) {}

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = SaleView.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = SaleView.class)))
  @Operation(summary = "Buy bags, seats and the like")
  @PostMapping
  @Refuses({
    ProblemCode.OFFER_INVALID,
    ProblemCode.OFFER_EXPIRED,
    ProblemCode.ILLEGAL_STATE,
    ProblemCode.PRICE_CHANGED,
    ProblemCode.PAYMENT_DECLINED,
    ProblemCode.PAYMENT_ACTION_REQUIRED,
    ProblemCode.SEAT_TAKEN,
    ProblemCode.SPECIAL_SERVICE_UNAVAILABLE,
    ProblemCode.SPACE_UNAVAILABLE
  })
  ResponseEntity<?> order(
      @PathVariable String id,
      @Valid @RequestBody ServicesOrder request,
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
            services.order(
                order, fresh.value(), fresh, request.services(), request.payment(), caller);
          },
          kept -> {
            var sale = UUID.fromString(kept);
            Waiting.await(watch, fact -> endsSale(fact, sale), preference);
            return answer(order, sale, caller, preference);
          });
    }
  }

  /** A payment for services has the id of their sale. */
  private static boolean endsSale(DomainEvent fact, UUID sale) {
    return switch (fact) {
      case OrderEvent.ServicesIssued issued -> issued.sale().equals(sale);
      case OrderEvent.ServicesAbandoned over -> over.sale().equals(sale);
      case OrderEvent.PaymentActionRequired action -> action.payment().value().equals(sale);
      case DomainEvent _ -> false;
    };
  }

  private ResponseEntity<?> answer(OrderId order, UUID id, Caller caller, Prefer preference) {
    var details = desk.require(order, caller).state().details();
    var sale = ServiceDesk.sale(details, id);
    if (sale.refusal() != null) {
      throw problem(sale.refusal());
    }
    var ordered = sale.ordered();
    var view =
        new SaleView(
            id,
            order,
            sale.status(),
            ordered.amount(),
            ordered.payment(),
            ServiceView.of(sale, details),
            sale.reason());
    return switch (sale.status()) {
      case WANTED, ORDERED, RESERVED -> {
        desk.requireNoAction(details);
        yield answer(202, view, preference);
      }
      case ISSUED -> answer(201, view, preference);
      case ABANDONED -> {
        var payment = ordered.payment();
        var isDeclined =
            payment != null
                && details
                    .payment(payment)
                    .filter(p -> p.status() == PaymentStatus.DECLINED)
                    .isPresent();
        throw new Problem(
            isDeclined ? ProblemCode.PAYMENT_DECLINED : ProblemCode.ILLEGAL_STATE,
            "Nothing was sold, what was paid goes back: %s."
                .formatted(Objects.requireNonNullElse(sale.reason(), "not known")));
      }
    };
  }

  private static Problem problem(SpaceRefusal refusal) {
    return new Problem(
        OrderDesk.code(refusal.kind()),
        "On %s: %s. Nothing was sold, no money is taken."
            .formatted(refusal.flight(), refusal.words()));
  }

  private static ResponseEntity<?> answer(int status, SaleView view, Prefer preference) {
    var response =
        ResponseEntity.status(status)
            .location(URI.create("/orders/%s/services".formatted(view.orderId())));
    preference.tell(response);
    return response.body(view);
  }

  @Operation(summary = "List the services of an order")
  @GetMapping
  Services list(@PathVariable String id, Caller caller) {
    return new Services(
        ServiceView.all(desk.require(OrderController.orderId(id), caller).state().details()));
  }

  @Operation(summary = "Give a service up")
  @DeleteMapping("/{serviceId}")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ServiceDesk.GivenUp giveUp(
      @PathVariable String id,
      @PathVariable String serviceId,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      Caller caller) {
    var order = OrderController.orderId(id);
    var service = PathIds.uuid("service", serviceId);
    return Objects.requireNonNull(
        transaction.execute(
            _ -> {
              desk.requireSeen(order, seen, caller);
              return services.giveUp(order, service, caller);
            }));
  }
}
