package aero.contrail.order.search;

import aero.contrail.events.OrderId;
import aero.contrail.order.OrderReader;
import aero.contrail.order.OrderView;
import aero.contrail.order.model.OrderStatus;
import aero.contrail.order.person.NameKey;
import aero.contrail.order.search.OrderSearch.Criteria;
import aero.contrail.web.Page;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Finds orders, those of the caller's channel only. */
@RestController
@RequestMapping("/orders")
class SearchController {

  private static final String ORDERS = "orders";
  private static final int MOST_WORDS = 6;

  private final OrderSearch search;
  private final OrderReader reader;

  SearchController(OrderSearch search, OrderReader reader) {
    this.search = search;
    this.reader = reader;
  }

  @Operation(
      summary = "Search orders",
      description =
          "Newest first; what is named must all be met. A new order's names are found a moment"
              + " after it was placed.")
  @GetMapping
  Page<OrderView> search(
      @RequestParam(required = false) @Nullable String recordLocator,
      @RequestParam(required = false) @Nullable OrderStatus status,
      @Parameter(
              description =
                  "Words of one passenger's name in any order and script, without regard to"
                      + " accents and case. Where nobody is called so, names that are spelled alike"
                      + " are found.")
          @RequestParam(required = false)
          @Nullable String name,
      @RequestParam(required = false) @Nullable String flightId,
      @RequestParam(required = false) @Nullable String memberNumber,
      @RequestParam(required = false) @Nullable String ticketNumber,
      @RequestParam(required = false) @Nullable String externalReference,
      @RequestParam(required = false) @Nullable Instant placedAfter,
      @RequestParam(required = false) @Nullable Instant placedBefore,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      Caller caller) {
    var criteria =
        new Criteria(
            caller.staff() ? null : caller.channel(),
            recordLocator,
            status,
            name == null ? List.of() : words(name),
            flightId,
            memberNumber,
            ticketNumber,
            externalReference,
            placedAfter,
            placedBefore);
    var found =
        Page.of(
            ORDERS,
            search.find(criteria, Page.after(ORDERS, cursor, null, UUID::fromString), limit + 1),
            limit,
            OrderId::toString,
            id -> id);
    return new Page<>(reader.views(found.items()), found.next());
  }

  private static List<String> words(String name) {
    var words = NameKey.words(name);
    if (words.isEmpty() || words.size() > MOST_WORDS) {
      throw Problem.invalidParameter(
          "name", "name must have one to %d words.".formatted(MOST_WORDS));
    }
    return words;
  }
}
