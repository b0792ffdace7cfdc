package aero.contrail.order;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.OrderEvent;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.model.OrderDecider;
import aero.contrail.order.model.OrderEvolution;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.payment.PaymentInstruction;
import aero.contrail.order.person.PersonalData.People;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A new order, decided and not written yet.
 *
 * @param facts it begins with
 * @param state what it will be
 * @param token of the card that it is paid with at once; null when it is paid later
 * @param origin who asked for it
 */
record Placement(
    List<OrderEvent> facts,
    Known state,
    People people,
    @Nullable String externalReference,
    @Nullable String token,
    Origin origin) {

  static Placement of(
      OrderCommand.Place command,
      People people,
      @Nullable String externalReference,
      @Nullable String token) {
    var facts = OrderDecider.decide(command, OrderEvolution.INITIAL);
    return new Placement(
        facts, OrderEvolution.beginning(facts), people, externalReference, token, Origin.current());
  }

  /** The same by another command. */
  Placement with(OrderCommand.Place command) {
    return of(command, people, externalReference, token);
  }

  OrderEvent.Placed placed() {
    return state.details().placed();
  }

  /**
   * To authorise the cards that orders are paid with at once.
   *
   * @param later of those that points stand beside: they are asked when the points are held
   */
  static List<PaymentInstruction> authorisations(List<Placement> orders, boolean later) {
    return orders.stream()
        .filter(order -> later == (order.state.details().tender() != null))
        .flatMap(order -> order.authorisation().stream())
        .toList();
  }

  private Optional<PaymentInstruction> authorisation() {
    var placed = placed();
    return Optional.ofNullable(placed.prepayment())
        .map(
            payment ->
                PaymentInstruction.first(
                    payment,
                    placed.order(),
                    PaymentInstruction.Operation.AUTHORISE,
                    state.details().payment(payment).orElseThrow().amount(),
                    token,
                    placed.at()));
  }
}
