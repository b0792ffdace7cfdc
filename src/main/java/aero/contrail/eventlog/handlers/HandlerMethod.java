package aero.contrail.eventlog.handlers;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.EventHandler.Start;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Origin;
import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.store.Publications;
import aero.contrail.events.DomainEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A method that takes one event or a list of them, with or without their envelopes. */
final class HandlerMethod {

  private final Object bean;
  private final Method method;
  private final Class<?> type;
  private final Start from;
  private final boolean takesList;
  private final boolean takesEnvelopes;

  /**
   * @throws IllegalStateException when the method takes anything else, or returns something
   */
  HandlerMethod(Object bean, Method method, EventHandler annotation) {
    this.bean = bean;
    this.method = method;
    this.from = annotation.from();
    if (method.getParameterCount() != 1 || method.getReturnType() != void.class) {
      throw new IllegalStateException(method + " must take one event or a list, and return void");
    }
    var parameter = method.getGenericParameterTypes()[0];
    this.takesList = parameter instanceof ParameterizedType;
    var element =
        parameter instanceof ParameterizedType list
            ? list.getActualTypeArguments()[0]
            : method.getParameterTypes()[0];
    this.takesEnvelopes = element instanceof ParameterizedType;
    this.type =
        element instanceof ParameterizedType recorded
            ? (Class<?>) recorded.getActualTypeArguments()[0]
            : (Class<?>) element;
    if (!DomainEvent.class.isAssignableFrom(type)) {
      throw new IllegalStateException(method + " does not take events");
    }
    method.setAccessible(true);
  }

  /** The fact or the family that it takes. */
  Class<?> type() {
    return type;
  }

  Start from() {
    return from;
  }

  boolean takes(DomainEvent event) {
    return type.isInstance(event);
  }

  void call(List<Recorded<DomainEvent>> events) {
    if (takesList) {
      var causes = new HashMap<String, Recorded<?>>();
      events.forEach(event -> causes.put(event.event().subject(), event));
      invoke(causes, takesEnvelopes ? events : events.stream().map(Recorded::event).toList());
    } else {
      events.forEach(this::call);
    }
  }

  private void call(Recorded<DomainEvent> event) {
    ScopedValue.where(Origin.CURRENT, event.origin().by(Origin.current().actor()))
        .where(EventLog.CAUSE, event.id())
        .run(() -> invoke(Map.of(event.event().subject(), event), event.event()));
  }

  private void invoke(Map<String, Recorded<?>> causes, Object argument) {
    ScopedValue.where(Publications.CAUSES, causes).run(() -> invoke(argument));
  }

  private void invoke(Object argument) {
    try {
      method.invoke(bean, argument);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(method + " failed", e.getCause());
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }
}
