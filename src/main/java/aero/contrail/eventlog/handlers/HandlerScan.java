package aero.contrail.eventlog.handlers;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.store.EventTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;

/** Finds the {@link EventHandler} methods while the beans are made. */
@Component
public class HandlerScan implements BeanPostProcessor {

  private final Map<String, List<HandlerMethod>> handlers = new TreeMap<>();

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (AopUtils.getTargetClass(bean).getName().startsWith("aero.contrail.")) {
      find(bean, handlers);
    }
    return bean;
  }

  /** Those that the beans of the application are; complete once all are made. */
  public List<EventConsumer> consumers(EventTypes types) {
    return handlers.entrySet().stream()
        .map(entry -> EventConsumer.of(entry.getKey(), entry.getKey(), entry.getValue(), types))
        .toList();
  }

  /**
   * A consumer of another name, with the handlers for the original of an object that is no bean.
   */
  public static EventConsumer shadow(String id, String original, Object bean, EventTypes types) {
    var found = new TreeMap<String, List<HandlerMethod>>();
    find(bean, found);
    return EventConsumer.of(id, original, found.getOrDefault(original, List.of()), types);
  }

  private static void find(Object bean, Map<String, List<HandlerMethod>> found) {
    MethodIntrospector.selectMethods(
            AopUtils.getTargetClass(bean),
            (MethodIntrospector.MetadataLookup<EventHandler>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, EventHandler.class))
        .forEach(
            (method, annotation) ->
                found
                    .computeIfAbsent(annotation.value(), _ -> new ArrayList<>())
                    .add(new HandlerMethod(bean, method, annotation)));
  }
}
