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
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
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

  private static final String LEDGER = "ledger";

  private final Members members;
  private final Enrolment enrolment;
  private final Ledger ledger;
  private final MemberChannels channels;
  private final Idempotency idempotency;
  private final Clock clock;

  MemberController(
      Members members,
      Enrolment enrolment,
      Ledger ledger,
      MemberChannels channels,
      Idempotency idempotency,
      Clock clock) {
    this.members = members;
    this.enrolment = enrolment;
    this.ledger = ledger;
    this.channels = channels;
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
  @Operation(summary = "Enrol a member")
  @PostMapping
  ResponseEntity<?> enrol(
      @Valid @RequestBody EnrolRequest request, IdempotencyKey key, Caller caller) {
    return idempotency.once(
        key,
        () -> {
          var member =
              enrolment.enrol(
                  caller.channel(),
                  PersonName.Rule.normalised(request.givenName()),
                  PersonName.Rule.normalised(request.familyName()),
                  request.email());
          return ResponseEntity.created(URI.create("/members/" + member.number()))
              .body(view(member, clock.instant()));
        });
  }

  @Operation(summary = "Read a member with the account")
  @GetMapping("/{number}")
  MemberView get(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable Instant asOf,
      Caller caller) {
    return view(find(number, caller), asOf == null ? clock.instant() : asOf);
  }

  @Operation(summary = "List the entries of an account")
  @GetMapping("/{number}/ledger")
  Page<EntryView> ledger(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      Caller caller) {
    var after = Page.after(LEDGER, cursor, 0L, Long::valueOf);
    return Page.of(
        LEDGER,
        ledger.entries(find(number, caller).number(), after, limit + 1),
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

  /** Whom the caller's channel enrolled or sold to; staff find all. */
  private Member find(String number, Caller caller) {
    try {
      return members
          .findById(new MemberNumber(number))
          .filter(m -> caller.staff() || channels.knows(caller.channel(), m.number()))
          .orElseThrow(() -> Problem.notFound("member", number));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("member", number);
    }
  }
}
