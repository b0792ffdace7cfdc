package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.events.ReservationEvent.ReprotectionCause;
import aero.contrail.reservation.disruption.Cases.CaseStatus;
import aero.contrail.reservation.disruption.Cases.CaseView;
import aero.contrail.reservation.disruption.DisruptionFlights.DisruptedFlight;
import aero.contrail.reservation.disruption.DisruptionRequest.PolicyView;
import aero.contrail.reservation.disruption.Disruptions.Disruption;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
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
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cancels and retimes many flights at once, and tells what becomes of those who booked them. */
@RestController
@RequestMapping("/disruptions")
class DisruptionController {

  private static final String DISRUPTIONS = "disruptions";
  private static final String CASES = "cases";
  private static final String RETIMINGS = "/retimings";

  private final Disruptions disruptions;
  private final Cases cases;
  private final DisruptionFlights disrupted;
  private final DisruptionForecast forecast;
  private final Retiming retiming;
  private final Flights flights;
  private final Idempotency idempotency;

  DisruptionController(
      Disruptions disruptions,
      Cases cases,
      DisruptionFlights disrupted,
      DisruptionForecast forecast,
      Retiming retiming,
      Flights flights,
      Idempotency idempotency) {
    this.disruptions = disruptions;
    this.cases = cases;
    this.disrupted = disrupted;
    this.forecast = forecast;
    this.retiming = retiming;
    this.flights = flights;
    this.idempotency = idempotency;
  }

  /**
   * How far a disruption has come.
   *
   * @param id null for what was not done
   * @param affected parties that lost space
   * @param reprotected of those, who has space on other flights
   * @param leftOver of those, for whom there was none
   * @param done whether nothing is left to do
   */
  record DisruptionView(
      @Nullable UUID id,
      String reason,
      PolicyView policy,
      @Nullable Instant requestedAt,
      int flights,
      int affected,
      int reprotected,
      int leftOver,
      boolean done,
      boolean dryRun) {}

  private DisruptionView view(Disruption disruption) {
    return new DisruptionView(
        disruption.id(),
        disruption.reason(),
        PolicyView.of(disruption.policy()),
        disruption.requestedAt(),
        disruption.flights(),
        disruption.affected(),
        disruption.reprotected(),
        disruption.leftOver(),
        disruption.isDone(),
        false);
  }

  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = DisruptionView.class)))
  @ApiResponse(
      responseCode = "200",
      description = "What it would come to, without doing it",
      content = @Content(schema = @Schema(implementation = DisruptionView.class)))
  @Operation(summary = "Cancel or retime flights, and give those who cannot fly them others")
  @PostMapping
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> create(
      @Valid @RequestBody DisruptionRequest request,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @Nullable IdempotencyKey key) {
    var cancelled = cancelled(request);
    var retimed = retimed(request);
    if (dryRun) {
      var expected = forecast.of(List.copyOf(cancelled), retimed, request.what());
      return ResponseEntity.ok(
          new DisruptionView(
              null,
              request.reason(),
              PolicyView.of(request.what()),
              null,
              cancelled.size() + retimed.size(),
              expected.affected(),
              expected.reprotected(),
              expected.affected() - expected.reprotected(),
              true,
              true));
    }
    return idempotency.once(
        IdempotencyKey.required(key),
        () -> {
          var id =
              disruptions.insert(
                  request.reason(),
                  cancelled.isEmpty()
                      ? ReprotectionCause.CONNECTION_MISSED
                      : ReprotectionCause.FLIGHT_CANCELLED,
                  request.what(),
                  !retimed.isEmpty());
          disrupted.insertCancellations(id, cancelled, false);
          disrupted.insertRetimings(id, request.retimed());
          return ResponseEntity.accepted()
              .location(URI.create("/disruptions/" + id))
              .body(view(disruptions.require(id)));
        });
  }

  private Set<FlightId> cancelled(DisruptionRequest request) {
    var wanted = new LinkedHashSet<FlightId>();
    var named = request.cancelled();
    for (var i = 0; i < named.size(); i++) {
      if (!wanted.add(Flights.named(named.get(i), "/flights/" + i))) {
        throw Problem.invalid("/flights/" + i, "duplicate", "A flight is named twice.");
      }
    }
    var known = new HashMap<FlightId, Boolean>();
    flights.of(wanted).forEach(flight -> known.put(flight.id(), flight.status().isAhead()));
    var i = 0;
    for (var flight : wanted) {
      var isAhead = known.get(flight);
      if (isAhead == null) {
        throw Problem.invalid("/flights/" + i, "unknown_flight", "There is no such flight.");
      }
      if (!isAhead) {
        throw Problem.invalid(
            "/flights/" + i, "not_ahead", "It has left or was cancelled: leave it out.");
      }
      i++;
    }
    return wanted;
  }

  /** The flights with their new times. */
  private List<Flight> retimed(DisruptionRequest request) {
    var named = new HashSet<>(request.cancelled());
    var wanted = request.retimed();
    for (var i = 0; i < wanted.size(); i++) {
      if (!named.add(wanted.get(i).flightId())) {
        throw Problem.invalid(retiming(i), "duplicate", "A flight is named twice.");
      }
    }
    if (named.isEmpty()) {
      throw Problem.invalid(
          "/flights", "required", "Name flights to cancel, or retimings, or both.");
    }
    var retimed = new ArrayList<Flight>();
    for (var diff : retiming.compare(wanted, RETIMINGS)) {
      if (diff.refusal() != null) {
        throw Problem.invalid(
            retiming(retimed.size()), diff.refusal().code(), diff.refusal().message() + ".");
      }
      retimed.add(diff.after());
    }
    return retimed;
  }

  private static String retiming(int index) {
    return RETIMINGS + "/" + index + "/flightId";
  }

  @Operation(summary = "List disruptions, newest first")
  @GetMapping
  Page<DisruptionView> list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
    var before = Page.after(DISRUPTIONS, cursor, null, UUID::fromString);
    return Page.of(
        DISRUPTIONS,
        disruptions.newest(before, limit + 1),
        limit,
        disruption -> disruption.id().toString(),
        this::view);
  }

  @Operation(summary = "Read how far a disruption has come")
  @GetMapping("/{id}")
  DisruptionView get(@PathVariable String id) {
    return view(disruptions.require(PathIds.uuid("disruption", id)));
  }

  /** The flights of a disruption. */
  record DisruptedFlights(List<DisruptedFlight> items) {}

  @Operation(summary = "List the flights of a disruption")
  @GetMapping("/{id}/flights")
  DisruptedFlights flights(@PathVariable String id) {
    return new DisruptedFlights(
        disrupted.of(disruptions.require(PathIds.uuid("disruption", id)).id()));
  }

  @Operation(summary = "List what became of each party")
  @GetMapping("/{id}/cases")
  Page<CaseView> cases(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable CaseStatus status,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
    var disruption = disruptions.require(PathIds.uuid("disruption", id)).id();
    var after = Page.after(CASES, cursor, null, UUID::fromString);
    return Page.of(
        CASES,
        cases.of(disruption, status, after, limit + 1),
        limit,
        view -> view.orderId().toString(),
        Function.identity());
  }
}
