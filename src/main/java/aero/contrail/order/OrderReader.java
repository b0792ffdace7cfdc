package aero.contrail.order;

import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.payment.PaymentInstructions;
import aero.contrail.order.person.PersonalData;
import aero.contrail.order.person.PersonalData.People;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows orders: what they are, were, and how they came to be it. */
@Component
public class OrderReader {

  private final Orders orders;
  private final PersonalData people;
  private final PaymentInstructions instructions;
  private final ChannelZones zones;
  private final Clock clock;

  OrderReader(
      Orders orders,
      PersonalData people,
      PaymentInstructions instructions,
      ChannelZones zones,
      Clock clock) {
    this.instructions = instructions;
    this.orders = orders;
    this.people = people;
    this.zones = zones;
    this.clock = clock;
  }

  public OrderView view(Loaded order) {
    return view(order, people.find(List.of(order.order())).get(order.order()));
  }

  OrderView view(Loaded order, @Nullable People persons) {
    return view(order.state(), order.version(), persons);
  }

  /** The order that facts added up to once: what could be done with it then is left out. */
  public OrderView past(List<Recorded<OrderEvent>> facts) {
    if (!(Orders.fold(facts) instanceof Known state)) {
      throw new IllegalStateException("there is no order without facts");
    }
    return view(new Loaded(state, facts.getLast())).asOfThen();
  }

  /** The orders as they are, in the order in which they are named. */
  public List<OrderView> views(List<OrderId> ids) {
    var loaded = orders.load(ids);
    var persons = people.find(ids);
    return ids.stream()
        .map(
            id -> {
              var order = loaded.get(id);
              if (order == null) {
                throw new IllegalStateException("order " + id + " is indexed but not in the log");
              }
              return view(order, persons.get(id));
            })
        .toList();
  }

  OrderView view(Known state, int version, @Nullable People persons) {
    return OrderView.of(
            state, version, persons, clock.instant(), zones.of(state.details().placed().channel()))
        .withActions(instructions::action);
  }
}
