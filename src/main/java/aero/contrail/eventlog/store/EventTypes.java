package aero.contrail.eventlog.store;

import aero.contrail.eventlog.Upcaster;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.EventJson;
import aero.contrail.events.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The names under which events are stored, read off the sealed families, and their old forms. */
public final class EventTypes {

  /** An event is a fact, not a document: what is larger belongs into a table of its owner. */
  static final int MAX_PAYLOAD_CHARS = 64 * 1024;

  private final Map<String, Class<? extends DomainEvent>> classes = new HashMap<>();
  private final Map<Class<?>, EventType> types = new HashMap<>();
  private final Map<String, Upcaster> upcasters = new HashMap<>();

  public EventTypes(Collection<Upcaster> upcasters) {
    this(factsOf(DomainEvent.class).distinct().toList(), upcasters); // some are of two families
  }

  EventTypes(List<Class<? extends DomainEvent>> facts, Collection<Upcaster> upcasters) {
    for (var fact : facts) {
      var type = fact.getAnnotation(EventType.class);
      if (type != null && classes.put(type.value(), fact) != null) {
        throw new IllegalStateException("two events are stored as " + type.value());
      }
      if (type != null) {
        types.put(fact, type);
      }
    }
    for (var upcaster : upcasters) {
      if (classes.containsKey(upcaster.from())
          || this.upcasters.put(upcaster.from(), upcaster) != null) {
        throw new IllegalStateException(upcaster.from() + " is read in two ways");
      }
    }
    upcasters.forEach(upcaster -> newest(upcaster.to()));
  }

  /**
   * @throws IllegalArgumentException when the class has no registered name
   */
  String nameOf(Class<?> fact) {
    return typeOf(fact).value();
  }

  private EventType typeOf(Class<?> fact) {
    var type = types.get(fact);
    if (type == null) {
      throw new IllegalArgumentException(
          fact.getName() + " has no @EventType name: give it one before it is published");
    }
    return type;
  }

  /** All names under which a fact, or the facts of a family, are or ever were stored. */
  public List<String> namesOf(Class<?> factOrFamily) {
    return Stream.concat(classes.keySet().stream(), upcasters.keySet().stream())
        .filter(name -> factOrFamily.isAssignableFrom(classOf(newest(name))))
        .sorted()
        .toList();
  }

  /**
   * @throws IllegalArgumentException when the payload is over the limit
   */
  String write(DomainEvent event) {
    var json = EventJson.mapper().writeValueAsString(event);
    if (json.length() > MAX_PAYLOAD_CHARS) {
      throw new IllegalArgumentException(
          "%s of stream %s has %d characters, more than the %d that an event may have"
              .formatted(
                  nameOf(event.getClass()), event.stream(), json.length(), MAX_PAYLOAD_CHARS));
    }
    return json;
  }

  /**
   * @throws IllegalStateException when the name is unknown or the payload does not fit
   */
  DomainEvent read(String name, String json) {
    try {
      var upcaster = upcasters.get(name);
      if (upcaster == null) {
        return EventJson.mapper().readValue(json, classOf(name));
      }
      var payload = (ObjectNode) EventJson.mapper().readTree(json);
      while (upcaster != null) {
        payload = upcaster.upcast(payload);
        upcaster = upcasters.get(upcaster.to());
      }
      return EventJson.mapper().treeToValue(payload, classOf(newest(name)));
    } catch (JacksonException e) {
      throw new IllegalStateException("a stored " + name + " cannot be read", e);
    }
  }

  /** Where the chain of upcasters leads. */
  private String newest(String name) {
    var newest = name;
    for (var steps = 0; upcasters.containsKey(newest); steps++) {
      if (steps > upcasters.size()) {
        throw new IllegalStateException("the upcasters of %s go round in circles".formatted(name));
      }
      newest = upcasters.get(newest).to();
    }
    var _ = classOf(newest);
    return newest;
  }

  private Class<? extends DomainEvent> classOf(String name) {
    var fact = classes.get(name);
    if (fact == null) {
      throw new IllegalStateException(
          name + " is the name of no event: give its record @EventType, or add an Upcaster for it");
    }
    return fact;
  }

  private static Stream<Class<? extends DomainEvent>> factsOf(Class<?> family) {
    var facts = new ArrayList<Class<? extends DomainEvent>>();
    for (var permitted : family.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        factsOf(permitted).forEach(facts::add);
      } else {
        facts.add(permitted.asSubclass(DomainEvent.class));
      }
    }
    return facts.stream();
  }
}
