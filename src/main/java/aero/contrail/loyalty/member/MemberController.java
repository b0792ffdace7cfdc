package aero.contrail.loyalty.member;

import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderId;
import aero.contrail.loyalty.expiry.ExpiryPolicies;
import aero.contrail.loyalty.ledger.Balance;
import aero.contrail.loyalty.ledger.Entry;
import aero.contrail.loyalty.ledger.Statements;
import aero.contrail.loyalty.ledger.Statements.Line;
import aero.contrail.loyalty.ledger.Statements.LotLine;
import aero.contrail.loyalty.programme.ProgrammeDay;
import aero.contrail.loyalty.tier.Progress;
import aero.contrail.loyalty.tier.Tiers;
import aero.contrail.web.Page;
import aero.contrail.web.PersonName;
import aero.contrail.web.TimeKey;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
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
import java.time.LocalDate;
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
  private static final String LOTS = "lots";

  private final MemberFinder finder;
  private final Enrolment enrolment;
  private final Statements statements;
  private final Tiers tiers;
  private final ExpiryPolicies policies;
  private final Clock clock;
  private final Idempotency idempotency;

  MemberController(
      MemberFinder finder,
      Enrolment enrolment,
      Statements statements,
      Tiers tiers,
      ExpiryPolicies policies,
      Clock clock,
      Idempotency idempotency) {
    this.finder = finder;
    this.enrolment = enrolment;
    this.statements = statements;
    this.tiers = tiers;
    this.policies = policies;
    this.clock = clock;
    this.idempotency = idempotency;
  }

  record EnrolRequest(
      @NotBlank @Size(max = PersonName.MAX_LENGTH) @PersonName String givenName,
      @NotBlank @Size(max = PersonName.MAX_LENGTH) @PersonName String familyName,
      @Nullable @Email @Size(max = 254) String email) {}

  /** A member and what is on the account. */
  record MemberView(
      MemberNumber number,
      @Nullable String givenName,
      @Nullable String familyName,
      String tier,
      @Nullable LocalDate tierUntil,
      Award award,
      TierProgress tierProgress,
      Instant enrolledAt) {}

  /** What counts for the tier in a calendar year, and what is missing to the next one. */
  record TierProgress(int year, long points, int segments, Progress.@Nullable Missing next) {

    static TierProgress of(Progress progress) {
      return new TierProgress(
          progress.year(), progress.points(), progress.segments(), progress.next());
    }
  }

  /**
   * Award points: what can be spent, what flights still ahead will bring, what orders hold, and
   * what was spent before it was taken back.
   */
  record Award(long available, long pending, long held, long debt) {

    static Award of(Balance balance) {
      return new Award(balance.available(), balance.pending(), balance.held(), balance.debt());
    }
  }

  /** A line of the statement; {@code balance} is what was available after it. */
  record EntryView(
      UUID id,
      Instant at,
      String kind,
      Entry.Kind entry,
      long points,
      long tierPoints,
      long balance,
      @Nullable UUID lot,
      @Nullable EntryCause cause,
      @Nullable String rule) {

    /** The order and the flight for who sold them, and for staff. */
    static EntryView of(Line line, Caller caller) {
      return new EntryView(
          line.id(),
          line.at(),
          "AWARD",
          line.kind(),
          line.points(),
          line.tierPoints(),
          line.balance(),
          line.lot(),
          line.isKnownTo(caller.staff(), caller.channel())
              ? new EntryCause(line.order(), line.flight())
              : null,
          line.rule());
    }
  }

  record EntryCause(@Nullable OrderId orderId, @Nullable FlightId flightId) {}

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
              .body(view(member, null));
        });
  }

  @Operation(
      summary = "Read a member with the account",
      description =
          "As of a moment of the past what was known then, with the tier by the flights that are"
              + " known now; of the future what is left when nothing is earned and nothing spent.")
  @GetMapping("/{number}")
  MemberView get(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable Instant asOf,
      Caller caller) {
    return view(finder.require(number, caller), asOf);
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
        statements.lines(finder.require(number, caller).number(), after, limit + 1),
        limit,
        line -> Long.toString(line.sequence()),
        line -> EntryView.of(line, caller));
  }

  @Operation(summary = "List the lots of an account", description = "Oldest first.")
  @GetMapping("/{number}/lots")
  Page<LotLine> lots(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      Caller caller) {
    var after = Page.after(LOTS, cursor, TimeKey.FIRST, TimeKey::parse);
    return Page.of(
        LOTS,
        statements.lots(finder.require(number, caller).number(), after.at(), after.id(), limit + 1),
        limit,
        lot -> new TimeKey(lot.openedAt(), lot.id()).toString(),
        lot -> lot);
  }

  private MemberView view(Member member, @Nullable Instant asOf) {
    var now = clock.instant();
    var day = ProgrammeDay.of(asOf == null ? now : asOf);
    var balance =
        asOf == null
            ? statements.balance(member.number())
            : asOf.isAfter(now)
                ? statements.balanceOn(member.number(), day, policies.on(day).inactiveSince(day))
                : statements.balance(member.number(), asOf);
    var progress = tiers.progress(member.number(), day);
    return new MemberView(
        member.number(),
        member.givenName(),
        member.familyName(),
        progress.standing().tier(),
        progress.standing().until(),
        Award.of(balance),
        TierProgress.of(progress),
        member.enrolledAt());
  }
}
