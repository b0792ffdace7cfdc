package aero.contrail.reservation.departure;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.RecordLocator;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.passenger.PassengerStatus;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.reservation.specialservice.SpecialServices;
import aero.contrail.web.Page;
import aero.contrail.web.Refuses;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Departure control: what happens to passengers at the airport, and who is on a flight. */
@RestController
class HandlingController {

  private static final String PASSENGERS = "passengers";

  private final PassengerHandling handling;
  private final FlightPassengers passengers;
  private final SpecialServices services;
  private final Flights flights;
  private final TransactionOperations transaction;
  private final Clock clock;

  HandlingController(
      PassengerHandling handling,
      FlightPassengers passengers,
      SpecialServices services,
      Flights flights,
      TransactionOperations transaction,
      Clock clock) {
    this.handling = handling;
    this.passengers = passengers;
    this.services = services;
    this.flights = flights;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * A message about one passenger.
   *
   * @param sourceId names the message at its source: the same one may be sent again
   * @param volunteered with DENIED_BOARDING: whether the passenger offered to stay behind
   */
  record HandlingRequest(
      @NotNull Handling.Type type,
      @NotNull PassengerId passengerId,
      @NotNull @Size(max = 40) String flightId,
      @NotNull Instant occurredAt,
      @NotNull @Pattern(regexp = "[!-~]{1,100}") String sourceId,
      @Nullable Boolean volunteered) {

    private Handling toHandling(OrderId order, FlightId flight) {
      return new Handling(
          sourceId, order, flight, passengerId, type, Boolean.TRUE.equals(volunteered), occurredAt);
    }
  }

  /**
   * A passenger on a flight.
   *
   * @param sequence his place in the order of check-in
   * @param specialServices the codes of what is confirmed to him
   */
  record FlightPassengerView(
      @Nullable RecordLocator recordLocator,
      PassengerId passengerId,
      PassengerType type,
      FlightId flightId,
      String cabin,
      String fareClass,
      PassengerStatus status,
      @Nullable String seat,
      @Nullable Integer sequence,
      List<String> specialServices) {

    static FlightPassengerView of(
        FlightPassenger passenger, Map<OrderId, Map<PassengerId, List<String>>> services) {
      return new FlightPassengerView(
          passenger.locator(),
          passenger.id(),
          passenger.type(),
          passenger.flight(),
          passenger.cabin(),
          passenger.fareClass(),
          passenger.status(),
          passenger.seat(),
          passenger.sequence(),
          services
              .getOrDefault(passenger.order(), Map.of())
              .getOrDefault(passenger.id(), List.of()));
    }
  }

  /** Needs no Idempotency-Key: the source id is one. */
  @ApiResponse(responseCode = "200", description = "It was told before")
  @ApiResponse(responseCode = "201", description = "It was recorded")
  @Operation(summary = "Tell what happened to a passenger at the airport")
  @PostMapping("/reservations/{locator}/handling")
  @Refuses({ProblemCode.ILLEGAL_STATE, ProblemCode.IDEMPOTENCY_KEY_REUSED})
  ResponseEntity<FlightPassengerView> handle(
      @PathVariable String locator, @Valid @RequestBody HandlingRequest request) {
    if (Departure.isYetToCome(request.occurredAt(), clock.instant())) {
      throw Problem.invalid("/occurredAt", "in_the_future", "It has not happened yet.");
    }
    var order = order(locator);
    var flight = Flights.named(request.flightId(), "/flightId");
    var result =
        Objects.requireNonNull(
            transaction.execute(_ -> handling.take(request.toHandling(order, flight))));
    return ResponseEntity.status(result.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(FlightPassengerView.of(result.passenger(), services.codes(flight)));
  }

  /**
   * Everybody on a flight.
   *
   * @param standby only those who have checked in and have no seat, the one to be denied boarding
   *     first if there are no volunteers; not in pages
   */
  @Operation(summary = "List the passengers of a flight")
  @GetMapping("/flights/{id}/passengers")
  Page<FlightPassengerView> passengers(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean standby,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
    var flight = flights.require(id).id();
    var after = Page.after(PASSENGERS, cursor, "", Function.identity());
    var all = passengers.of(flight);
    var codes = services.codes(flight);
    Function<FlightPassenger, FlightPassengerView> view = p -> FlightPassengerView.of(p, codes);
    if (standby) {
      return new Page<>(DeniedBoardingRules.standby(all).stream().map(view).toList(), null);
    }
    return Page.of(
        PASSENGERS,
        all.stream()
            .sorted(Comparator.comparing(HandlingController::place))
            .filter(passenger -> place(passenger).compareTo(after) > 0)
            .limit(limit + 1L)
            .toList(),
        limit,
        HandlingController::place,
        view);
  }

  /** Party by party, by what a person reads. */
  private static String place(FlightPassenger passenger) {
    return "%s %s %s".formatted(passenger.locator(), passenger.order(), passenger.id());
  }

  private OrderId order(String locator) {
    try {
      return passengers
          .orderOf(new RecordLocator(locator))
          .orElseThrow(() -> Problem.notFound("reservation", locator));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("reservation", locator);
    }
  }
}
