package aero.contrail.loyalty.expiry;

import aero.contrail.loyalty.programme.Filing;
import aero.contrail.loyalty.programme.RuleVersion;
import aero.contrail.web.Refuses;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** When points expire. */
@RestController
@RequestMapping("/programme/expiry")
class ExpiryProgrammeController {

  private final ExpiryPolicies policies;
  private final Idempotency idempotency;
  private final Filing filing;

  ExpiryProgrammeController(ExpiryPolicies policies, Idempotency idempotency, Filing filing) {
    this.policies = policies;
    this.idempotency = idempotency;
    this.filing = filing;
  }

  /**
   * When points of a day of travel expire.
   *
   * @param months how old they get; not given, any age
   * @param inactiveMonths for how long a member may neither earn nor spend; not given, for ever
   * @param graceDays for how many days longer they can be spent
   * @param reinstateDays within how many days after they expired staff can give them back
   * @param minimumDays how long points last at least that come back
   */
  record ExpiryRequest(
      @NotNull LocalDate effectiveFrom,
      @Nullable @Min(1) @Max(600) Integer months,
      @Nullable @Min(1) @Max(600) Integer inactiveMonths,
      @Nullable @Min(0) @Max(3_650) Integer graceDays,
      @Nullable @Min(0) @Max(3_650) Integer reinstateDays,
      @Nullable @Min(0) @Max(3_650) Integer minimumDays) {

    ExpiryPolicy policy() {
      return new ExpiryPolicy(
          months, inactiveMonths, zero(graceDays), zero(reinstateDays), zero(minimumDays));
    }

    private static int zero(@Nullable Integer days) {
      return days == null ? 0 : days;
    }
  }

  /** A version of when points expire. */
  record ExpiryView(
      LocalDate effectiveFrom,
      @Nullable Integer months,
      @Nullable Integer inactiveMonths,
      int graceDays,
      int reinstateDays,
      int minimumDays,
      String filedBy,
      Instant filedAt) {

    static ExpiryView of(RuleVersion<ExpiryPolicy> filed) {
      var policy = filed.body();
      return new ExpiryView(
          filed.effectiveFrom(),
          policy.months(),
          policy.inactiveMonths(),
          policy.graceDays(),
          policy.reinstateDays(),
          policy.minimumDays(),
          filed.filedBy(),
          filed.filedAt());
    }
  }

  /** The versions, oldest first; each holds until the next. */
  record ExpiryVersions(List<ExpiryView> items) {}

  @Operation(summary = "List the versions of when points expire")
  @GetMapping
  ExpiryVersions expiry() {
    return new ExpiryVersions(policies.all().stream().map(ExpiryView::of).toList());
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ExpiryView.class)))
  @Operation(
      summary = "File when points expire that are earned from a day of travel on",
      description =
          "From tomorrow on at the earliest. What points expire on was decided when they were"
              + " posted and stays; how long a member may do nothing is what holds today.")
  @Refuses(ProblemCode.ALREADY_FILED)
  @PostMapping
  ResponseEntity<?> file(
      @Valid @RequestBody ExpiryRequest request, IdempotencyKey key, Caller caller) {
    return idempotency.once(
        key,
        () -> {
          var from = request.effectiveFrom();
          filing.requireAhead(from);
          var version = policies.filed(from, request.policy(), caller.client());
          return ResponseEntity.created(URI.create("/programme/expiry"))
              .body(ExpiryView.of(version));
        });
  }
}
