package aero.contrail.loyalty;

import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderId;
import aero.contrail.loyalty.Ledger.Entry;
import aero.contrail.loyalty.Ledger.Movement;
import aero.contrail.web.Page;
import aero.contrail.web.PersonName;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.Problem;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
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

/** Members and their points. */
@RestController
@RequestMapping("/members")
class MemberController {

  private final Members members;
  private final Enrolment enrolment;
  private final Ledger ledger;
  private final Idempotency idempotency;
  private final Clock clock;

  MemberController(
      Members members, Enrolment enrolment, Ledger ledger, Idempotency idempotency, Clock clock) {
    this.members = members;
    this.enrolment = enrolment;
    this.ledger = ledger;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  record EnrolRequest(
      @NotBlank @Size(max = PersonName.MAX_LENGTH) @PersonName String givenName,
      @NotBlank @Size(max = PersonName.MAX_LENGTH) @PersonName String familyName,
      @Nullable @Email @Size(max = 254) String email) {}

  /** A member and what is on the account. */
  record MemberView(
      MemberNumber number,
      String givenName,
      String familyName,
      Member.Tier tier,
      Award award,
      Instant enrolledAt) {}

  /** Award points: what can be spent, what flights still ahead will bring. */
  record Award(int available, int pending, int held) {}

  /** A line of the statement; {@code balance} is what was available after it. */
  record EntryView(
      UUID id,
      Instant at,
      String kind,
      Movement entry,
      int points,
      int balance,
      UUID lot,
      Cause cause,
      String rule) {

    static EntryView of(Entry entry) {
      return new EntryView(
          entry.id(),
          entry.at(),
          "AWARD",
          entry.entry(),
          entry.points(),
          entry.balance(),
          entry.lot(),
          new Cause(entry.order(), entry.flight()),
          entry.rule());
    }
  }

  record Cause(OrderId orderId, FlightId flightId) {}

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = MemberView.class)))
  @PostMapping
  ResponseEntity<?> enrol(@Valid @RequestBody EnrolRequest request, IdempotencyKey key) {
    return idempotency.once(
        key,
        () -> {
          var member =
              enrolment.enrol(
                  PersonName.Rule.normalised(request.givenName()),
                  PersonName.Rule.normalised(request.familyName()),
                  request.email());
          return ResponseEntity.created(URI.create("/members/" + member.number()))
              .body(view(member, clock.instant()));
        });
  }

  @GetMapping("/{number}")
  MemberView get(
      @PathVariable String number, @RequestParam(required = false) @Nullable Instant asOf) {
    return view(find(number), asOf == null ? clock.instant() : asOf);
  }

  @GetMapping("/{number}/ledger")
  Page<EntryView> ledger(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
    long after;
    try {
      after = Long.parseLong(Page.after(cursor, "0"));
    } catch (NumberFormatException e) {
      throw Problem.invalidParameter("cursor", "cursor is not one that a list gave out.");
    }
    return Page.of(
        ledger.entries(find(number).number(), after, limit + 1),
        limit,
        entry -> Long.toString(entry.position()),
        EntryView::of);
  }

  private MemberView view(Member member, Instant asOf) {
    var balances = ledger.balances(member.number(), asOf);
    return new MemberView(
        member.number(),
        member.givenName(),
        member.familyName(),
        member.tier(),
        new Award(balances.available(), balances.pending(), 0),
        member.enrolledAt());
  }

  private Member find(String number) {
    try {
      return members
          .findById(new MemberNumber(number))
          .orElseThrow(() -> Problem.notFound("member", number));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("member", number);
    }
  }
}
