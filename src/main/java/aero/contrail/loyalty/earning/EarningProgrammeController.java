package aero.contrail.loyalty.earning;

import aero.contrail.events.LoyaltyEvent.EarningTable;
import aero.contrail.loyalty.programme.Filing;
import aero.contrail.loyalty.programme.RuleVersion;
import aero.contrail.loyalty.tier.Tiers;
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
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What coupons earn. */
@RestController
@RequestMapping("/programme/earning")
class EarningProgrammeController {

  private final Programmes programmes;
  private final Idempotency idempotency;
  private final Filing filing;
  private final Tiers tiers;

  EarningProgrammeController(
      Programmes programmes, Idempotency idempotency, Filing filing, Tiers tiers) {
    this.programmes = programmes;
    this.idempotency = idempotency;
    this.filing = filing;
    this.tiers = tiers;
  }

  /**
   * What coupons earn from a day of travel on.
   *
   * @param rates percent of the miles, by booking class; a class that is not there earns nothing
   * @param minimum points of a coupon that earns, for tiers with a bonus
   * @param bonuses percent of the award points that a tier has more
   * @param infants whether who travels on a lap earns
   */
  record EarningRequest(
      @NotNull LocalDate effectiveFrom,
      @NotEmpty @Size(max = 26)
          Map<
                  @Pattern(regexp = "[A-Z]", message = "must be a booking class, a letter") String,
                  @NotNull @Min(0) @Max(1_000) Integer>
              rates,
      @Nullable @Min(0) @Max(100_000) Integer minimum,
      @Nullable @Size(max = 20)
          Map<
                  @Pattern(regexp = "[A-Z][A-Z0-9_]{0,19}", message = "must be a tier's code")
                  String,
                  @NotNull @Min(0) @Max(1_000) Integer>
              bonuses,
      @Nullable Boolean infants) {

    EarningTable table() {
      return new EarningTable(
          rates,
          minimum == null ? 0 : minimum,
          bonuses == null ? Map.of() : bonuses,
          infants != null && infants);
    }
  }

  /** A version of what coupons earn. */
  record EarningView(
      LocalDate effectiveFrom,
      Map<String, Integer> rates,
      int minimum,
      Map<String, Integer> bonuses,
      boolean infants,
      String filedBy,
      Instant filedAt) {

    static EarningView of(RuleVersion<EarningTable> filed) {
      var table = filed.body();
      return new EarningView(
          filed.effectiveFrom(),
          table.rates(),
          table.minimum(),
          table.bonuses(),
          table.infants(),
          filed.filedBy(),
          filed.filedAt());
    }
  }

  /** The versions, oldest first; each holds until the next. */
  record EarningVersions(List<EarningView> items) {}

  @Operation(summary = "List the versions of what coupons earn")
  @GetMapping
  EarningVersions earning() {
    return new EarningVersions(programmes.all().stream().map(EarningView::of).toList());
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = EarningView.class)))
  @Operation(
      summary = "File what coupons earn from a day of travel on",
      description =
          "From tomorrow on at the earliest: what flew, and flies today, earns by the rules that"
              + " were filed before. A version that is filed does not change.")
  @Refuses(ProblemCode.ALREADY_FILED)
  @PostMapping
  ResponseEntity<?> file(
      @Valid @RequestBody EarningRequest request, IdempotencyKey key, Caller caller) {
    return idempotency.once(
        key,
        () -> {
          var table = request.table();
          var from = request.effectiveFrom();
          filing.requireAhead(from);
          requireNoBonusWithoutTier(table);
          requireTiers(from, table);
          var version = programmes.filed(from, table, caller.client());
          return ResponseEntity.created(URI.create("/programme/earning"))
              .body(EarningView.of(version));
        });
  }

  private void requireTiers(LocalDate from, EarningTable table) {
    var codes = tiers.codes(from);
    table.bonuses().keySet().stream()
        .filter(code -> !code.equals(EarningTable.NO_TIER) && !codes.contains(code))
        .findFirst()
        .ifPresent(
            code -> {
              throw Problem.invalid(
                  "/bonuses/" + code,
                  "tier_unknown",
                  "From %s on there are the tiers %s.".formatted(from, codes));
            });
  }

  private static void requireNoBonusWithoutTier(EarningTable table) {
    if (table.bonuses().containsKey(EarningTable.NO_TIER)) {
      throw Problem.invalid(
          "/bonuses/" + EarningTable.NO_TIER,
          "no_tier",
          "%s is having no tier: put what all earn into the rates."
              .formatted(EarningTable.NO_TIER));
    }
  }
}
