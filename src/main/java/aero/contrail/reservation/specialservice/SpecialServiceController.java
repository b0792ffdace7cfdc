package aero.contrail.reservation.specialservice;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.passenger.OrderChannels;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.reservation.specialservice.ServiceRequest.Status;
import aero.contrail.web.PathIds;
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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What passengers need beside their seat. */
@RestController
@RequestMapping("/orders/{id}/special-services")
class SpecialServiceController {

  private final SpecialServices services;
  private final FlightPassengers passengers;
  private final OrderChannels channels;
  private final Flights flights;
  private final Inventory inventory;
  private final Idempotency idempotency;
  private final TransactionOperations transaction;
  private final Clock clock;

  SpecialServiceController(
      SpecialServices services,
      FlightPassengers passengers,
      OrderChannels channels,
      Flights flights,
      Inventory inventory,
      Idempotency idempotency,
      TransactionOperations transaction,
      Clock clock) {
    this.services = services;
    this.passengers = passengers;
    this.channels = channels;
    this.flights = flights;
    this.inventory = inventory;
    this.idempotency = idempotency;
    this.transaction = transaction;
    this.clock = clock;
  }

  record SpecialServiceRequest(
      @NotNull PassengerId passengerId,
      @NotNull @Size(max = 40) String flightId,
      @NotNull ServiceCode code) {}

  /** HK confirmed, UC the flight cannot give it, XX given up. */
  record SpecialServiceView(
      UUID id,
      PassengerId passengerId,
      FlightId flightId,
      ServiceCode code,
      String name,
      Status status) {

    static SpecialServiceView of(ServiceRequest service) {
      return new SpecialServiceView(
          service.id(),
          service.passenger(),
          service.flight(),
          service.code(),
          service.code().words(),
          service.status());
    }
  }

  record SpecialServiceViews(List<SpecialServiceView> items) {}

  @Operation(summary = "List the special services of an order")
  @GetMapping
  SpecialServiceViews list(@PathVariable String id, Caller caller) {
    return new SpecialServiceViews(
        services.of(order(id, caller)).stream().map(SpecialServiceView::of).toList());
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = SpecialServiceView.class)))
  @Operation(summary = "Ask for a special service")
  @PostMapping
  @Refuses({ProblemCode.SPECIAL_SERVICE_UNAVAILABLE, ProblemCode.ILLEGAL_STATE})
  ResponseEntity<?> ask(
      @PathVariable String id,
      @Valid @RequestBody SpecialServiceRequest request,
      IdempotencyKey key,
      Caller caller) {
    var order = order(id, caller);
    return idempotency.once(
        key,
        () -> {
          var service = confirmed(order, request);
          return ResponseEntity.created(
                  URI.create("/orders/%s/special-services/%s".formatted(order, service.id())))
              .body(SpecialServiceView.of(service));
        });
  }

  private ServiceRequest confirmed(OrderId order, SpecialServiceRequest request) {
    var flightId = Flights.named(request.flightId(), "/flightId");
    inventory.lock(List.of(flightId)); // who gives it back, or brings it along, does the same
    var passenger =
        passengers.of(flightId, order).stream()
            .filter(known -> known.id().equals(request.passengerId()))
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "/passengerId",
                        "not_travelling",
                        "%s is not on %s.".formatted(request.passengerId(), flightId)));
    var code = request.code();
    var aboard = services.aboard(flightId);
    check(passenger, flights.findById(flightId).orElseThrow(), code, aboard);
    if (!services.hasRoom(flightId, code, aboard, 0)) {
      throw new Problem(
          ProblemCode.SPECIAL_SERVICE_UNAVAILABLE,
          "Flight %s takes no more %s (%s).".formatted(flightId, code, code.words()));
    }
    var service =
        new ServiceRequest(UUID.randomUUID(), order, flightId, passenger.id(), code, Status.HK);
    services.insert(service);
    return service;
  }

  private void check(
      FlightPassenger passenger, Flight flight, ServiceCode code, List<ServiceRequest> aboard) {
    if (!flight.status().isAhead()) {
      throw new Problem(
          ProblemCode.ILLEGAL_STATE, "Flight %s is %s.".formatted(flight.id(), flight.status()));
    }
    if (code.isSold()) {
      throw Problem.invalid(
          "/code",
          "is_sold",
          "%s costs something: order it at /orders/{id}/services.".formatted(code));
    }
    if (!code.isFor(passenger.type())) {
      throw Problem.invalid(
          "/code", "not_for_passenger", "%s is not for %s.".formatted(code, passenger.type()));
    }
    var until = flight.departsAt().minus(code.askedBefore());
    if (!clock.instant().isBefore(until)) {
      throw Problem.invalid("/code", "too_late", "%s is ordered until %s.".formatted(code, until));
    }
    var isKnown =
        aboard.stream()
            .anyMatch(
                known ->
                    known.order().equals(passenger.order())
                        && known.passenger().equals(passenger.id())
                        && known.code() == code);
    if (isKnown) {
      throw new Problem(ProblemCode.ILLEGAL_STATE, "It is confirmed already: %s.".formatted(code));
    }
  }

  @Operation(summary = "Give a special service up")
  @DeleteMapping("/{serviceId}")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  SpecialServiceView giveUp(
      @PathVariable String id, @PathVariable String serviceId, Caller caller) {
    var order = order(id, caller);
    return Objects.requireNonNull(
        transaction.execute(
            _ -> {
              var service = find(order, serviceId);
              inventory.lock(List.of(service.flight()));
              if (services.isBought(service)) {
                throw new Problem(
                    ProblemCode.ILLEGAL_STATE,
                    "It was bought: give it up at /orders/%s/services.".formatted(order));
              }
              services.giveUp(service.id());
              return SpecialServiceView.of(find(order, serviceId));
            }));
  }

  private ServiceRequest find(OrderId order, String id) {
    return services
        .find(order, PathIds.uuid("special service", id))
        .orElseThrow(() -> Problem.notFound("special service", id));
  }

  /** An order of the caller's that has, or had, space. */
  private OrderId order(String id, Caller caller) {
    var order = new OrderId(PathIds.uuid("order", id));
    return channels
        .of(order)
        .filter(caller::mayKnow)
        .map(_ -> order)
        .orElseThrow(() -> Problem.notFound("order", id));
  }
}
