package aero.contrail.loyalty.tier;

import aero.contrail.loyalty.programme.Filing;
import aero.contrail.loyalty.programme.RuleVersion;
import aero.contrail.loyalty.tier.TierTable.Level;
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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
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

/** What tiers take. */
@RestController
@RequestMapping("/programme/tiers")
class TierProgrammeController {

  private final FiledTiers tables;
  private final Filing filing;
  private final Idempotency idempotency;

  TierProgrammeController(FiledTiers tables, Filing filing, Idempotency idempotency) {
    this.tables = tables;
    this.filing = filing;
    this.idempotency = idempotency;
  }

  /**
   * What tiers take from a day on.
   *
   * @param levels the lowest first, each harder to reach than the one before
   * @param softLanding whether who does not keep a tier gets the next lower one
   */
  record TiersRequest(
      @NotNull LocalDate effectiveFrom,
      @NotNull @Size(min = 1, max = 20) List<@Valid @NotNull TierLevel> levels,
      @Nullable Boolean softLanding) {}

  /** A tier: reached by the points or by the segments of a calendar year. */
  record TierLevel(
      @NotNull @Pattern(regexp = "[A-Z][A-Z0-9_]{0,19}", message = "must be a tier's code")
          String code,
      @Min(1) @Max(100_000_000) long points,
      @Min(1) @Max(10_000) int segments) {}

  /** A version of what tiers take. */
  record TiersView(
      LocalDate effectiveFrom,
      List<TierLevel> levels,
      boolean softLanding,
      String filedBy,
      Instant filedAt) {

    static TiersView of(RuleVersion<TierTable> version) {
      return new TiersView(
          version.effectiveFrom(),
          version.body().levels().stream()
              .map(level -> new TierLevel(level.code(), level.points(), level.segments()))
              .toList(),
          version.body().softLanding(),
          version.filedBy(),
          version.filedAt());
    }
  }

  /** The versions, oldest first; each holds until the next. */
  record TiersVersions(List<TiersView> items) {}

  @Operation(summary = "List the versions of what tiers take")
  @GetMapping
  TiersVersions versions() {
    return new TiersVersions(tables.all().stream().map(TiersView::of).toList());
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = TiersView.class)))
  @Operation(
      summary = "File what tiers take from a day on",
      description = "From tomorrow on at the earliest. A version that is filed does not change.")
  @Refuses(ProblemCode.ALREADY_FILED)
  @PostMapping
  ResponseEntity<?> file(
      @Valid @RequestBody TiersRequest request, IdempotencyKey key, Caller caller) {
    return idempotency.once(
        key,
        () -> {
          var from = request.effectiveFrom();
          filing.requireAhead(from);
          requireHarder(request.levels());
          requireTheSameNames(from, request.levels());
          var table =
              new TierTable(
                  request.levels().stream()
                      .map(level -> new Level(level.code(), level.points(), level.segments()))
                      .toList(),
                  request.softLanding() == null || request.softLanding());
          var version = tables.filed(from, table, caller.client());
          return ResponseEntity.created(URI.create("/programme/tiers")).body(TiersView.of(version));
        });
  }

  /** Who has a tier keeps it when the rules change: those before and after know it by its code. */
  private void requireTheSameNames(LocalDate from, List<TierLevel> levels) {
    var codes = levels.stream().map(TierLevel::code).toList();
    var versions = tables.all();
    RuleVersion.on(from, versions)
        .map(TierProgrammeController::codes)
        .filter(before -> !isPartOf(before, codes))
        .ifPresent(
            before -> {
              throw Problem.invalid(
                  "/levels",
                  "tier_gone",
                  "Members have the tiers %s: keep them, in this order.".formatted(before));
            });
    versions.stream()
        .filter(version -> version.effectiveFrom().isAfter(from))
        .findFirst()
        .map(TierProgrammeController::codes)
        .filter(after -> !isPartOf(codes, after))
        .ifPresent(
            after -> {
              throw Problem.invalid(
                  "/levels",
                  "tier_gone",
                  "The version after it has the tiers %s: name no others.".formatted(after));
            });
  }

  private static List<String> codes(RuleVersion<TierTable> version) {
    return version.body().levels().stream().map(Level::code).toList();
  }

  private static boolean isPartOf(List<String> some, List<String> all) {
    return all.stream().filter(some::contains).toList().equals(some);
  }

  /** A higher tier takes more, by both ways, and no two have one name. */
  private static void requireHarder(List<TierLevel> levels) {
    for (var i = 0; i < levels.size(); i++) {
      var level = levels.get(i);
      var code = level.code();
      if (code.equals(Standing.BASE.tier())
          || levels.subList(0, i).stream().anyMatch(lower -> lower.code().equals(code))) {
        throw Problem.invalid(
            "/levels/%d/code".formatted(i), "taken", "%s is another tier's.".formatted(code));
      }
      if (i > 0
          && (level.points() <= levels.get(i - 1).points()
              || level.segments() <= levels.get(i - 1).segments())) {
        throw Problem.invalid(
            "/levels/%d".formatted(i),
            "not_harder",
            "A higher tier takes more points and more segments than the one below it.");
      }
    }
  }
}
