package aero.contrail.loyalty.adjustment;

import aero.contrail.loyalty.member.MemberFinder;
import aero.contrail.web.Page;
import aero.contrail.web.PathIds;
import aero.contrail.web.Refuses;
import aero.contrail.web.TimeKey;
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
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Points that the staff gives, takes and gives back. */
@RestController
@RequestMapping("/members/{number}")
class AdjustmentController {

  private static final String LIST = "adjustments";

  private final MemberFinder finder;
  private final PointsDesk desk;
  private final Adjustments adjustments;
  private final Idempotency idempotency;

  AdjustmentController(
      MemberFinder finder, PointsDesk desk, Adjustments adjustments, Idempotency idempotency) {
    this.finder = finder;
    this.desk = desk;
    this.adjustments = adjustments;
    this.idempotency = idempotency;
  }

  /**
   * Points for nothing flown.
   *
   * @param points less than zero to take some
   */
  record AdjustmentRequest(
      @NotNull @Min(-1_000_000_000) @Max(1_000_000_000) Integer points,
      @NotBlank @Size(max = 500) @Pattern(regexp = "\\P{C}*") String reason) {}

  /**
   * @param decidedBy who approved or rejected it; null when nobody had to
   */
  record AdjustmentView(
      UUID id,
      int points,
      String reason,
      Adjustment.Status status,
      String requestedBy,
      Instant requestedAt,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt) {

    static AdjustmentView of(Adjustment adjustment) {
      return new AdjustmentView(
          adjustment.id(),
          adjustment.points(),
          adjustment.reason(),
          adjustment.status(),
          adjustment.requestedBy(),
          adjustment.requestedAt(),
          adjustment.decidedBy(),
          adjustment.decidedAt());
    }
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = AdjustmentView.class)))
  @Operation(
      summary = "Give a member points, or take some",
      description =
          "Large ones are PENDING until a second person approves them"
              + " (contrail.loyalty.adjustment-limit).")
  @Refuses(ProblemCode.INSUFFICIENT_POINTS)
  @PostMapping("/adjustments")
  ResponseEntity<?> adjust(
      @PathVariable String number,
      @Valid @RequestBody AdjustmentRequest request,
      IdempotencyKey key,
      Caller caller) {
    return idempotency.once(
        key,
        () -> {
          if (request.points() == 0) {
            throw Problem.invalid("/points", "zero", "Nothing would change: give or take some.");
          }
          var member = finder.require(number, caller).number();
          var done = desk.request(member, request.points(), request.reason(), caller.client());
          return ResponseEntity.created(URI.create("/members/%s/adjustments".formatted(member)))
              .body(AdjustmentView.of(done));
        });
  }

  @Operation(summary = "List what the staff gave a member and took", description = "Oldest first.")
  @GetMapping("/adjustments")
  Page<AdjustmentView> list(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      Caller caller) {
    var after = Page.after(LIST, cursor, TimeKey.FIRST, TimeKey::parse);
    var member = finder.require(number, caller).number();
    return Page.of(
        LIST,
        adjustments.list(member, after.at(), after.id(), limit + 1),
        limit,
        adjustment -> new TimeKey(adjustment.requestedAt(), adjustment.id()).toString(),
        AdjustmentView::of);
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AdjustmentView.class)))
  @Operation(summary = "Approve an adjustment that somebody else asked for")
  @Refuses({
    ProblemCode.INSUFFICIENT_POINTS,
    ProblemCode.SECOND_PERSON_NEEDED,
    ProblemCode.ILLEGAL_STATE
  })
  @PostMapping("/adjustments/{id}/approve")
  ResponseEntity<?> approve(
      @PathVariable String number, @PathVariable String id, IdempotencyKey key, Caller caller) {
    return decide(number, id, true, key, caller);
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AdjustmentView.class)))
  @Operation(summary = "Reject an adjustment that somebody else asked for")
  @Refuses({ProblemCode.SECOND_PERSON_NEEDED, ProblemCode.ILLEGAL_STATE})
  @PostMapping("/adjustments/{id}/reject")
  ResponseEntity<?> reject(
      @PathVariable String number, @PathVariable String id, IdempotencyKey key, Caller caller) {
    return decide(number, id, false, key, caller);
  }

  private ResponseEntity<?> decide(
      String number, String id, boolean approved, IdempotencyKey key, Caller caller) {
    return idempotency.once(
        key,
        () -> {
          var member = finder.require(number, caller).number();
          return ResponseEntity.ok(
              AdjustmentView.of(
                  desk.decide(member, PathIds.uuid("adjustment", id), approved, caller.client())));
        });
  }

  /** {@code entryId}: of the ledger, by which they expired. */
  record ReinstatementRequest(@NotNull UUID entryId) {}

  /** Points that can be spent again. */
  record ReinstatementView(UUID entryId, long points, Instant at) {}

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ReinstatementView.class)))
  @Operation(summary = "Give back points that expired not long ago")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  @PostMapping("/reinstatements")
  ResponseEntity<?> reinstate(
      @PathVariable String number,
      @Valid @RequestBody ReinstatementRequest request,
      IdempotencyKey key,
      Caller caller) {
    return idempotency.once(
        key,
        () -> {
          var member = finder.require(number, caller).number();
          var points = desk.reinstate(member, request.entryId());
          return ResponseEntity.created(URI.create("/members/%s/ledger".formatted(member)))
              .body(new ReinstatementView(request.entryId(), points, desk.now()));
        });
  }
}
