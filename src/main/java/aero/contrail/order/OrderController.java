package aero.contrail.order;

import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.web.PathIds;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders: reading them. */
@RestController
@RequestMapping("/orders")
public class OrderController {

  private final OrderDesk desk;
  private final OrderReader reader;

  OrderController(OrderDesk desk, OrderReader reader) {
    this.desk = desk;
    this.reader = reader;
  }

  @Operation(summary = "Read an order, now or as it was")
  @GetMapping("/{id}")
  ResponseEntity<OrderView> get(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Instant asOf,
      @RequestParam(required = false) @Nullable @Min(1) Integer version,
      Caller caller) {
    var order = desk.require(orderId(id), caller);
    var view =
        asOf == null && version == null ? reader.view(order) : past(order, asOf, version, caller);
    return ResponseEntity.ok().eTag(view.tag()).body(view);
  }

  private OrderView past(
      Loaded order, @Nullable Instant asOf, @Nullable Integer version, Caller caller) {
    Predicate<Recorded<OrderEvent>> known =
        fact ->
            (asOf == null || !fact.recordedAt().isAfter(asOf))
                && (version == null || fact.version() <= version);
    // Up to the first that was not known: a clock that went back must not leave one out between.
    var facts = desk.history(order.order(), caller).stream().takeWhile(known).toList();
    if (facts.isEmpty() || (version != null && version > order.version())) {
      throw Problem.notFound("such version of order", order.order());
    }
    return facts.getLast().version() == order.version() ? reader.view(order) : reader.past(facts);
  }

  public static OrderId orderId(String id) {
    return new OrderId(PathIds.uuid("order", id));
  }
}
