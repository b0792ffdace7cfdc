package aero.contrail.order.servicing;

import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.Orders;
import aero.contrail.order.PaymentRequest;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.payment.PaymentInstructions.Draft;
import aero.contrail.order.tender.TenderChecks;
import aero.contrail.web.problem.Problem;
import java.util.List;
import java.util.function.Function;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runs commands on an order; what the rules refuse is said in the words of the API. Needs the
 * caller's transaction.
 */
@Component
class OrderCommands {

  private final Orders orders;

  OrderCommands(Orders orders) {
    this.orders = orders;
  }

  /**
   * @throws Problem when it is refused
   */
  void decide(OrderId order, OrderCommand command) {
    OrderDesk.refusing(() -> orders.handle(List.of(new Orders.Intent(order, command))));
  }

  /**
   * Runs a command that may cost something, and asks for the money if it does.
   *
   * @param request how it is paid; has to be there if, and only if, something is due
   * @param payment the id that the payment will have
   * @param command by the payment; null when nothing is due
   * @throws Problem when it is refused, or the request does not fit what is due
   */
  void decide(
      OrderId order,
      Money due,
      @Nullable PaymentRequest request,
      PaymentId payment,
      Function<@Nullable PaymentId, OrderCommand> command) {
    if (request == null) {
      if (due.isPositive()) {
        throw Problem.invalid("/payment", "not_null", "It costs %s.".formatted(due));
      }
      decide(order, command.apply(null));
      return;
    }
    if (!due.isPositive()) {
      throw Problem.invalid("/payment", "not_due", "It costs nothing: leave the payment out.");
    }
    TenderChecks.amount(request.tenders().getFirst().amount(), due, "/payment", 0);
    OrderDesk.refusing(
        () ->
            orders.pay(
                order,
                command.apply(payment),
                Draft.toAuthorise(payment, order, due, request.card("/payment")),
                false));
  }
}
