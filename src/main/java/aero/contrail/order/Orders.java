package aero.contrail.order;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.OrderState.Known;
import aero.contrail.order.OrderState.Unknown;
import aero.contrail.order.PaymentInstructions.Draft;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runs commands on orders, a whole batch at a time: loads the streams, decides each command,
 * appends the facts, and tells the payment desk what money has to move. Needs the caller's
 * transaction.
 */
@Component
class Orders {

  private final EventLog log;
  private final OrderIndex index;
  private final PaymentInstructions instructions;
  private final PaymentDesk desk;

  Orders(EventLog log, OrderIndex index, PaymentInstructions instructions, PaymentDesk desk) {
    this.log = log;
    this.index = index;
    this.instructions = instructions;
    this.desk = desk;
  }

  /** A command for an order. */
  record Intent(OrderId order, OrderCommand command) {}

  /** An order with all its facts; {@code state} is what they add up to. */
  record Loaded(Known state, List<Recorded<OrderEvent>> facts) {

    int version() {
      return facts.getLast().version();
    }
  }

  static String stream(OrderId order) {
    return "order-" + order;
  }

  /** Places a new order; its prepayment, if any, is asked for when space is held. */
  void place(
      OrderCommand.Place command, @Nullable String externalReference, @Nullable String token) {
    var facts = OrderDecider.decide(command, OrderEvolution.INITIAL);
    var placed = (OrderEvent.Placed) facts.getFirst();
    index.insert(placed, externalReference);
    log.append(0, facts);
    var prepayment = command.prepayment();
    if (prepayment != null) {
      var total = placed.terms().price().total();
      instructions.give(
          List.of(
              new Draft(
                  prepayment,
                  command.order(),
                  PaymentInstruction.Operation.AUTHORISE,
                  total,
                  token,
                  true)));
    }
  }

  /**
   * Asks for a payment.
   *
   * @throws OrderRefused when the order cannot be paid now
   */
  void pay(OrderId order, OrderCommand.RequestPayment request, String token) {
    handle(List.of(new Intent(order, request)));
    desk.work(
        instructions.give(
            List.of(
                new Draft(
                    request.payment(),
                    order,
                    PaymentInstruction.Operation.AUTHORISE,
                    request.amount(),
                    token,
                    false))));
  }

  /**
   * Decides commands one after the other and appends what follows.
   *
   * @throws OrderRefused when one is refused; nothing of the batch is done then
   */
  void handle(List<Intent> intents) {
    if (intents.isEmpty()) {
      return;
    }
    var orders = intents.stream().map(Intent::order).distinct().toList();
    index.lock(orders);
    var loaded = load(orders);
    var states = new LinkedHashMap<OrderId, OrderState>();
    var facts = new LinkedHashMap<OrderId, List<OrderEvent>>();
    for (var intent : intents) {
      var known = loaded.get(intent.order());
      var state =
          states.getOrDefault(intent.order(), known == null ? new Unknown() : known.state());
      for (var fact : OrderDecider.decide(intent.command(), state)) {
        state = OrderEvolution.evolve(state, fact);
        facts.computeIfAbsent(intent.order(), _ -> new ArrayList<>()).add(fact);
      }
      states.put(intent.order(), state);
    }
    append(facts, states, loaded);
  }

  /** Has the payments of orders captured whose space is confirmed. */
  void capture(List<OrderId> orders) {
    var drafts = new ArrayList<Draft>();
    index.lock(orders);
    load(orders)
        .forEach(
            (order, loaded) ->
                PaymentRules.capture(loaded.state())
                    .ifPresent(movement -> drafts.add(draft(order, movement))));
    desk.work(instructions.give(drafts));
  }

  Optional<Loaded> find(OrderId order) {
    return Optional.ofNullable(load(List.of(order)).get(order));
  }

  /** The same, and nobody else changes the order until the caller's transaction ends. */
  Optional<Loaded> lock(OrderId order) {
    index.lock(List.of(order));
    return find(order);
  }

  Map<OrderId, Loaded> load(Collection<OrderId> orders) {
    var streams = log.read(orders.stream().map(Orders::stream).toList(), OrderEvent.class);
    var loaded = new LinkedHashMap<OrderId, Loaded>();
    for (var order : orders) {
      var facts = streams.get(stream(order));
      if (facts != null && fold(facts) instanceof Known known) {
        loaded.put(order, new Loaded(known, facts));
      }
    }
    return loaded;
  }

  static OrderState fold(List<Recorded<OrderEvent>> facts) {
    var state = OrderEvolution.INITIAL;
    for (var fact : facts) {
      state = OrderEvolution.evolve(state, fact.event());
    }
    return state;
  }

  private void append(
      Map<OrderId, List<OrderEvent>> facts,
      Map<OrderId, OrderState> states,
      Map<OrderId, Loaded> loaded) {
    var changed = new ArrayList<Known>();
    var versions = new ArrayList<Integer>();
    var drafts = new ArrayList<Draft>();
    var started = new ArrayList<PaymentId>();
    var rejected = new ArrayList<OrderId>();
    facts.forEach(
        (order, its) -> {
          var before = loaded.get(order);
          if (before != null && states.get(order) instanceof Known after) {
            log.append(before.facts().getLast(), its);
            changed.add(after);
            versions.add(before.version() + its.size());
            PaymentRules.settle(after).forEach(movement -> drafts.add(draft(order, movement)));
            var prepayment = after.details().placed().prepayment();
            if (prepayment != null && PaymentRules.startsPrepayment(after, its)) {
              started.add(prepayment);
            }
            if (its.stream().anyMatch(PaymentRules::endsBeforeHold)) {
              rejected.add(order);
            }
          }
        });
    if (changed.isEmpty()) {
      return;
    }
    index.update(changed, versions);
    index.insertTickets(
        facts.values().stream()
            .flatMap(List::stream)
            .filter(OrderEvent.Ticketed.class::isInstance)
            .map(OrderEvent.Ticketed.class::cast)
            .toList());
    desk.work(instructions.start(started));
    desk.work(instructions.give(drafts));
    instructions.withdraw(rejected);
  }

  private static Draft draft(OrderId order, PaymentRules.Movement movement) {
    return new Draft(
        movement.payment().id(), order, movement.operation(), movement.amount(), null, false);
  }
}
