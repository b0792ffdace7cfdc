package aero.contrail.loyalty.adjustment;

import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.member.MemberFinder;
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
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Points that a member gives to another. */
@RestController
@RequestMapping("/members/{number}/transfers")
class TransferController {

  private final MemberFinder finder;
  private final PointsDesk desk;
  private final Idempotency idempotency;

  TransferController(MemberFinder finder, PointsDesk desk, Idempotency idempotency) {
    this.finder = finder;
    this.desk = desk;
    this.idempotency = idempotency;
  }

  /** {@code to}: the number of the member who gets them. */
  record TransferRequest(@NotNull String to, @NotNull @Min(1) @Max(1_000_000_000) Integer points) {}

  record TransferView(UUID id, MemberNumber from, MemberNumber to, int points, Instant at) {}

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = TransferView.class)))
  @Operation(
      summary = "Give points of a member to another",
      description =
          "Those that expire soonest; they expire when they would have. For the channel that"
              + " enrolled the member, and for staff.")
  @Refuses({ProblemCode.INSUFFICIENT_POINTS, ProblemCode.MEMBER_UNKNOWN})
  @PostMapping
  ResponseEntity<?> transfer(
      @PathVariable String number,
      @Valid @RequestBody TransferRequest request,
      IdempotencyKey key,
      Caller caller) {
    return idempotency.once(
        key,
        () -> {
          var from = finder.requireOwn(number, caller).number();
          if (!MemberNumber.isValid(request.to())) {
            throw Problem.invalid(
                "/to",
                "invalid_member_number",
                "A member number has ten digits, the last of them a check digit.");
          }
          var to = new MemberNumber(request.to());
          var id = desk.transfer(from, to, request.points());
          return ResponseEntity.created(URI.create("/members/%s/ledger".formatted(from)))
              .body(new TransferView(id, from, to, request.points(), desk.now()));
        });
  }
}
