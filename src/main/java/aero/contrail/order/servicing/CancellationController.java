package aero.contrail.order.servicing;

import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderId;
import aero.contrail.order.OrderController;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.amendment.CancellationQuote.Line;
import aero.contrail.order.servicing.Cancellations.Cancellation;
import aero.contrail.order.servicing.Cancellations.Status;
import aero.contrail.web.PathIds;
import aero.contrail.web.Refuses;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.net.URI;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Cancellations: first a quote, then its confirmation. */
@RestController
@RequestMapping("/orders/{id}/cancellations")
class CancellationController {

  private final OrderDesk desk;
  private final ServicingDesk servicing;
  private final Idempotency idempotency;

  CancellationController(OrderDesk desk, ServicingDesk servicing, Idempotency idempotency) {
    this.desk = desk;
    this.servicing = servicing;
    this.idempotency = idempotency;
  }

  /** Whom and what to cancel; what is left out is all that the order has. */
  record CancellationRequest(
      @Nullable @Size(max = 9) List<String> passengerIds,
      @Nullable @Size(max = 8) List<String> flightIds) {}

  /**
   * What a cancellation gives back; {@code void}: the documents are as if never sold.
   *
   * @param parts what is given up; none: all that is left of the order
   */
  record CancellationView(
      UUID id,
      OrderId orderId,
      Status status,
      Instant expiresAt,
      Money refund,
      Money penalty,
      List<Part> parts,
      List<Line> lines,
      @JsonProperty("void") boolean voided) {

    static CancellationView of(Cancellation cancellation) {
      var quote = cancellation.quote();
      return new CancellationView(
          cancellation.id(),
          cancellation.order(),
          cancellation.status(),
          cancellation.expiresAt(),
          quote.totalRefund(),
          quote.totalPenalty(),
          quote.parts() == null ? List.of() : quote.parts(),
          quote.lines(),
          quote.voided());
    }
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = CancellationView.class)))
  @Operation(summary = "Quote a cancellation")
  @PostMapping
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> quote(
      @PathVariable String id,
      @Valid @RequestBody(required = false) @Nullable CancellationRequest request,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      IdempotencyKey key,
      Caller caller) {
    var order = OrderController.orderId(id);
    desk.require(order, caller);
    return idempotency.once(
        key,
        () -> {
          desk.requireSeen(order, seen, caller);
          var quote =
              servicing.quote(
                  order,
                  request == null ? List.of() : some(request.passengerIds()),
                  request == null ? List.of() : some(request.flightIds()),
                  caller);
          return ResponseEntity.created(
                  URI.create("/orders/%s/cancellations/%s".formatted(order, quote.id())))
              .body(CancellationView.of(quote));
        });
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CancellationView.class)))
  @Operation(summary = "Confirm a quoted cancellation")
  @PostMapping("/{cancellationId}/confirm")
  @Refuses({ProblemCode.ILLEGAL_STATE, ProblemCode.QUOTE_SUPERSEDED, ProblemCode.QUOTE_EXPIRED})
  ResponseEntity<?> confirm(
      @PathVariable String id,
      @PathVariable String cancellationId,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      IdempotencyKey key,
      Caller caller) {
    var order = OrderController.orderId(id);
    desk.require(order, caller);
    return idempotency.once(
        key,
        () -> {
          desk.requireSeen(order, seen, caller);
          return ResponseEntity.ok(
              CancellationView.of(servicing.confirm(order, uuid(cancellationId), caller)));
        });
  }

  @Operation(summary = "Read a cancellation")
  @GetMapping("/{cancellationId}")
  CancellationView get(
      @PathVariable String id, @PathVariable String cancellationId, Caller caller) {
    var order = OrderController.orderId(id);
    desk.require(order, caller);
    return CancellationView.of(servicing.cancellation(order, uuid(cancellationId)));
  }

  private static List<String> some(@Nullable List<String> named) {
    return named == null ? List.of() : named;
  }

  private static UUID uuid(String id) {
    return PathIds.uuid("cancellation", id);
  }
}
