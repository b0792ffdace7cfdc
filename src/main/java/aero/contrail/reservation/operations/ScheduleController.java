package aero.contrail.reservation.operations;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.booking.FlightSegments;
import aero.contrail.web.ETags;
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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** One flight at a time: scheduled, retimed, flown by another aircraft. Files do many. */
@RestController
@RequestMapping("/flights")
class ScheduleController {

  private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d";
  private static final String CODE = "[A-Za-z0-9-]{1,30}";

  private final FlightViews views;
  private final SingleFlights single;
  private final FlightSegments segments;
  private final Idempotency idempotency;
  private final TransactionOperations transaction;

  ScheduleController(
      FlightViews views,
      SingleFlights single,
      FlightSegments segments,
      Idempotency idempotency,
      TransactionOperations transaction) {
    this.views = views;
    this.single = single;
    this.segments = segments;
    this.idempotency = idempotency;
    this.transaction = transaction;
  }

  /**
   * A flight to be scheduled; its times are local to each end.
   *
   * @param arrivalDayOffset days between the local dates; as few as can be, when it is missing
   * @param configuration the usual one of the aircraft type, when it is missing
   */
  record FlightRequest(
      @NotNull @Pattern(regexp = "[A-Z0-9]{2}") String carrier,
      @NotNull @Pattern(regexp = "[1-9]\\d{0,3}") String flightNumber,
      @Nullable @Pattern(regexp = "[A-Z]") String operationalSuffix,
      @NotNull LocalDate departureDate,
      @NotNull @Pattern(regexp = "[A-Z]{3}") String origin,
      @NotNull @Pattern(regexp = "[A-Z]{3}") String destination,
      @NotNull @Pattern(regexp = TIME) String departure,
      @NotNull @Pattern(regexp = TIME) String arrival,
      @Nullable @Min(-1) @Max(2) Integer arrivalDayOffset,
      @NotNull @Pattern(regexp = CODE) String aircraft,
      @Nullable @Pattern(regexp = CODE) String configuration) {}

  /** What is to be otherwise with a flight; what is missing stays as it is. */
  record FlightPatch(
      @Nullable @Pattern(regexp = TIME) String departure,
      @Nullable @Pattern(regexp = TIME) String arrival,
      @Nullable @Min(-1) @Max(2) Integer arrivalDayOffset,
      @Nullable @Pattern(regexp = CODE) String aircraft,
      @Nullable @Pattern(regexp = CODE) String configuration) {}

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = FlightView.class)))
  @Operation(summary = "Schedule a flight")
  @PostMapping
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> schedule(@Valid @RequestBody FlightRequest request, IdempotencyKey key) {
    return idempotency.once(
        key,
        () -> {
          var flight = single.schedule(request);
          return ResponseEntity.created(
                  ServletUriComponentsBuilder.fromCurrentRequestUri()
                      .path("/{id}")
                      .build(flight.id().value()))
              .eTag(ETags.of(flight.version()))
              .body(views.of(flight));
        });
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = FlightView.class)))
  @Operation(summary = "Retime a flight or change its equipment")
  @PatchMapping("/{id}")
  @Refuses({ProblemCode.PRECONDITION_REQUIRED, ProblemCode.ILLEGAL_STATE})
  ResponseEntity<?> change(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Valid @RequestBody FlightPatch patch) {
    var flight = flightId(id);
    if (dryRun) {
      single.compare(flight, patch);
      return ResponseEntity.ok(new AffectedView(flight, true, segments.onFlight(flight)));
    }
    var changed = transaction.execute(_ -> single.change(flight, patch, seen));
    return views.answer(changed);
  }

  private static FlightId flightId(String id) {
    try {
      return new FlightId(id);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("flight", id);
    }
  }
}
