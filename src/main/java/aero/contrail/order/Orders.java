package aero.contrail.order;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.OrderState.Known;
import aero.contrail.order.OrderState.Unknown;
import aero.contrail.order.OrderStates.Loaded;
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
  private final OrderStates states;

  Orders(
      EventLog log,
      OrderIndex index,
      PaymentInstructions instructions,
      PaymentDesk desk,
      OrderStates states) {
    this.states = states;
    this.log = log;
    this.index = index;
    this.instructions = instructions;
    this.desk = desk;
  }

  /** A command for an order. */
  record Intent(OrderId order, OrderCommand command) {}

  static String stream(OrderId order) {
    return "order-" + order;
  }

  /** Places a new order; its prepayment, if any, is asked for when space is held. */
  Loaded place(
      OrderCommand.Place command, @Nullable String externalReference, @Nullable String token) {
    var facts = OrderDecider.decide(command, OrderEvolution.INITIAL);
    var placed = (OrderEvent.Placed) facts.getFirst();
    index.insert(placed, externalReference);
    var loaded = new Loaded(OrderEvolution.placed(placed), log.append(0, facts));
    states.remember(List.of(loaded));
    var prepayment = command.prepayment();
    if (prepayment != null) {
      instructions.give(
          List.of(
              new Draft(
                  prepayment,
                  command.order(),
                  PaymentInstruction.Operation.AUTHORISE,
                  placed.terms().price().total(),
                  token,
                  true)));
    }
    return loaded;
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
    var loaded = load(orders, index.lock(orders));
    var after = new LinkedHashMap<OrderId, OrderState>();
    var facts = new LinkedHashMap<OrderId, List<OrderEvent>>();
    for (var intent : intents) {
      var known = loaded.get(intent.order());
      var state = after.getOrDefault(intent.order(), known == null ? new Unknown() : known.state());
      for (var fact : OrderDecider.decide(intent.command(), state)) {
        state = OrderEvolution.evolve(state, fact);
        facts.computeIfAbsent(intent.order(), _ -> new ArrayList<>()).add(fact);
      }
      after.put(intent.order(), state);
    }
    append(facts, after, loaded);
  }

  /** Has the payments of orders captured whose space is confirmed. */
  void capture(List<OrderId> orders) {
    var drafts = new ArrayList<Draft>();
    load(orders, index.lock(orders))
        .forEach(
            (order, loaded) ->
                PaymentRules.capture(loaded.state())
                    .ifPresent(movement -> drafts.add(draft(order, movement))));
    desk.work(instructions.give(drafts));
  }

  Optional<Loaded> find(OrderId order) {
    return index
        .version(order)
        .map(version -> load(List.of(order), Map.of(order, version)).get(order));
  }

  /** The same, and nobody else changes the order until the caller's transaction ends. */
  Optional<Loaded> lock(OrderId order) {
    return Optional.ofNullable(load(List.of(order), index.lock(List.of(order))).get(order));
  }

  /** Orders as they are; one that does not exist has no entry. */
  Map<OrderId, Loaded> load(Collection<OrderId> orders) {
    return load(orders, index.versions(orders));
  }

  /** Reads the streams of those whose state is not at hand in this version. */
  private Map<OrderId, Loaded> load(Collection<OrderId> orders, Map<OrderId, Integer> versions) {
    var loaded = new LinkedHashMap<OrderId, Loaded>();
    var unread = new ArrayList<String>();
    for (var order : orders) {
      var known = states.find(order, versions.get(order));
      known.ifPresent(state -> loaded.put(order, state));
      if (known.isEmpty() && versions.containsKey(order)) {
        unread.add(stream(order));
      }
    }
    if (!unread.isEmpty()) {
      log.read(unread, OrderEvent.class)
          .values()
          .forEach(
              facts -> {
                if (fold(facts) instanceof Known known) {
                  loaded.put(known.details().placed().order(), new Loaded(known, facts.getLast()));
                }
              });
    }
    return loaded;
  }

  /** All facts of an order, oldest first. */
  List<Recorded<OrderEvent>> history(OrderId order) {
    return log.read(stream(order), OrderEvent.class);
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
      Map<OrderId, OrderState> after,
      Map<OrderId, Loaded> before) {
    var changed = new ArrayList<Loaded>();
    var drafts = new ArrayList<Draft>();
    var started = new ArrayList<PaymentId>();
    var rejected = new ArrayList<OrderId>();
    facts.forEach(
        (order, its) -> {
          var known = before.get(order);
          if (known != null && after.get(order) instanceof Known state) {
            changed.add(new Loaded(state, log.append(known.last(), its)));
            PaymentRules.settle(state).forEach(movement -> drafts.add(draft(order, movement)));
            var prepayment = state.details().placed().prepayment();
            if (prepayment != null && PaymentRules.startsPrepayment(state, its)) {
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
    index.update(changed);
    index.insertTickets(
        facts.values().stream()
            .flatMap(List::stream)
            .filter(OrderEvent.Ticketed.class::isInstance)
            .map(OrderEvent.Ticketed.class::cast)
            .toList());
    states.remember(changed);
    desk.work(instructions.start(started));
    desk.work(instructions.give(drafts));
    instructions.withdraw(rejected);
  }

  private static Draft draft(OrderId order, PaymentRules.Movement movement) {
    return new Draft(
        movement.payment().id(), order, movement.operation(), movement.amount(), null, false);
  }
}
