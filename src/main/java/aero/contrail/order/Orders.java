package aero.contrail.order;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Origin;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.TicketNumber;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.model.OrderDecider;
import aero.contrail.order.model.OrderEvolution;
import aero.contrail.order.model.OrderRefused;
import aero.contrail.order.model.OrderState;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.Unknown;
import aero.contrail.order.model.PaymentRules;
import aero.contrail.order.model.PointsRules;
import aero.contrail.order.payment.KeptInstructions;
import aero.contrail.order.payment.PaymentInstructions;
import aero.contrail.order.payment.PaymentInstructions.Draft;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runs commands on orders, a whole batch at a time: loads the streams, decides each command,
 * appends the facts, and tells the payment desk what money has to move. Needs the caller's
 * transaction.
 */
@Component
public class Orders {

  private final EventLog log;
  private final OrderIndex index;
  private final PlacedOrders placedOrders;
  private final PaymentInstructions instructions;
  private final KeptInstructions kept;
  private final PaymentDesk desk;
  private final OrderStates states;

  Orders(
      EventLog log,
      OrderIndex index,
      PlacedOrders placedOrders,
      PaymentInstructions instructions,
      KeptInstructions kept,
      PaymentDesk desk,
      OrderStates states) {
    this.states = states;
    this.log = log;
    this.index = index;
    this.placedOrders = placedOrders;
    this.instructions = instructions;
    this.kept = kept;
    this.desk = desk;
  }

  /**
   * A command for an order.
   *
   * @param cause the event that leads to it; null when it is the one that is being handled, or none
   */
  public record Intent(OrderId order, OrderCommand command, @Nullable Recorded<?> cause) {

    public Intent(OrderId order, OrderCommand command) {
      this(order, command, null);
    }
  }

  public static String stream(OrderId order) {
    return "order-" + order;
  }

  /** Places new orders; the cards that they are paid with are asked while space is looked for. */
  void place(List<Placement> orders) {
    if (orders.isEmpty()) {
      return;
    }
    var taken = instructions.taken();
    var authorisations = Placement.authorisations(orders, false);
    placedOrders.insert(orders, authorisations, Placement.authorisations(orders, true), taken);
    for (var order : orders) {
      ScopedValue.where(Origin.CURRENT, order.origin())
          .run(
              () ->
                  states.remember(
                      List.of(new Loaded(order.state(), log.append(0, order.facts())))));
    }
    desk.work(authorisations);
  }

  /**
   * Asks for a payment.
   *
   * @param request what the order is told
   * @param card that pays
   * @param isLater whether it is asked when the order says so
   * @throws OrderRefused when it cannot be paid now
   */
  public void pay(OrderId order, OrderCommand request, Draft card, boolean isLater) {
    handle(List.of(new Intent(order, request)));
    if (isLater) {
      kept.keep(card);
    } else {
      desk.work(instructions.give(List.of(card)));
    }
  }

  /**
   * Decides commands one after the other and appends what follows.
   *
   * @throws OrderRefused when one is refused; nothing of the batch is done then
   */
  public void handle(List<Intent> intents) {
    if (intents.isEmpty()) {
      return;
    }
    var orders = intents.stream().map(Intent::order).distinct().toList();
    var loaded = load(orders, index.lock(orders));
    var after = new LinkedHashMap<OrderId, OrderState>();
    var facts = new LinkedHashMap<OrderId, List<OrderEvent>>();
    var last = new HashMap<OrderId, Recorded<?>>();
    var captures = new LinkedHashSet<OrderId>();
    for (var intent : intents) {
      var order = intent.order();
      var known = loaded.get(order);
      var state = after.getOrDefault(order, known == null ? new Unknown() : known.state());
      var decided = OrderDecider.decide(intent.command(), state);
      for (var fact : decided) {
        state = OrderEvolution.evolve(state, fact);
        facts.computeIfAbsent(order, _ -> new ArrayList<>()).add(fact);
      }
      if (known != null && !decided.isEmpty()) {
        var before = last.getOrDefault(order, known.last());
        last.put(order, append(intent.cause(), before, decided));
      }
      after.put(order, state);
      if (intent.command() instanceof OrderCommand.Capture) {
        captures.add(order);
      }
    }
    var changed = changed(after, last);
    move(changed, captures, after);
    askCards(facts, after);
    write(changed, facts.values());
  }

  private Recorded<?> append(
      @Nullable Recorded<?> cause, Recorded<?> before, List<OrderEvent> facts) {
    if (cause == null) {
      return log.append(before, facts);
    }
    var last = new AtomicReference<Recorded<?>>(before);
    log.because(cause, () -> last.set(log.append(before, facts)));
    return last.get();
  }

  private static List<Loaded> changed(
      Map<OrderId, OrderState> after, Map<OrderId, Recorded<?>> last) {
    var changed = new ArrayList<Loaded>();
    last.forEach(
        (order, event) -> {
          if (after.get(order) instanceof Known state) {
            changed.add(new Loaded(state, event));
          }
        });
    return changed;
  }

  /** Tells what money has to move now. */
  private void move(
      List<Loaded> changed, Collection<OrderId> captures, Map<OrderId, OrderState> states) {
    var drafts = new ArrayList<Draft>();
    for (var order : changed) {
      PaymentRules.settle(order.state()).forEach(m -> drafts.add(draft(order.order(), m)));
    }
    for (var order : captures) {
      PaymentRules.capture(states.getOrDefault(order, new Unknown()))
          .ifPresent(movement -> drafts.add(draft(order, movement)));
    }
    desk.work(instructions.give(drafts));
  }

  /** Cards that points stand beside are asked as soon as those are held, or never. */
  private void askCards(Map<OrderId, List<OrderEvent>> facts, Map<OrderId, OrderState> states) {
    var asked = new ArrayList<PaymentId>();
    var spared = new ArrayList<PaymentId>();
    facts.forEach(
        (order, some) -> {
          if (states.get(order) instanceof Known after) {
            PointsRules.asked(some, after).ifPresent(asked::add);
            PointsRules.spared(some, after).ifPresent(spared::add);
          }
        });
    kept.spare(spared);
    desk.work(kept.ask(asked));
  }

  /**
   * Writes the first facts of an order that no sale begins. Its row in the index must be there.
   *
   * @param cause the event that leads to it
   */
  void begin(List<OrderEvent> facts, Recorded<?> cause) {
    log.because(
        cause,
        () -> {
          var begun = List.of(new Loaded(OrderEvolution.beginning(facts), log.append(0, facts)));
          index.update(begun);
          index.insertFlights(begun);
          states.remember(begun);
        });
  }

  /** The order that a document belongs to. */
  public Optional<OrderId> ofTicket(TicketNumber number) {
    return index.ofTicket(number);
  }

  Optional<Loaded> find(OrderId order) {
    return index
        .version(order)
        .map(version -> load(List.of(order), Map.of(order, version)).get(order));
  }

  /** The same, and nobody else changes the order until the caller's transaction ends. */
  public Optional<Loaded> lock(OrderId order) {
    return Optional.ofNullable(load(List.of(order), index.lock(List.of(order))).get(order));
  }

  /**
   * Nobody else changes these until the caller's transaction ends: to be called before handling.
   */
  void lockAll(Collection<OrderId> orders) {
    var _ = index.lock(orders);
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

  private void write(List<Loaded> changed, Collection<List<OrderEvent>> facts) {
    if (changed.isEmpty()) {
      return;
    }
    index.update(changed);
    var elsewhere =
        facts.stream()
            .flatMap(List::stream)
            .filter(Orders::isElsewhere)
            .map(OrderEvent::order)
            .collect(Collectors.toSet());
    if (!elsewhere.isEmpty()) {
      index.insertFlights(changed.stream().filter(o -> elsewhere.contains(o.order())).toList());
    }
    index.insertTickets(facts.stream().flatMap(List::stream).toList());
    states.remember(changed);
  }

  /** Whether an order may have flights now that it had not before. */
  private static boolean isElsewhere(OrderEvent fact) {
    return fact instanceof OrderEvent.WaitlistCleared
        || fact instanceof OrderEvent.AirlineChangeOpened
        || fact instanceof OrderEvent.ChangeQuoted;
  }

  private static Draft draft(OrderId order, PaymentRules.Movement movement) {
    return new Draft(
        movement.id(), movement.payment(), order, movement.operation(), movement.amount(), null);
  }
}
