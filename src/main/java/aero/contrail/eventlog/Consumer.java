package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The handler methods that share an id, and so one progress through the log.
 *
 * @param types the stored names of all that they take
 */
record Consumer(String id, List<String> types, List<Handler> handlers) {

  static Consumer of(String id, List<Handler> handlers, EventTypes types) {
    var names =
        handlers.stream()
            .flatMap(handler -> types.namesOf(handler.type).stream())
            .sorted()
            .toList();
    if (names.size() != new HashSet<>(names).size()) {
      throw new IllegalStateException("consumer " + id + " takes an event with two methods");
    }
    return new Consumer(id, names, List.copyOf(handlers));
  }

  /**
   * Hands a batch to the methods: as few calls as possible, every stream in its order. A call takes
   * all events of its method that no earlier event of the same stream is still ahead of.
   */
  void handle(List<Recorded<DomainEvent>> batch) {
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

  /** The same for what happened long ago: nothing may be published then. */
  void handleAgain(List<Recorded<DomainEvent>> batch) {
    ScopedValue.where(Publications.REBUILDING, id).run(() -> handle(batch));
  }

  private Handler handlerOf(Recorded<DomainEvent> event) {
    return handlers.stream()
        .filter(handler -> handler.takes(event.event()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(id + " does not take " + event.type()));
  }

  /** A method that takes one event or a list of them. */
  static final class Handler {
    private final Object bean;
    private final Method method;
    private final Class<?> type;
    private final boolean takesList;

    Handler(Object bean, Method method) {
      this.bean = bean;
      this.method = method;
      if (method.getParameterCount() != 1 || method.getReturnType() != void.class) {
        throw new IllegalStateException(method + " must take one event or a list, and return void");
      }
      var parameter = method.getGenericParameterTypes()[0];
      this.takesList = parameter instanceof ParameterizedType;
      this.type =
          parameter instanceof ParameterizedType list
              ? (Class<?>) list.getActualTypeArguments()[0]
              : method.getParameterTypes()[0];
      if (!DomainEvent.class.isAssignableFrom(type)) {
        throw new IllegalStateException(method + " does not take events");
      }
      method.setAccessible(true);
    }

    boolean takes(DomainEvent event) {
      return type.isInstance(event);
    }

    void call(List<Recorded<DomainEvent>> events) {
      if (takesList) {
        var causes = new HashMap<String, Recorded<DomainEvent>>();
        events.forEach(event -> causes.put(event.event().subject(), event));
        invoke(causes, events.stream().map(Recorded::event).toList());
      } else {
        events.forEach(event -> invoke(Map.of(event.event().subject(), event), event.event()));
      }
    }

    private void invoke(Map<String, Recorded<DomainEvent>> causes, Object argument) {
      ScopedValue.where(Publications.CAUSES, causes).run(() -> invoke(argument));
    }

    private void invoke(Object argument) {
      try {
        method.invoke(bean, argument);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException(method + " failed", e.getCause());
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(method + " cannot be called", e);
      }
    }
  }
}
