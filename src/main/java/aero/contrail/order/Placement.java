package aero.contrail.order;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.OrderEvent;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.model.OrderDecider;
import aero.contrail.order.model.OrderEvolution;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.person.PersonalData.People;
import java.util.List;
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
}
