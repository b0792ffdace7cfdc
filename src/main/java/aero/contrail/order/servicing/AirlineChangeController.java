package aero.contrail.order.servicing;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.PassengerId;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.events.Segment;
import aero.contrail.order.OrderController;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.amendment.AirlineChange;
import aero.contrail.web.PathIds;
import aero.contrail.web.Refuses;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the airline changed of a trip, and the customer's answer to it. */
@RestController
@RequestMapping("/orders/{id}/airline-changes")
class AirlineChangeController {

  private final OrderDesk desk;
  private final ServicingDesk servicing;
  private final Idempotency idempotency;

  AirlineChangeController(OrderDesk desk, ServicingDesk servicing, Idempotency idempotency) {
    this.desk = desk;
    this.servicing = servicing;
    this.idempotency = idempotency;
  }

  /** A flight that is offered instead. */
  record AddedFlight(
      FlightId flightId,
      String fareClass,
      String cabin,
      String origin,
      String destination,
      OffsetDateTime departure,
      OffsetDateTime arrival) {

    static AddedFlight of(Segment segment) {
      return new AddedFlight(
          segment.flight(),
          segment.fareClass(),
          segment.cabin(),
          segment.leg().origin(),
          segment.leg().destination(),
          segment.leg().departure().toOffsetDateTime(),
          segment.leg().arrival().toOffsetDateTime());
    }
  }

  /**
   * A change of the airline.
   *
   * @param removed flights that the passengers are not on any more
   * @param added flights on which they have space instead; none when there was none to be had
   * @param respondBy after that what is offered is taken, and refunded what is gone without
   */
  record AirlineChangeView(
      UUID id,
      AirlineChangeKind kind,
      Severity severity,
      AirlineChange.Status status,
      List<PassengerId> passengerIds,
      List<FlightId> removed,
      List<AddedFlight> added,
      Instant respondBy,
      List<String> availableActions) {

    static AirlineChangeView of(AirlineChange change) {
      return new AirlineChangeView(
          change.id(),
          change.kind(),
          change.severity(),
          change.status(),
          change.passengers(),
          change.removed(),
          change.added().stream().map(AddedFlight::of).toList(),
          change.respondBy(),
          change.canBeDeclined()
              ? List.of("ACCEPT", "DECLINE")
              : change.isOpen() ? List.of("ACCEPT") : List.of());
    }
  }

  /** All changes of an order, oldest first. */
  record AirlineChanges(List<AirlineChangeView> items) {}

  @Operation(summary = "List what the airline changed")
  @GetMapping
  AirlineChanges list(@PathVariable String id, Caller caller) {
    var order = desk.require(OrderController.orderId(id), caller);
    return new AirlineChanges(
        order.state().details().airlineChanges().stream().map(AirlineChangeView::of).toList());
  }

  @Operation(summary = "Read a change of the airline")
  @GetMapping("/{changeId}")
  AirlineChangeView get(@PathVariable String id, @PathVariable String changeId, Caller caller) {
    return AirlineChangeView.of(
        ServicingDesk.airlineChange(
            desk.require(OrderController.orderId(id), caller), uuid(changeId)));
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AirlineChangeView.class)))
  @Operation(summary = "Take what the airline offers instead")
  @PostMapping("/{changeId}/accept")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> accept(
      @PathVariable String id,
      @PathVariable String changeId,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      IdempotencyKey key,
      Caller caller) {
    return answer(id, changeId, true, seen, key, caller);
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AirlineChangeView.class)))
  @Operation(summary = "Have all that is unflown refunded instead")
  @PostMapping("/{changeId}/decline")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> decline(
      @PathVariable String id,
      @PathVariable String changeId,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      IdempotencyKey key,
      Caller caller) {
    return answer(id, changeId, false, seen, key, caller);
  }

  private ResponseEntity<?> answer(
      String id,
      String changeId,
      boolean accept,
      @Nullable String seen,
      IdempotencyKey key,
      Caller caller) {
    var order = OrderController.orderId(id);
    desk.require(order, caller);
    return idempotency.once(
        key,
        () -> {
          desk.requireSeen(order, seen, caller);
          return ResponseEntity.ok(
              AirlineChangeView.of(servicing.answer(order, uuid(changeId), accept, caller)));
        });
  }

  private static UUID uuid(String id) {
    return PathIds.uuid("airline change", id);
  }
}
