package aero.contrail.loyalty.award;

import aero.contrail.events.LoyaltyEvent.AwardChart;
import aero.contrail.loyalty.programme.Filing;
import aero.contrail.loyalty.programme.RuleVersion;
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
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What flights cost in points. */
@RestController
@RequestMapping("/programme/awards")
class AwardChartController {

  private final FiledAwardCharts charts;
  private final Idempotency idempotency;
  private final Filing filing;

  AwardChartController(FiledAwardCharts charts, Idempotency idempotency, Filing filing) {
    this.charts = charts;
    this.idempotency = idempotency;
    this.filing = filing;
  }

  /**
   * What flights cost in points from a day of travel on.
   *
   * @param bands by distance, the shortest first; what is longer than the last is not to be had
   */
  record AwardChartRequest(
      @NotNull LocalDate effectiveFrom,
      @NotEmpty @Size(max = 50) List<@Valid @NotNull AwardBand> bands) {

    AwardChart chart() {
      return new AwardChart(
          bands.stream().map(band -> new AwardChart.Band(band.upToMiles, band.points)).toList());
    }
  }

  /**
   * Flights of up to some miles.
   *
   * @param points of each passenger with a seat, by booking class; a class that is not there is not
   *     to be had
   */
  record AwardBand(
      @NotNull @Min(1) @Max(25_000) Integer upToMiles,
      @NotEmpty @Size(max = 26)
          Map<
                  @Pattern(regexp = "[A-Z]", message = "must be a booking class, a letter") String,
                  @NotNull @Min(1) @Max(10_000_000) Integer>
              points) {}

  /** A version of what flights cost in points. */
  record AwardChartView(
      LocalDate effectiveFrom, List<AwardBand> bands, String filedBy, Instant filedAt) {

    static AwardChartView of(RuleVersion<AwardChart> filed) {
      return new AwardChartView(
          filed.effectiveFrom(),
          filed.body().bands().stream()
              .map(band -> new AwardBand(band.miles(), band.points()))
              .toList(),
          filed.filedBy(),
          filed.filedAt());
    }
  }

  /** The versions, oldest first; each holds until the next. */
  record AwardChartVersions(List<AwardChartView> items) {}

  @Operation(summary = "List the versions of what flights cost in points")
  @GetMapping
  AwardChartVersions awards() {
    return new AwardChartVersions(charts.all().stream().map(AwardChartView::of).toList());
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = AwardChartView.class)))
  @Operation(
      summary = "File what flights cost in points from a day of travel on",
      description =
          "From tomorrow on at the earliest. Offers that were made before keep what they said. A"
              + " version that is filed does not change.")
  @Refuses(ProblemCode.ALREADY_FILED)
  @PostMapping
  ResponseEntity<?> file(
      @Valid @RequestBody AwardChartRequest request, IdempotencyKey key, Caller caller) {
    return idempotency.once(
        key,
        () -> {
          var from = request.effectiveFrom();
          filing.requireAhead(from);
          requireLongerAndLonger(request.bands());
          var version = charts.filed(from, request.chart(), caller.client());
          return ResponseEntity.created(URI.create("/programme/awards"))
              .body(AwardChartView.of(version));
        });
  }

  private static void requireLongerAndLonger(List<AwardBand> bands) {
    for (var i = 1; i < bands.size(); i++) {
      if (bands.get(i).upToMiles() <= bands.get(i - 1).upToMiles()) {
        throw Problem.invalid(
            "/bands/%d/upToMiles".formatted(i),
            "not_ascending",
            "Each band goes farther than the one before it.");
      }
    }
  }
}
