package aero.contrail.loyalty.member;

import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.Statements;
import aero.contrail.loyalty.ledger.Statements.Line;
import aero.contrail.loyalty.programme.ProgrammeDay;
import aero.contrail.loyalty.tier.Progress;
import aero.contrail.loyalty.tier.Tiers;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What members read about themselves in more detail. */
@RestController
@RequestMapping("/members/{number}")
class StatementController {

  private static final String CSV = "text/csv";
  private static final int CHUNK = 1_000;

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "at", "entry", "points", "tierPoints", "balance", "orderId", "flightId", "rule")
          .get();

  private final MemberFinder finder;
  private final Statements statements;
  private final Tiers tiers;
  private final Clock clock;

  StatementController(MemberFinder finder, Statements statements, Tiers tiers, Clock clock) {
    this.finder = finder;
    this.statements = statements;
    this.tiers = tiers;
    this.clock = clock;
  }

  /**
   * A member's tier, and what counts for it.
   *
   * @param until the last day on which he has it; null for none
   * @param year in which points and segments count so far
   * @param nextTier what is missing to the next tier; null for who has the highest
   * @param lifetimePoints that ever counted
   * @param lifetimeSegments the same
   */
  record TierView(
      MemberNumber number,
      String tier,
      int rank,
      @Nullable LocalDate until,
      int year,
      long points,
      int segments,
      Progress.@Nullable Missing nextTier,
      long lifetimePoints,
      int lifetimeSegments) {}

  @Operation(summary = "Read a member's tier and what counts for it")
  @GetMapping("/tier")
  TierView tier(@PathVariable String number, Caller caller) {
    var member = finder.require(number, caller).number();
    var progress = tiers.progress(member, today());
    var lifetime = tiers.lifetime(member);
    return new TierView(
        member,
        progress.standing().tier(),
        progress.standing().rank(),
        progress.standing().until(),
        progress.year(),
        progress.points(),
        progress.segments(),
        progress.next(),
        lifetime.points(),
        lifetime.segments());
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
  @Operation(
      summary = "Export a member's ledger",
      description =
          "As CSV (RFC 4180): what happened from one day to another, both included (UTC), with what"
              + " could be spent after it.")
  @GetMapping(path = "/statement", produces = CSV)
  void statement(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable LocalDate from,
      @RequestParam(required = false) @Nullable LocalDate to,
      Caller caller,
      HttpServletResponse response)
      throws IOException {
    var first = from == null ? LocalDate.EPOCH : from;
    var last = to == null ? LocalDate.of(9999, 12, 31) : to;
    if (last.isBefore(first)) {
      throw Problem.invalidParameter("to", "to is before from.");
    }
    var member = finder.require(number, caller).number();
    response.setContentType(CSV);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"points-%s.csv\"".formatted(member));
    try (var csv = new CSVPrinter(response.getWriter(), FORMAT)) {
      var after = 0L;
      List<Line> lines;
      do {
        lines = statements.lines(member, after, CHUNK);
        for (var line : lines) {
          var day = ProgrammeDay.of(line.at());
          if (!day.isBefore(first) && !day.isAfter(last)) {
            print(line, caller, csv);
          }
          after = line.sequence();
        }
      } while (lines.size() == CHUNK);
    }
  }

  /** The order and the flight for who sold them, and for staff. */
  private static void print(Line line, Caller caller, CSVPrinter csv) throws IOException {
    var isKnown = line.isKnownTo(caller.staff(), caller.channel());
    csv.printRecord(
        line.at(),
        line.kind(),
        line.points(),
        line.tierPoints(),
        line.balance(),
        isKnown ? line.order() : null,
        isKnown ? line.flight() : null,
        line.rule());
  }

  private LocalDate today() {
    return ProgrammeDay.of(clock.instant());
  }
}
