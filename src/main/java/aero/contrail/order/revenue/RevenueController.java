package aero.contrail.order.revenue;

import aero.contrail.events.OrderId;
import aero.contrail.order.ChannelZones;
import aero.contrail.order.revenue.Journal.Balance;
import aero.contrail.order.revenue.Journal.Line;
import aero.contrail.order.revenue.Journal.Range;
import aero.contrail.web.Page;
import aero.contrail.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What accountants get. Days are those of {@code contrail.order.zone}, by the time of recording.
 */
@RestController
@RequestMapping("/revenue")
class RevenueController {

  private static final String JOURNAL = "journal";
  private static final String CSV = "text/csv";

  /** So many lines are read at a time. */
  private static final int CHUNK = 5_000;

  /** A cursor's line is only a place. */
  private static final Money NOTHING = Money.parse("USD 0.00");

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "recorded_at",
              "occurred_at",
              "order_id",
              "version",
              "fact",
              "account",
              "amount",
              "currency")
          .get();

  private final Journal journal;
  private final ChannelZones zones;
  private final Clock clock;

  RevenueController(Journal journal, ChannelZones zones, Clock clock) {
    this.journal = journal;
    this.zones = zones;
    this.clock = clock;
  }

  /** What was moved on each account; in each currency they add up to zero. */
  record Balances(LocalDate from, LocalDate to, List<Balance> items) {}

  @Operation(
      summary = "List what was moved between accounts",
      description =
          "From the day `from` to the day `to`, both included; without them, today. Debit is"
              + " positive, credit negative; the lines of one fact add up to zero.")
  @GetMapping("/journal")
  Page<Line> journal(
      @RequestParam(required = false) @Nullable LocalDate from,
      @RequestParam(required = false) @Nullable LocalDate to,
      @RequestParam(required = false) @Nullable UUID orderId,
      @RequestParam(required = false) @Nullable Account account,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
    var range = days(from, to).range(orderId, account);
    return Page.of(
        JOURNAL,
        journal.page(range, Page.after(JOURNAL, cursor, null, RevenueController::line), limit + 1),
        limit,
        line ->
            "%s %s %d %s"
                .formatted(line.recordedAt(), line.orderId(), line.version(), line.account()),
        Function.identity());
  }

  private static Line line(String cursor) {
    var parts = cursor.split(" ", 4);
    return new Line(
        new OrderId(UUID.fromString(parts[1])),
        Integer.parseInt(parts[2]),
        Account.valueOf(parts[3]),
        NOTHING,
        "",
        Instant.EPOCH,
        Instant.parse(parts[0]));
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
  @Operation(
      summary = "Export what was moved between accounts",
      description = "The same as CSV (RFC 4180), the whole range at once.")
  @GetMapping(path = "/journal", produces = CSV)
  void export(
      @RequestParam(required = false) @Nullable LocalDate from,
      @RequestParam(required = false) @Nullable LocalDate to,
      @RequestParam(required = false) @Nullable UUID orderId,
      @RequestParam(required = false) @Nullable Account account,
      HttpServletResponse response)
      throws IOException {
    var days = days(from, to);
    var range = days.range(orderId, account);
    response.setContentType(CSV);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"journal-%s-%s.csv\"".formatted(days.from(), days.to()));
    try (var csv = new CSVPrinter(response.getWriter(), FORMAT)) {
      Line last = null;
      List<Line> lines;
      do {
        lines = journal.page(range, last, CHUNK);
        for (var line : lines) {
          csv.printRecord(
              line.recordedAt(),
              line.occurredAt(),
              line.orderId(),
              line.version(),
              line.fact(),
              line.account(),
              line.amount().getAmount().toPlainString(),
              line.amount().getCurrencyUnit());
          last = line;
        }
      } while (lines.size() == CHUNK);
    }
  }

  @Operation(
      summary = "Add up what was moved on each account",
      description =
          "All accounts of a currency add up to zero, and CLEARING is not among them unless"
              + " something is wrong.")
  @GetMapping("/balances")
  Balances balances(
      @RequestParam(required = false) @Nullable LocalDate from,
      @RequestParam(required = false) @Nullable LocalDate to,
      @RequestParam(required = false) @Nullable UUID orderId) {
    var days = days(from, to);
    return new Balances(days.from(), days.to(), journal.balances(days.range(orderId, null)));
  }

  /** Whole days, both included. */
  private record Days(LocalDate from, LocalDate to, ChannelZones zones) {

    Range range(@Nullable UUID order, @Nullable Account account) {
      return new Range(
          from.atStartOfDay(zones.zone()).toInstant(),
          to.plusDays(1).atStartOfDay(zones.zone()).toInstant(),
          order == null ? null : new OrderId(order),
          account);
    }
  }

  private Days days(@Nullable LocalDate from, @Nullable LocalDate to) {
    var today = LocalDate.ofInstant(clock.instant(), zones.zone());
    var first = from == null ? (to == null ? today : to) : from;
    var last = to == null ? (from == null || from.isBefore(today) ? today : from) : to;
    if (last.isBefore(first)) {
      throw Problem.invalidParameter("to", "to is before from.");
    }
    return new Days(first, last, zones);
  }
}
