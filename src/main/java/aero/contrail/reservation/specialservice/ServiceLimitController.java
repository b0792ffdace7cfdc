package aero.contrail.reservation.specialservice;

import aero.contrail.reservation.specialservice.ServiceLimits.Limit;
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
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How many of each special service flights take; what is confirmed already stays so. */
@RestController
@RequestMapping("/inventory/service-limits")
class ServiceLimitController {

  private final ServiceLimits limits;
  private final Idempotency idempotency;
  private final Clock clock;

  ServiceLimitController(ServiceLimits limits, Idempotency idempotency, Clock clock) {
    this.limits = limits;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /**
   * A limit from a day of departure on.
   *
   * @param carrier any, when it is missing
   */
  record ServiceLimitRequest(
      @Nullable @Pattern(regexp = "[A-Z0-9]{2}") String carrier,
      @NotNull ServiceCode code,
      @NotNull LocalDate effectiveFrom,
      @NotNull @Min(0) @Max(900) Integer perFlight) {}

  record ServiceLimitViews(List<Limit> items) {}

  @Operation(summary = "List limits of special services")
  @GetMapping
  ServiceLimitViews all() {
    return new ServiceLimitViews(limits.all());
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = Limit.class)))
  @Operation(summary = "File a limit of a special service")
  @PostMapping
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> file(@Valid @RequestBody ServiceLimitRequest request, IdempotencyKey key) {
    return idempotency.once(
        key,
        () -> {
          var limit =
              new Limit(
                  UUID.randomUUID(),
                  request.carrier(),
                  request.code(),
                  request.effectiveFrom(),
                  request.perFlight(),
                  clock.instant());
          if (!limits.file(limit)) {
            throw new Problem(
                ProblemCode.ILLEGAL_STATE,
                "A limit of %s from %s on is filed already: file one from another day on."
                    .formatted(limit.code(), limit.effectiveFrom()));
          }
          return ResponseEntity.status(HttpStatus.CREATED).body(limit);
        });
  }
}
