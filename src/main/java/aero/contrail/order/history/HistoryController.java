package aero.contrail.order.history;

import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderEvent;
import aero.contrail.order.OrderController;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.OrderReader;
import aero.contrail.web.Page;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happened to an order. */
@RestController
@RequestMapping("/orders/{id}")
class HistoryController {

  private static final String HISTORY = "history";

  private final OrderDesk desk;
  private final OrderReader reader;
  private final LiveOrders live;
  private final JsonMapper json;

  HistoryController(OrderDesk desk, OrderReader reader, LiveOrders live, JsonMapper json) {
    this.desk = desk;
    this.reader = reader;
    this.live = live;
    this.json = json;
  }

  @Operation(summary = "List the facts of an order")
  @GetMapping("/history")
  Page<FactView> history(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      Caller caller) {
    var facts = desk.history(OrderController.orderId(id), caller);
    int after = Page.after(HISTORY, cursor, 0, Integer::valueOf);
    return Page.of(
        HISTORY,
        facts.stream().filter(fact -> fact.version() > after).limit(limit + 1L).toList(),
        limit,
        fact -> Integer.toString(fact.version()),
        FactView::of);
  }

  /** What is different in a later, or an earlier, version of an order. */
  record OrderDiff(int from, int to, List<JsonDiff.Change> changes) {}

  @Operation(
      summary = "Compare two versions of an order",
      description = "Without `to` with the newest, without `from` with the first.")
  @GetMapping("/diff")
  OrderDiff diff(
      @PathVariable String id,
      @RequestParam(defaultValue = "1") @Min(1) int from,
      @RequestParam(required = false) @Nullable @Min(1) Integer to,
      Caller caller) {
    var facts = desk.history(OrderController.orderId(id), caller);
    var later = to == null ? facts.getLast().version() : to;
    return new OrderDiff(
        from, later, JsonDiff.between(document(facts, from), document(facts, later)));
  }

  private JsonNode document(List<Recorded<OrderEvent>> facts, int version) {
    if (version > facts.size()) {
      throw Problem.notFound("such version of the order", version);
    }
    return json.valueToTree(reader.past(facts.subList(0, version)));
  }

  @Operation(
      summary = "Follow an order live",
      description =
          "Server-sent events: `id` is the version, `event` the fact's type, `data` the fact as in"
              + " the history. Ends by itself after some minutes; with `Last-Event-ID` it goes on"
              + " behind what has come.",
      parameters =
          @Parameter(
              name = "Last-Event-ID",
              in = io.swagger.v3.oas.annotations.enums.ParameterIn.HEADER,
              schema = @Schema(type = "integer", minimum = "0")))
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string")))
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void events(
      @PathVariable String id,
      @Parameter(hidden = true) @RequestHeader(name = "Last-Event-ID", defaultValue = "0") @Min(0)
          int lastEventId,
      Caller caller,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var order = desk.require(OrderController.orderId(id), caller).order();
    if (request.getMethod().equals(HttpMethod.HEAD.name())) {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      return;
    }
    live.follow(caller.client(), order, lastEventId, () -> desk.history(order, caller), response);
  }
}
