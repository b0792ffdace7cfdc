package aero.contrail.eventlog.handlers;

import aero.contrail.eventlog.EventHandler.Start;
import aero.contrail.eventlog.Origin;
import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.store.EventTypes;
import aero.contrail.eventlog.store.Publications;
import aero.contrail.events.DomainEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The handler methods that share an id, and so one progress through the log.
 *
 * @param types the stored names of all that they take
 * @param from where it begins when it is new to the log
 * @param original the consumer whose read model it makes again; its own id for all others
 */
public record EventConsumer(
    String id, String original, Set<String> types, Start from, List<HandlerMethod> handlers) {

  public EventConsumer {
    types = Set.copyOf(types);
    handlers = List.copyOf(handlers);
  }

  /**
   * @throws IllegalStateException when two methods take the same event, or begin at two places
   */
  static EventConsumer of(String id, String original, List<HandlerMethod> all, EventTypes types) {
    var names = new TreeSet<String>();
    for (var handler : all) {
      for (var name : types.namesOf(handler.type())) {
        if (!names.add(name)) {
          throw new IllegalStateException("consumer " + id + " takes " + name + " by two methods");
        }
      }
    }
    var starts = new HashSet<Start>();
    all.forEach(handler -> starts.add(handler.from()));
    if (starts.size() > 1) {
      throw new IllegalStateException("the methods of consumer " + id + " begin at two places");
    }
    var from = starts.isEmpty() ? Start.BEGINNING : starts.iterator().next();
    return new EventConsumer(id, original, names, from, all);
  }

  /** Whether it fills the second copy of a read model: it must publish nothing. */
  public boolean isShadow() {
    return !id.equals(original);
  }

  /** Whether it handles events of that stored name. */
  public boolean takes(String type) {
    return types.contains(type);
  }

  /** Hands a batch to the methods, as few calls as possible, every stream in its order. */
  public void handle(List<Recorded<DomainEvent>> batch) {
    if (isShadow()) {
      ScopedValue.where(Publications.REBUILDING, id).run(() -> handOut(batch));
    } else {
      ScopedValue.where(Origin.CURRENT, Origin.system("system:" + id)).run(() -> handOut(batch));
    }
  }

  /** A call takes all events of its method that no earlier event of their stream is ahead of. */
  private void handOut(List<Recorded<DomainEvent>> batch) {
    List<Recorded<DomainEvent>> rest = batch;
    while (!rest.isEmpty()) {
      var handler = handlerOf(rest.getFirst());
      var now = new ArrayList<Recorded<DomainEvent>>();
      var later = new ArrayList<Recorded<DomainEvent>>();
      var waiting = new HashSet<String>();
      for (var event : rest) {
        if (!waiting.contains(event.stream()) && handler.takes(event.event())) {
          now.add(event);
        } else {
          waiting.add(event.stream());
          later.add(event);
        }
      }
      handler.call(now);
      rest = later;
    }
  }

  private HandlerMethod handlerOf(Recorded<DomainEvent> event) {
    return handlers.stream()
        .filter(handler -> handler.takes(event.event()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(id + " does not take " + event.type()));
  }
}
