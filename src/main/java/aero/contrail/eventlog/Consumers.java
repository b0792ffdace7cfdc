package aero.contrail.eventlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Finds the {@link EventHandler} methods while the beans are made. */
class Consumers implements BeanPostProcessor {

  private final Map<String, List<Consumer.Handler>> handlers = new TreeMap<>();

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    var type = AopUtils.getTargetClass(bean);
    if (type.getName().startsWith("aero.contrail.")) {
      MethodIntrospector.selectMethods(
              type,
              (MethodIntrospector.MetadataLookup<EventHandler>)
                  method -> AnnotatedElementUtils.findMergedAnnotation(method, EventHandler.class))
          .forEach(
              (method, annotation) ->
                  handlers
                      .computeIfAbsent(annotation.value(), _ -> new ArrayList<>())
                      .add(new Consumer.Handler(bean, method)));
    }
    return bean;
  }

  List<Consumer> all(EventTypes types) {
    return handlers.entrySet().stream()
        .map(entry -> Consumer.of(entry.getKey(), entry.getValue(), types))
        .toList();
  }
}
