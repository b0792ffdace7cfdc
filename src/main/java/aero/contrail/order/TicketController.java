package aero.contrail.order;

import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.TicketNumber;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Tickets by their number. */
@RestController
class TicketController {

  private final OrderIndex index;
  private final OrderDesk desk;

  TicketController(OrderIndex index, OrderDesk desk) {
    this.index = index;
    this.desk = desk;
  }

  /** A ticket with its coupons; who flies stands in the order. */
  record TicketDetails(
      TicketNumber number,
      int checkDigit,
      OrderId orderId,
      PassengerId passengerId,
      List<OrderView.CouponView> coupons) {}

  @Operation(summary = "Read a ticket")
  @GetMapping("/tickets/{number}")
  TicketDetails get(@PathVariable String number, Caller caller) {
    var order =
        index.ofTicket(ticketNumber(number)).orElseThrow(() -> Problem.notFound("ticket", number));
    try {
      return desk.require(order, caller).state().details().tickets().stream()
          .filter(ticket -> ticket.number().value().equals(number))
          .findFirst()
          .map(
              ticket -> {
                var view = OrderView.TicketView.of(ticket);
                return new TicketDetails(
                    view.number(),
                    view.checkDigit(),
                    order,
                    ticket.ticket().passenger(),
                    view.coupons());
              })
          .orElseThrow(() -> Problem.notFound("ticket", number));
    } catch (Problem hidden) {
      throw Problem.notFound("ticket", number); // the order's id is not the caller's to learn
    }
  }

  private static TicketNumber ticketNumber(String number) {
    try {
      return new TicketNumber(number);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("ticket", number);
    }
  }
}
