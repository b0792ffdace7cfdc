package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.disruption.Cases.CaseStatus;
import aero.contrail.reservation.disruption.Cases.CaseView;
import aero.contrail.reservation.disruption.Disruptions.DisruptedFlight;
import aero.contrail.reservation.disruption.Disruptions.Disruption;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.web.Page;
import aero.contrail.web.Refuses;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
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

/** Cancels many flights at once, and tells what becomes of those who booked them. */
@RestController
@RequestMapping("/disruptions")
class DisruptionController {

  private static final String DISRUPTIONS = "disruptions";
  private static final String CASES = "cases";

  private final Disruptions disruptions;
  private final Cases cases;
  private final DisruptionWork work;
  private final Flights flights;
  private final Idempotency idempotency;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  DisruptionController(
      Disruptions disruptions,
      Cases cases,
      DisruptionWork work,
      Flights flights,
      Idempotency idempotency) {
    this.disruptions = disruptions;
    this.cases = cases;
    this.work = work;
    this.flights = flights;
    this.idempotency = idempotency;
  }

  /** Flights that are not flown, and why. */
  record DisruptionRequest(
      @NotEmpty @Size(max = 2_000) List<@NotNull @Size(max = 40) String> flights,
      @NotBlank @Size(max = 200) String reason,
      @Nullable @Valid PolicyView policy) {

    Policy what() {
      return policy == null ? Policy.USUAL : policy.policy();
    }
  }

  /**
   * What passengers may be given instead.
   *
   * @param cabins SAME, HIGHER (the same or in front of it) or ANY
   * @param withinHours how long after the flight that they lost they may leave
   */
  record PolicyView(
      Policy.@Nullable Cabins cabins, @Nullable @Min(1) @Max(336) Integer withinHours) {

    static PolicyView of(Policy policy) {
      return new PolicyView(policy.cabins(), (int) policy.within().toHours());
    }

    Policy policy() {
      return new Policy(
          cabins == null ? Policy.USUAL.cabins() : cabins,
          withinHours == null ? Policy.USUAL.within() : Duration.ofHours(withinHours));
    }
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
  @Operation(summary = "Cancel flights, and give those who booked them others")
  @PostMapping
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> create(
      @Valid @RequestBody DisruptionRequest request,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @Nullable IdempotencyKey key) {
    var wanted = wanted(request.flights());
    if (dryRun) {
      var forecast = work.forecast(wanted, request.what());
      return ResponseEntity.ok(
          new DisruptionView(
              null,
              request.reason(),
              PolicyView.of(request.what()),
              null,
              wanted.size(),
              forecast.affected(),
              forecast.reprotected(),
              forecast.affected() - forecast.reprotected(),
              true,
              true));
    }
    return idempotency.once(
        IdempotencyKey.required(key),
        () -> {
          var id = ids.generate();
          disruptions.insert(id, request.reason(), request.what(), wanted, false);
          return ResponseEntity.accepted()
              .location(URI.create("/disruptions/" + id))
              .body(view(disruptions.require(id)));
        });
  }

  private List<FlightId> wanted(List<String> named) {
    var wanted = new LinkedHashSet<FlightId>();
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
    return List.copyOf(wanted);
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
    return view(disruptions.require(uuid(id)));
  }

  /** The flights of a disruption. */
  record DisruptedFlights(List<DisruptedFlight> items) {}

  @Operation(summary = "List the flights of a disruption")
  @GetMapping("/{id}/flights")
  DisruptedFlights flights(@PathVariable String id) {
    return new DisruptedFlights(disruptions.flights(disruptions.require(uuid(id)).id()));
  }

  @Operation(summary = "List what became of each party")
  @GetMapping("/{id}/cases")
  Page<CaseView> cases(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable CaseStatus status,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
    var disruption = disruptions.require(uuid(id)).id();
    var after = Page.after(CASES, cursor, null, UUID::fromString);
    return Page.of(
        CASES,
        cases.of(disruption, status, after, limit + 1),
        limit,
        view -> view.orderId().toString(),
        Function.identity());
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("disruption", id);
    }
  }
}
