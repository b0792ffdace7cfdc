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
    if (AopUtils.getTargetClass(bean).getName().startsWith("aero.contrail.")) {
      find(bean, handlers);
    }
    return bean;
  }

  List<Consumer> all(EventTypes types) {
    return handlers.entrySet().stream()
        .map(entry -> Consumer.of(entry.getKey(), entry.getValue(), types))
        .toList();
  }

  /**
   * The consumer that writes a read model's second copy.
   *
   * @throws IllegalStateException when it does not handle what the live one handles
   */
  static Consumer shadow(ReadModel model, List<Consumer> live, EventTypes types) {
    var found = new TreeMap<String, List<Consumer.Handler>>();
    find(model.shadow(), found);
    var shadow =
        Consumer.of(
            Rebuilds.shadowOf(model.consumer()),
            found.getOrDefault(model.consumer(), List.of()),
            types);
    var original =
        live.stream().filter(consumer -> consumer.id().equals(model.consumer())).findFirst();
    if (original.isEmpty() || !original.get().types().equals(shadow.types())) {
      throw new IllegalStateException(
          "the shadow of %s must have the handlers of the live one".formatted(model.consumer()));
    }
    return shadow;
  }

  private static void find(Object bean, Map<String, List<Consumer.Handler>> found) {
    MethodIntrospector.selectMethods(
            AopUtils.getTargetClass(bean),
            (MethodIntrospector.MetadataLookup<EventHandler>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, EventHandler.class))
        .forEach(
            (method, annotation) ->
                found
                    .computeIfAbsent(annotation.value(), _ -> new ArrayList<>())
                    .add(new Consumer.Handler(bean, method)));
  }
}
