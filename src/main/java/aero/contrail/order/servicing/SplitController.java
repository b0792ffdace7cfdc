package aero.contrail.order.servicing;

import aero.contrail.eventlog.EventLog;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.Traveller;
import aero.contrail.order.OrderController;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.OrderReader;
import aero.contrail.order.OrderView;
import aero.contrail.order.Orders;
import aero.contrail.order.Waiting;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.OrderCommand;
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
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives passengers an order of their own. */
@RestController
@RequestMapping("/orders/{id}/split")
class SplitController {

  private final OrderDesk desk;
  private final OrderReader reader;
  private final OrderCommands commands;
  private final Idempotency idempotency;
  private final EventLog log;
  private final Clock clock;

  SplitController(
      OrderDesk desk,
      OrderReader reader,
      OrderCommands commands,
      Idempotency idempotency,
      EventLog log,
      Clock clock) {
    this.desk = desk;
    this.reader = reader;
    this.commands = commands;
    this.idempotency = idempotency;
    this.log = log;
    this.clock = clock;
  }

  /** Who is to have an order of their own. */
  record SplitRequest(
      @NotEmpty @Size(max = 8) List<@NotNull @Size(max = 20) String> passengerIds) {}

  @ApiResponse(
      responseCode = "201",
      description = "The new order",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The order as it is still; the new one will be at Location",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @Operation(summary = "Give passengers an order of their own")
  @PostMapping
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> split(
      @PathVariable String id,
      @Valid @RequestBody SplitRequest request,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      IdempotencyKey key,
      Caller caller) {
    var preference = Prefer.of(prefer);
    var order = OrderController.orderId(id);
    desk.require(order, caller);
    try (var watch = log.watch(Orders.stream(order))) {
      var fresh = desk.nextId();
      return idempotency.once(
          key,
          fresh.toString(),
          () -> {
            desk.requireSeen(order, seen, caller);
            var leaving = leaving(desk.require(order, caller).state().details(), request);
            commands.decide(order, new OrderCommand.Split(fresh, leaving, clock.instant()));
          },
          kept -> {
            var into = new OrderId(UUID.fromString(kept));
            Waiting.await(watch, fact -> begins(fact, into), preference);
            return answer(order, into, caller, preference);
          });
    }
  }

  private static boolean begins(DomainEvent fact, OrderId into) {
    return fact instanceof OrderEvent.Split split && split.into().equals(into);
  }

  private static List<PassengerId> leaving(Details details, SplitRequest request) {
    var known = details.placed().travellers().stream().map(Traveller::id).toList();
    var leaving = new ArrayList<PassengerId>();
    for (var named : request.passengerIds()) {
      var pointer = "/passengerIds/" + leaving.size();
      var passenger =
          known.stream()
              .filter(id -> id.value().equals(named))
              .findFirst()
              .orElseThrow(
                  () ->
                      Problem.invalid(
                          pointer, "unknown", "The order has no passenger " + named + "."));
      if (leaving.contains(passenger)) {
        throw Problem.invalid(pointer, "duplicate", "A passenger is named twice.");
      }
      leaving.add(passenger);
    }
    if (leaving.size() == known.size()) {
      throw Problem.invalid("/passengerIds", "everybody", "Somebody has to stay: leave him out.");
    }
    return leaving;
  }

  private ResponseEntity<?> answer(OrderId order, OrderId into, Caller caller, Prefer preference) {
    var begun = desk.find(into, caller);
    var view = reader.view(begun.orElseGet(() -> desk.require(order, caller)));
    var response =
        ResponseEntity.status(begun.isPresent() ? 201 : 202)
            .location(URI.create("/orders/" + into))
            .eTag(view.tag());
    preference.tell(response);
    return response.body(view);
  }
}
