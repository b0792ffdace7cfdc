package aero.contrail.loyalty.earning;

import aero.contrail.events.FlightId;
import aero.contrail.events.TicketNumber;
import aero.contrail.loyalty.member.MemberFinder;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Flights that members miss in their accounts. */
@RestController
@RequestMapping("/members/{number}/claims")
class ClaimController {

  private final MemberFinder finder;
  private final Claims claims;
  private final Idempotency idempotency;

  ClaimController(MemberFinder finder, Claims claims, Idempotency idempotency) {
    this.finder = finder;
    this.claims = claims;
    this.idempotency = idempotency;
  }

  record ClaimRequest(
      @NotBlank @Size(max = 20) String ticketNumber, @NotBlank @Size(max = 40) String flightId) {}

  /** What became of it. */
  enum ClaimStatus {
    APPROVED,
    REFUSED
  }

  /**
   * @param reason why it was refused; null when it was not
   * @param points that it brought
   */
  record ClaimView(
      UUID id,
      TicketNumber ticketNumber,
      FlightId flightId,
      ClaimStatus status,
      Claim.@Nullable Refusal reason,
      int points,
      Instant at) {

    static ClaimView of(Claim claim) {
      return new ClaimView(
          claim.id(),
          claim.ticket(),
          claim.flight(),
          claim.refusal() == null ? ClaimStatus.APPROVED : ClaimStatus.REFUSED,
          claim.refusal(),
          claim.points(),
          claim.at());
    }
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ClaimView.class)))
  @Operation(
      summary = "Claim a flight that a member flew without the number",
      description =
          "Decided at once: approved when the coupon was flown, and nobody has its points. Channels"
              + " claim what they sold.")
  @PostMapping
  ResponseEntity<?> claim(
      @PathVariable String number,
      @Valid @RequestBody ClaimRequest request,
      IdempotencyKey key,
      Caller caller) {
    return idempotency.once(
        key,
        () -> {
          var member = finder.require(number, caller).number();
          var ticket =
              parsed(request.ticketNumber(), TicketNumber::new, "/ticketNumber", "ticket number");
          var flight = parsed(request.flightId(), FlightId::new, "/flightId", "flight's id");
          return ResponseEntity.created(URI.create("/members/%s/ledger".formatted(member)))
              .body(ClaimView.of(claims.claim(member, ticket, flight, caller)));
        });
  }

  private static <T> T parsed(String text, Function<String, T> value, String at, String what) {
    try {
      return value.apply(text);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(at, "invalid", "This is no %s.".formatted(what));
    }
  }
}
